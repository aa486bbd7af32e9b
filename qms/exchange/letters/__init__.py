"""Letters of experience sharing."""

from .visits import visit_asked, visit_cancelled, visit_confirmed, visit_declined, visit_moved, visit_reported

__all__ = [
    "visit_asked",
    "visit_cancelled",
    "visit_confirmed",
    "visit_declined",
    "visit_moved",
    "visit_reported",
]
