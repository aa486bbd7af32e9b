"""What one person owns or helps with, over all plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qms.improvements.models import Action

if TYPE_CHECKING:
    from qms.accounts.models import User

REMEMBERED = timedelta(days=365)  # how long a finished action stays in the list
MOST_FINISHED = 50


@dataclass(frozen=True, slots=True)
class MyAction:
    """One action of the person's, and in which part."""

    action: Action
    is_owner: bool
    is_late: bool


def my_actions(user: User, *, on: date) -> tuple[MyAction, ...]:
    """The person's open actions, late first, then by their last day, those without one last."""
    rows = Action.objects.visible_to(user).of_person(user).open().exclude(plan__stage="closed")
    mine = [
        MyAction(action, action.owner_id == user.pk, action.is_late(on))
        for action in rows.select_related("plan__office")
    ]
    return tuple(sorted(mine, key=lambda one: (not one.is_late, one.action.due_on or date.max, one.action.pk)))


def finished_by(user: User, *, on: date) -> tuple[MyAction, ...]:
    """What the person finished within a year, latest first."""
    rows = Action.objects.visible_to(user).of_person(user)
    finished = rows.filter(status=Action.Status.DONE, done_on__gte=on - REMEMBERED).select_related("plan__office")
    return tuple(
        MyAction(action, action.owner_id == user.pk, is_late=False)
        for action in finished.order_by("-done_on", "-pk")[:MOST_FINISHED]
    )
