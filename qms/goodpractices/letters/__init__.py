"""What each letter about good practices says, and to whom."""

from .base import Draft
from .finding import Finds, new_finds
from .moderation import published, returned, still_true, submitted
from .using import message_carried, question_answered, question_asked, question_hidden

__all__ = [
    "Draft",
    "Finds",
    "message_carried",
    "new_finds",
    "published",
    "question_answered",
    "question_asked",
    "question_hidden",
    "returned",
    "still_true",
    "submitted",
]
