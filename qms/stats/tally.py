"""What many answers amount to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

FEWEST_FOR_VARIANCE = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """What many answers amount to: enough for a mean and its margin."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> Tally:
        """The tally of these answers."""
        answers = [float(value) for value in values]
        return cls(len(answers), fsum(answers), fsum(answer * answer for answer in answers))

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float:
        """The arithmetic mean."""
        if not self.count:
            raise ValueError("No answers, no mean.")
        return self.total / self.count

    @property
    def variance(self) -> float:
        """The sample variance, with n - 1 below the line."""
        if self.count < FEWEST_FOR_VARIANCE:
            raise ValueError("A variance needs two answers.")
        # Rounding may leave a hair below zero where all answers are equal.
        return max(0.0, (self.squares - self.total * self.total / self.count) / (self.count - 1))
