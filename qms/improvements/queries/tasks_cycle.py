"""Tasks of the cycle: actions to hand over, clocks that run out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .task import Task

if TYPE_CHECKING:
    from qms.accounts.models import User


def cycle_tasks_of(_user: User, _at: datetime) -> tuple[Task, ...]:
    """The person's open tasks here."""
    return ()
