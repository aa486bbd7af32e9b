"""The rows of the page on which actions are handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from qms.improvements.models import Action, Plan
from qms.improvements.queries.handover import Holder
from qms.ui import numbers
from qms.ui.components import Link, Tabs

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class HandOverRow:
    """One action: its code and title, its last day, who left it, and the field for its new owner."""

    code: str
    title: str
    url: str
    status: str
    due: str
    late: str
    left_by: str
    field: Any


def hand_over_rows(form: Any, today: date) -> tuple[HandOverRow, ...]:
    """The actions of the form, each with its field."""
    return tuple(_row(action, form[f"to-{action.pk}"], today) for action in form.actions)


def holder_tabs(plan: Plan, holders: Sequence[Holder], chosen: Holder) -> Tabs:
    """Nobody and every owner, each with how many open actions."""
    base = reverse("improvements:hand-over", args=[plan.pk])
    links = tuple(
        Link(
            gettext("Without an owner") if holder.user is None else holder.user.name,
            f"{base}?from={holder.key}" if holder.key else base,
            current=holder == chosen,
            count=str(holder.count),
        )
        for holder in holders
    )
    return Tabs(gettext("Whose actions"), links)


def _row(action: Action, field: Any, today: date) -> HandOverRow:
    late = action.is_late(today) and action.due_on is not None
    return HandOverRow(
        code=action.code,
        title=action.title,
        url=reverse("improvements:action-detail", args=[action.pk]),
        status=action.get_status_display(),
        due=numbers.day(action.due_on),
        late=numbers.time_left(action.due_on, today) if late and action.due_on else "",
        left_by="" if action.left_by is None else action.left_by.name,
        field=field,
    )
