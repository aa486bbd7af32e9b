"""Tasks of who keeps plans and approves them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .task import Task

if TYPE_CHECKING:
    from qms.accounts.models import User


def plan_tasks_of(_user: User, _at: datetime) -> tuple[Task, ...]:
    """The person's open tasks here."""
    return ()
