"""What is done with plans, actions, effects, the cycle and external feedback."""

from .progress import TaskLine, move_action, report, save_tasks, tick_tasks
from .telling import delete_communication, save_communication, save_lessons

__all__ = [
    "TaskLine",
    "delete_communication",
    "move_action",
    "report",
    "save_communication",
    "save_lessons",
    "save_tasks",
    "tick_tasks",
]
