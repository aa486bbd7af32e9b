"""What is done with plans, actions, effects, the cycle and external feedback."""

from .actions import ActionFacts, add_action, answer_findings, approve_action, change_action, delete_action
from .effects import add_reading, delete_indicator, delete_reading, save_indicator, state_effect
from .findings import add_finding, delete_finding, dismiss, restore, take_up
from .locking import Conflict
from .plans import answer_in_plan, approve_plan, begin_plan, change_plan, close_plan, open_plan, return_plan, send_plan
from .progress import TaskLine, move_action, report, save_tasks, tick_tasks
from .telling import delete_communication, save_communication, save_lessons
from .weighing import place_action, weigh_action

__all__ = [
    "ActionFacts",
    "Conflict",
    "TaskLine",
    "add_action",
    "add_finding",
    "add_reading",
    "answer_findings",
    "answer_in_plan",
    "approve_action",
    "approve_plan",
    "begin_plan",
    "change_action",
    "change_plan",
    "close_plan",
    "delete_action",
    "delete_communication",
    "delete_finding",
    "delete_indicator",
    "delete_reading",
    "dismiss",
    "move_action",
    "open_plan",
    "place_action",
    "report",
    "restore",
    "return_plan",
    "save_communication",
    "save_indicator",
    "save_lessons",
    "save_tasks",
    "send_plan",
    "state_effect",
    "take_up",
    "tick_tasks",
    "weigh_action",
]
