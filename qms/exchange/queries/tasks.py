"""What each person has to do now in experience sharing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qms.offices.queries import Task

from .tasks_calls import call_tasks_of
from .tasks_editions import edition_tasks_of
from .tasks_meetings import meeting_tasks_of
from .tasks_visits import visit_tasks_of

if TYPE_CHECKING:
    from qms.accounts.models import User


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """The person's open tasks, the most urgent first; those without a day come last."""
    if not user.is_authenticated:
        return ()
    tasks = (
        *visit_tasks_of(user, at),
        *call_tasks_of(user, at),
        *meeting_tasks_of(user, at),
        *edition_tasks_of(user, at),
    )
    return tuple(sorted(tasks, key=lambda task: (task.due_at is None, str(task.due_at or ""))))
