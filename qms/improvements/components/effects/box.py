"""An effect as a box: verdict, gauges, how it is reckoned, what it does not say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext, pgettext

from qms.charts.readings import gauge
from qms.improvements.domain.effect import Change, Reading
from qms.ui import numbers
from qms.ui.components import How, Note

from .doubts import reservations
from .parts import EffectBox, Gauge, GaugeKind, VerdictWord
from .words import (
    ASSESSMENT,
    bounds_of,
    change_of,
    change_span,
    count_of,
    digits_of,
    how,
    power,
    reason_words,
    span_of,
    summary,
    value_of,
    verdict_name,
)

if TYPE_CHECKING:
    from qms.improvements.domain.effect_record import Measured
    from qms.improvements.models import Action
    from qms.improvements.queries.effects import StatedView

AIR = Decimal("0.08")


def measured_box(measured: Measured, action: Action, *, ident: str, level: int = 3) -> EffectBox:
    """What one indicator says now."""
    return EffectBox(
        VerdictWord(measured.outcome.verdict, is_big=True),
        summary(measured),
        power=power(measured),
        values=_values(measured),
        changes=_changes(measured, action),
        change_title=_change_title(measured),
        how=How(how(measured)),
        reservations=reservations(measured),
        ident=ident,
        level=level,
    )


def stated_box(stated: StatedView, action: Action, *, moved: bool = False, level: int = 2) -> EffectBox:
    """The verdict as it was stated, with the numbers of that day."""
    effect, measured = stated.effect, stated.measured
    foot = gettext("Stated by %(who)s on %(day)s.") % {
        "who": effect.stated_by,
        "day": numbers.day(effect.stated_at),
    }
    note = None
    if moved:
        note = Note(
            gettext(
                "Values or limits have changed since. What they say today stands below; the effect can be stated anew."
            ),
            gettext("The numbers have moved on"),
            "warn",
            level=level + 1,
        )
    text = reason_words(stated.reason) if measured is None else summary(measured)
    return EffectBox(
        VerdictWord(stated.verdict, is_big=True),
        text,
        title=measured.title if measured else "",
        power=power(measured) if measured else "",
        values=_values(measured) if measured else (),
        changes=_changes(measured, action) if measured else (),
        change_title=_change_title(measured) if measured else "",
        how=How(how(measured)) if measured else None,
        reservations=(*(reservations(measured) if measured else ()), *_others(stated)),
        comment=effect.comment,
        foot=foot,
        note=note,
        ident="stated",
        level=level,
    )


def _others(stated: StatedView) -> tuple[str, ...]:
    """What the indicators said on which the verdict does not rest."""
    if not stated.others:
        return ()
    listed = "; ".join(f"{title}: {verdict_name(verdict).lower()}" for title, verdict in stated.others)
    return (gettext("The verdict rests on one indicator. The others then: %(listed)s.") % {"listed": listed},)


# --- Gauges ----------------------------------------------------------------------------------------------------------


def _values(measured: Measured) -> tuple[Gauge, ...]:
    """Before and after on one scale."""
    found = measured.outcome
    named: tuple[tuple[str, Reading | None, GaugeKind], ...] = (
        (pgettext("effect", "Before"), found.before, "then"),
        (pgettext("effect", "After"), found.after, ""),
    )
    pairs = [(name, reading, kind) for name, reading, kind in named if reading is not None]
    if not pairs:
        return ()
    low, high = bounds_of(measured) or _bounds([end for _name, reading, _kind in pairs for end in _ends(reading)])
    return tuple(
        Gauge(
            name,
            value_of(reading.value, measured),
            # The members' lowest and highest are no interval: they are told in words and not drawn as one.
            gauge(
                reading.value,
                minimum=low,
                maximum=high,
                low=None if reading.margin is None else reading.value - reading.margin,
                high=None if reading.margin is None else reading.value + reading.margin,
            ),
            note=_about(reading),
            span=_span(reading, measured),
            kind=kind,
        )
        for name, reading, kind in pairs
    )


def _ends(reading: Reading) -> list[Decimal]:
    margin = reading.margin or Decimal(0)
    return [reading.value - margin, reading.value + margin]


def _about(reading: Reading) -> str:
    parts = (reading.label, numbers.day(reading.on), count_of(reading))
    return ", ".join(part for part in parts if part)


def _span(reading: Reading, measured: Measured) -> str:
    digits = digits_of(measured.readings)
    if reading.margin is not None:
        return span_of(reading.value - reading.margin, reading.value + reading.margin, max(digits, 1))
    if reading.low is None or reading.high is None:
        return ""
    spread = span_of(reading.low, reading.high, digits)
    return gettext("members: %(spread)s") % {"spread": spread}


def _changes(measured: Measured, action: Action) -> tuple[Gauge, ...]:
    """The own change, the others', and the difference of the two, on one scale with zero."""
    found = measured.outcome
    if found.change is None:
        return ()
    others = _change_of_others(measured)
    shown = [change for change in (found.change, others, found.against) if change is not None]
    low, high = _bounds([end for change in shown for end in _reaches(change)] + [Decimal(0)])

    def drawn(change: Change) -> str:
        return gauge(change.difference, minimum=low, maximum=high, low=change.low, high=change.high, zero=True)

    office = action.plan.office
    rows = [
        Gauge(
            office.short_name or office.name,
            change_of(found.change.difference, measured),
            drawn(found.change),
            note=gettext("difference after − before"),
            span=change_span(found.change, measured),
        )
    ]
    if others is None or found.against is None or found.controls is None:
        return tuple(rows)
    rows.append(
        Gauge(
            gettext("Offices without such an action"),
            change_of(others.difference, measured),
            drawn(others),
            note=ngettext("mean of %(count)s office", "mean of %(count)s offices", found.controls.count)
            % {"count": found.controls.count},
            kind="other",
        )
    )
    rows.append(
        Gauge(
            gettext("Difference in differences"),
            change_of(found.against.difference, measured),
            drawn(found.against),
            note=gettext("what is left beside the others' change"),
            span=change_span(found.against, measured),
            kind="sum",
        )
    )
    return tuple(rows)


def _change_of_others(measured: Measured) -> Change | None:
    """The mean change of the others; only where they may be shown."""
    found = measured.outcome
    if found.against is None or found.controls is None or found.controls.mean is None:
        return None
    return Change(found.controls.mean)


def _change_title(measured: Measured) -> str:
    if measured.outcome.change is None:
        return ""
    if measured.source == ASSESSMENT:
        return gettext("Change in points; the upright stroke is zero")
    if measured.unit:
        return gettext("Change (%(unit)s); the upright stroke is zero") % {"unit": measured.unit}
    return gettext("Change; the upright stroke is zero")


def _reaches(change: Change) -> list[Decimal]:
    return [end for end in (change.low, change.difference, change.high) if end is not None]


def _bounds(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """A little more than the values take."""
    low, high = min(values), max(values)
    air = (high - low) * AIR or max(abs(high) * AIR, Decimal(1))
    return low - air, high + air
