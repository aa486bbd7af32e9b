"""What letters of the jury say."""

from . import board, scoring

__all__ = ["board", "scoring"]
