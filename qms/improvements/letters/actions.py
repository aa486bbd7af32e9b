"""Letters about actions: what is due, what is late, what has no owner any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import BY, NAME, OFFICE, PLAN, Draft, address, counted, letter_to
from .lines import Line, entry_of, text_of

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Action, Plan

LIST = {"list": _("the actions, one a line, with their days and addresses")}
COUNT = {"actions": _("how many actions it tells of, in words")}
FIRST = {"first": _("the most urgent of them")}

register_kind(
    "improvements.reminder",
    _("My actions and tasks are due or late"),
    placeholders=NAME | LIST | FIRST,
    needs=["list"],
)
register_kind(
    "improvements.escalation",
    _("Actions of my office are late or stand still"),
    placeholders=NAME | OFFICE | LIST | COUNT | FIRST,
    needs=["list"],
)
register_kind(
    "improvements.without_owner",
    _("Somebody left the office and actions have no owner"),
    placeholders=PLAN | LIST | COUNT | {"person": _("who left")},
    needs=["list"],
)
register_kind(
    "improvements.handed_over",
    _("I was given actions of somebody else"),
    placeholders=PLAN | LIST | COUNT | BY,
    needs=["list"],
)


def reminder(to: User, lines: Sequence[Line]) -> Draft:
    """To whoever has something due or late: all of it in one letter, the most urgent first."""
    language = to.language
    with override(language):
        late = tuple(entry_of(line, language=language) for line in lines if line.is_late)
        soon = tuple(entry_of(line, language=language) for line in lines if not line.is_late)
        parts = [(gettext("Late:"), late), (gettext("Due soon:"), soon)]
        text = "\n\n".join(f"{heading}\n{text_of(entries)}" for heading, entries in parts if entries)
    context = {
        "late": late,
        "soon": soon,
        "list": text,
        "first": lines[0].title,
        "path": address("my-actions", language=language),
    }
    return letter_to(to, "reminder", office_id=_one_office(lines), context=context)


def escalation(to: User, lines: Sequence[Line], *, plan_id: int) -> Draft:
    """To a lead or a director: which actions of the plan are long late or stand still."""
    language = to.language
    with override(language):
        entries = tuple(entry_of(line, language=language, whose=True) for line in lines)
        context = {
            "entries": entries,
            "list": text_of(entries),
            "office": lines[0].office,
            "actions": counted(len(lines), language=language),
            "first": lines[0].title,
            "path": address("plan-detail", plan_id, language=language),
        }
    return letter_to(to, "escalation", office_id=lines[0].office_id, context=context)


def without_owner(plan: Plan, actions: Sequence[Action], *, on: date, person: User, to: User) -> Draft:
    """To a lead: who left, and which actions nobody owns now."""
    path = address("hand-over", plan.pk, language=to.language)
    context = _about(plan, actions, on, to.language) | {"person": person.name, "path": path}
    return letter_to(to, "without_owner", office_id=plan.office_id, context=context)


def handed_over(plan: Plan, actions: Sequence[Action], *, on: date, by: User, to: User) -> Draft:
    """To the new owner: which actions are theirs now."""
    path = address("my-actions", language=to.language)
    context = _about(plan, actions, on, to.language) | {"by": by.name, "path": path}
    return letter_to(to, "handed_over", office_id=plan.office_id, context=context)


def _about(plan: Plan, actions: Sequence[Action], on: date, language: str) -> dict[str, object]:
    with override(language):
        entries = tuple(entry_of(Line.of(action, on), language=language) for action in actions)
        return {
            "title": plan.title,
            "office": plan.office.name,
            "actions": counted(len(actions), language=language),
            "entries": entries,
            "list": text_of(entries),
        }


def _one_office(lines: Sequence[Line]) -> int | None:
    # A letter that tells of several offices stands in no office's outbox.
    offices = {line.office_id for line in lines}
    return offices.pop() if len(offices) == 1 else None
