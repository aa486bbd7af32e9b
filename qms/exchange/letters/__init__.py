"""Letters of experience sharing."""

from .calls import call_answered, call_closed
from .visits import visit_asked, visit_cancelled, visit_confirmed, visit_declined, visit_moved, visit_reported

__all__ = [
    "call_answered",
    "call_closed",
    "visit_asked",
    "visit_cancelled",
    "visit_confirmed",
    "visit_declined",
    "visit_moved",
    "visit_reported",
]
