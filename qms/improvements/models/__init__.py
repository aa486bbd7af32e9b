"""Plans, findings, actions and their effects; the cycle of an office; external feedback."""

from .action import Action, ActionNode, Communication, LogAttachment, LogEntry, Task
from .cycle import CalendarKey, CycleMark
from .effect import Effect, Indicator, Reading
from .feedback import (
    Feedback,
    FeedbackActor,
    FeedbackAgreed,
    FeedbackAnswer,
    FeedbackScheme,
    FeedbackScore,
)
from .finding import Finding
from .plan import Plan, PlanSnapshot

__all__ = [
    "Action",
    "ActionNode",
    "CalendarKey",
    "Communication",
    "CycleMark",
    "Effect",
    "Feedback",
    "FeedbackActor",
    "FeedbackAgreed",
    "FeedbackAnswer",
    "FeedbackScheme",
    "FeedbackScore",
    "Finding",
    "Indicator",
    "LogAttachment",
    "LogEntry",
    "Plan",
    "PlanSnapshot",
    "Reading",
    "Task",
]
