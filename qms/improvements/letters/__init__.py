"""What each letter about improvement plans says, and to whom."""

from .actions import escalation, handed_over, reminder, without_owner
from .base import Draft
from .feedback import clock, feedback
from .lines import Line
from .plans import for_approval, plan_approved, plan_returned

__all__ = [
    "Draft",
    "Line",
    "clock",
    "escalation",
    "feedback",
    "for_approval",
    "handed_over",
    "plan_approved",
    "plan_returned",
    "reminder",
    "without_owner",
]
