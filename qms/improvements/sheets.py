"""What a table of a plan's actions contains, to reckon with elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.improvements.components.looks import source_words
from qms.improvements.models.action import JUDGEMENTS
from qms.improvements.queries import ActionRow, PlanView

PLACES = Decimal("0.0001")


def plan_title(view: PlanView) -> str:
    """The name of the sheet."""
    return _("Plan %(year)s") % {"year": view.plan.year}


def plan_headers() -> tuple[str, ...]:
    """The columns: what it is, who and when, how it is judged, where it comes from, what came of it."""
    return (
        _("Code"),
        _("Title"),
        _("Status"),
        _("Days late"),
        _("Kind"),
        _("For whom"),
        _("Unit"),
        _("Owner"),
        pgettext("day", "Start"),
        _("Due"),
        _("Done on"),
        _("Progress, %"),
        _("Budget"),
        _("Spent"),
        _("Currency"),
        _("Impact on clients and staff"),
        _("Impact on results"),
        _("Visibility"),
        _("Ease"),
        _("Modest resources"),
        _("Speed"),
        _("Importance"),
        _("Feasibility"),
        _("Priority"),
        _("Quick win"),
        _("Subcriteria"),
        _("Source"),
        _("Findings"),
        _("Problem"),
        _("Expected result"),
        _("Effect"),
        _("Change"),
        _("Change at least"),
        _("Change at most"),
        _("Lessons for other offices"),
    )


def plan_rows(view: PlanView, rows: Iterable[ActionRow]) -> list[list[object]]:
    """One line an action; a blank cell is a blank, never zero."""
    return [_line(view, row) for row in rows]


def _line(view: PlanView, row: ActionRow) -> list[object]:
    action, effect = row.action, row.effect
    return [
        action.code,
        action.title,
        action.get_status_display(),
        row.days_late or None,
        action.get_kind_display(),
        action.get_client_display(),
        action.unit,
        row.owner,
        action.start_on,
        action.due_on,
        action.done_on,
        action.progress,
        action.budget,
        action.spent,
        view.plan.currency if action.budget is not None or action.spent is not None else "",
        *(getattr(action, name) for name in JUDGEMENTS),
        _number(row.importance),
        _number(row.feasibility),
        _number(row.priority),
        _("yes") if row.quick else _("no"),
        ", ".join(row.nodes),
        source_words(row),
        "; ".join(finding.title for finding in row.sources),
        action.problem,
        action.expected,
        effect.get_verdict_display() if effect else "",
        _number(effect.difference) if effect else None,
        _number(effect.low) if effect else None,
        _number(effect.high) if effect else None,
        action.lessons,
    ]


def _number(value: Decimal | None) -> Decimal | int | None:
    """The value to four places; whole ones as whole numbers."""
    if value is None:
        return None
    rounded = value.quantize(PLACES, rounding=ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else rounded.normalize()
