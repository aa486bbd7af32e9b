"""What each person has to do now in plans, in actions, in the cycle and in external feedback."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qms.offices.queries import Task

from .tasks_cycle import cycle_tasks_of
from .tasks_feedback import feedback_tasks_of
from .tasks_plans import plan_tasks_of
from .tasks_progress import progress_tasks_of

if TYPE_CHECKING:
    from qms.accounts.models import User


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """The person's open tasks, the most urgent first; those without a day come last."""
    if not user.is_authenticated:
        return ()
    tasks = (
        *plan_tasks_of(user, at),
        *progress_tasks_of(user, at),
        *cycle_tasks_of(user, at),
        *feedback_tasks_of(user, at),
    )
    return tuple(sorted(tasks, key=lambda task: (task.due_at is None, task.due_at.isoformat() if task.due_at else "")))
