"""An action in a few words: where it comes from, how long it still has, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.improvements.models import Action, Effect, Finding
from qms.improvements.queries import ActionRow
from qms.ui import numbers

Status = Action.Status
SCORED = (Finding.Source.AREA, Finding.Source.LOW, Finding.Source.DISPUTED)
FEW = 2
HUNDRED = 100
MANY = 12


def source_words(row: ActionRow) -> str:
    """Where the action comes from: subcriterion and score of two findings, then how many more."""
    said = list(dict.fromkeys(finding_words(finding) for finding in row.sources))
    if not said:
        nodes = ", ".join(row.nodes)
        return f"{nodes}, {_('without a finding')}" if nodes else _("without a finding")
    shown = "; ".join(said[:FEW])
    more = len(said) - FEW
    if more <= 0:
        return shown
    return f"{shown} " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}


def codes_of(rows: Iterable[ActionRow]) -> str:
    """The actions' codes one after another; of a long list the first ones, then how many more."""
    codes = [row.action.code for row in rows]
    shown, more = ", ".join(codes[:MANY]), len(codes) - MANY
    if more <= 0:
        return shown
    return f"{shown} " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}


def finding_words(finding: Finding) -> str:
    """One finding in a few words: 3.3, score 34."""
    score = "" if finding.score is None else score_words(finding.score, finding.scale)
    if finding.source in SCORED:
        what = _("score %(score)s") % {"score": score} if score else str(finding.get_source_display())
    else:
        what = f"{finding.get_source_display()} {score}".strip()
    return ", ".join(part for part in (finding.node, what) if part)


def score_words(score: Decimal, scale: str) -> str:
    """A score as people cite it: whole on long scales, with hundredths on short ones."""
    if scale == "%":
        return numbers.share(score)
    return numbers.figure(score, 0 if str(HUNDRED) in scale or score == score.to_integral_value() else 2)


def due_words(day: date | None, on: date) -> str:
    """The last day in a narrow column, with its year unless it is this one."""
    if day is None:
        return _("no day yet")
    return numbers.short_day(day) if day.year == on.year else f"{numbers.short_day(day)} {day.year}"


def due_note(row: ActionRow) -> str:
    """How long there is still time, or since when there is none; nothing for what nobody works on."""
    if row.late:
        return ngettext("%(days)s day late", "%(days)s days late", row.days_late) % {"days": row.days_late}
    if row.is_done:
        done = row.action.done_on
        return _("done %(day)s") % {"day": numbers.short_day(done)} if done else ""
    if row.days_left is None or row.action.status not in (Status.APPROVED, Status.IN_PROGRESS):
        return ""
    if row.days_left == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", row.days_left) % {"days": row.days_left}


def effect_note(effect: Effect | None, row: ActionRow) -> str:
    """The change with its interval, or why there is none yet."""
    if effect is None:
        if row.action.status == Status.STOPPED:
            return _("stopped")
        return _("not stated yet") if row.is_done else _("measured after the end")
    if effect.difference is None:
        return effect.indicator.title if effect.indicator else ""
    digits = _digits(effect.difference, effect.low, effect.high)
    change = numbers.signed(effect.difference, digits)
    if effect.low is None or effect.high is None:
        return change
    span = {"low": numbers.signed(effect.low, digits), "high": numbers.signed(effect.high, digits)}
    return f"{change} " + _("(from %(low)s to %(high)s)") % span


def _digits(*values: Decimal | None) -> int:
    """As many places as the numbers need, two at most."""
    given = [value for value in values if value is not None]
    return next((places for places in (0, 1) if all(value == round(value, places) for value in given)), FEW)
