"""What letters about awards say."""

from .submitting import chosen, closing, passed_on, reopened, submitted, withdrawn

__all__ = ["chosen", "closing", "passed_on", "reopened", "submitted", "withdrawn"]
