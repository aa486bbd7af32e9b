"""Letters about actions: what is due, what is late, what has no owner any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from qms.core.letters import register_kind

from .base import BY, NAME, OFFICE, PLAN, Letter, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Action, Plan

COUNT = {"count": _("how many actions it tells of")}

register_kind(
    "improvements.reminder",
    _("My actions and tasks are due or late"),
    placeholders=NAME
    | {
        "count": _("how many actions and tasks it tells of"),
        "late_count": _("how many of them are late"),
        "first": _("the most urgent of them"),
    },
)
register_kind(
    "improvements.escalation",
    _("Actions of my office are late or stand still"),
    placeholders=NAME | OFFICE | COUNT | {"first": _("the most urgent of them")},
)
register_kind(
    "improvements.without_owner",
    _("Somebody left the office and actions have no owner"),
    placeholders=PLAN | COUNT | {"person": _("who left")},
)
register_kind("improvements.handed_over", _("I was given actions of somebody else"), placeholders=PLAN | COUNT | BY)


@dataclass(frozen=True, slots=True)
class Line:
    """One action or task in a letter: what, for which office, until when, why it stands there, and where it is."""

    title: str
    office: str
    office_id: int
    due_on: date | None
    days: int
    action_id: int
    owner: str = ""
    silent_days: int = 0

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed."""
        return self.due_on is not None and self.days < 0

    @property
    def when(self) -> object:
        """How far its last day is, in words; none for one that has no last day."""
        if self.due_on is None:
            return ""
        if self.days == 0:
            return _("due today")
        words = (
            ngettext_lazy("one day late", "%(days)s days late", "days")
            if self.days < 0
            else ngettext_lazy("one day left", "%(days)s days left", "days")
        )
        return words % {"days": abs(self.days)}

    @property
    def silence(self) -> object:
        """How long nothing was written about it, in words; empty where that is not why it is told."""
        if not self.silent_days:
            return ""
        words = ngettext_lazy("nothing reported for one day", "nothing reported for %(days)s days", "days")
        return words % {"days": self.silent_days}


def reminder(to: User, lines: Sequence[Line]) -> Letter:
    """To whoever has something due or late: all of it in one letter, the most urgent first."""
    told = _addressed(lines, to.language)
    late = [line for line in told if line["line"].is_late]  # type: ignore[attr-defined]
    soon = [line for line in told if not line["line"].is_late]  # type: ignore[attr-defined]
    context = {
        "late": late,
        "soon": soon,
        "count": len(told),
        "late_count": len(late),
        "first": told[0]["line"].title,  # type: ignore[attr-defined]
        "path": address("my-actions", language=to.language),
    }
    return letter_to(to, "reminder", office_id=_one_office(lines), context=context)


def escalation(to: User, lines: Sequence[Line], *, plan_id: int) -> Letter:
    """To a lead or a director: which actions of the office are long late or stand still."""
    context = {
        "lines": _addressed(lines, to.language),
        "office": lines[0].office,
        "count": len(lines),
        "first": lines[0].title,
        "path": address("plan-detail", plan_id, language=to.language),
    }
    return letter_to(to, "escalation", office_id=_one_office(lines), context=context)


def without_owner(plan: Plan, actions: Sequence[Action], *, person: User, to: User) -> Letter:
    """To a lead: who left, and which actions nobody owns now."""
    context = _about(plan, actions, to.language) | {
        "person": person.name,
        "path": address("hand-over", plan.pk, language=to.language),
    }
    return letter_to(to, "without_owner", office_id=plan.office_id, context=context)


def handed_over(plan: Plan, actions: Sequence[Action], *, by: User, to: User) -> Letter:
    """To the new owner: which actions are theirs now."""
    context = _about(plan, actions, to.language) | {
        "by": by.name,
        "path": address("my-actions", language=to.language),
    }
    return letter_to(to, "handed_over", office_id=plan.office_id, context=context)


def _about(plan: Plan, actions: Sequence[Action], language: str) -> dict[str, object]:
    return {
        "title": plan.title,
        "office": plan.office.name,
        "count": len(actions),
        "actions": [
            {
                "title": f"{action.code} {action.title}",
                "due_on": action.due_on,
                "path": address("action-detail", action.pk, language=language),
            }
            for action in actions
        ],
    }


def _addressed(lines: Sequence[Line], language: str) -> list[dict[str, object]]:
    return [{"line": line, "path": address("action-detail", line.action_id, language=language)} for line in lines]


def _one_office(lines: Sequence[Line]) -> int | None:
    # A letter that tells of several offices stands in no office's outbox.
    offices = {line.office_id for line in lines}
    return offices.pop() if len(offices) == 1 else None
