"""What letters about awards say."""

from .submitting import closing, passed_on, reopened, submitted, withdrawn

__all__ = ["closing", "passed_on", "reopened", "submitted", "withdrawn"]
