"""What letters of the jury say."""

from . import scoring

__all__ = ["scoring"]
