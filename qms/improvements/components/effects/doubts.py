"""What a result does not say, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext

from qms.improvements.domain.effect_record import Measured, Reservation
from qms.ui import numbers


def reservation_words(one: Reservation) -> str:
    """One thing that the result does not say."""
    values = {name: _said(value) for name, value in one.values.items()}
    if one.code == "many":
        count = int(one.values["count"])
        sentence = ngettext(
            "The action has %(count)s indicator.",
            "The action has %(count)s indicators. The more are looked at, the likelier one of them changes by chance.",
            count,
        )
        return sentence % values
    if one.code == "beside":
        sentence = ngettext(
            "%(count)s other action of the office under the same subcriterion ran in this time; the result cannot tell"
            " them apart.",
            "%(count)s other actions of the office under the same subcriterion ran in this time; the result cannot tell"
            " them apart.",
            int(one.values["count"]),
        )
        return sentence % values
    return _plain_reservations().get(one.code, one.code) % values


def _plain_reservations() -> dict[str, str]:
    return {
        "running": gettext("The action is not finished. The result may still change."),
        "not_drawn": gettext(
            "The offices were not drawn by lot. The comparison holds only if this office would have changed as the"
            " others did."
        ),
        "no_cause": gettext(
            "A difference between before and after does not show what caused it. No other offices are held against it."
        ),
        "exact": gettext(
            "The values are taken as exact. How far they move by themselves, without any action, is not known."
        ),
        "one_error": gettext("Only one of the two values has a standard error, so no interval can be reckoned."),
        "agreed": gettext(
            "The scores were agreed by groups of people. Another group might have agreed on another score, and the same"
            " group may judge more strictly after learning."
        ),
        "panel": gettext("Before and after were scored in different ways, so part of the change may come from that."),
        "regression": gettext(
            "The action was begun because the score was low. Unusually low scores tend to rise next time by themselves."
        ),
        "rule_late": gettext(
            "The indicator was last changed on %(changed)s, after the last measurement of %(after)s. The limits were"
            " not fixed beforehand."
        ),
    }


def _said(value: str | int) -> str:
    if isinstance(value, int):
        return numbers.figure(value)
    return numbers.day(date.fromisoformat(value))


def reservations(measured: Measured) -> tuple[str, ...]:
    """All that the result does not say."""
    return tuple(reservation_words(one) for one in measured.reservations)
