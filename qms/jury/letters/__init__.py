"""What letters of the jury say."""

from . import board, pool, scoring, visits

__all__ = ["board", "pool", "scoring", "visits"]
