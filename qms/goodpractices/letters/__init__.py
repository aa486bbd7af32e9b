"""What each letter about good practices says, and to whom."""

from .base import Letter
from .moderation import published, returned, still_true, submitted
from .using import message_carried, question_answered, question_asked, question_hidden

__all__ = [
    "Letter",
    "message_carried",
    "published",
    "question_answered",
    "question_asked",
    "question_hidden",
    "returned",
    "still_true",
    "submitted",
]
