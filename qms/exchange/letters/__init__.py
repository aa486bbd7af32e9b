"""Letters of experience sharing."""

from .calls import call_answered, call_closed
from .meetings import experience_left_out, meeting_published
from .visits import visit_asked, visit_cancelled, visit_confirmed, visit_declined, visit_moved, visit_reported

__all__ = [
    "call_answered",
    "call_closed",
    "experience_left_out",
    "meeting_published",
    "visit_asked",
    "visit_cancelled",
    "visit_confirmed",
    "visit_declined",
    "visit_moved",
    "visit_reported",
]
