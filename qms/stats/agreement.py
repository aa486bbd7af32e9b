"""How far several people agree who scored the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Score = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    """Several scores of one thing in six figures; the deviation is blank for a single score."""

    n: int
    lowest: Decimal
    highest: Decimal
    median: Decimal
    mean: Decimal
    deviation: Decimal | None

    @property
    def range(self) -> Decimal:
        """The highest score minus the lowest."""
        return self.highest - self.lowest


def spread_of(values: Iterable[Score | None]) -> Spread | None:
    """The spread of the given scores, blanks left out; nothing where all are blank."""
    scores = sorted(exact(value) for value in values if value is not None)
    if not scores:
        return None
    return Spread(
        n=len(scores),
        lowest=scores[0],
        highest=scores[-1],
        median=median_of(scores),
        mean=_decimal(sum(map(Fraction, scores), Fraction(0)) / len(scores)),
        deviation=_deviation(scores),
    )


def widest_first(spread: Spread | None) -> tuple[bool, Decimal, Decimal]:
    """The key that sorts the widest range to the top, then the larger deviation; what nobody scored comes last."""
    if spread is None:
        return True, Decimal(0), Decimal(0)
    return False, -spread.range, -(spread.deviation or Decimal(0))


def median_of(scores: Sequence[Decimal]) -> Decimal:
    """The middle of sorted scores, or half the way between the two in the middle."""
    if not scores:
        raise ValueError("No scores, no median.")
    half = len(scores) // 2
    return scores[half] if len(scores) % 2 else (scores[half - 1] + scores[half]) / 2


def exact(value: Score) -> Decimal:
    """The number as it is written: 0.1 is one tenth."""
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value} is not a score.")
    return number


def _deviation(scores: Sequence[Decimal]) -> Decimal | None:
    """The sample standard deviation, with n - 1 below the line (Bessel)."""
    count = len(scores)
    if count == 1:
        return None
    mean = sum(map(Fraction, scores), Fraction(0)) / count
    squares = sum(((Fraction(score) - mean) ** 2 for score in scores), Fraction(0))
    return _decimal(squares / (count - 1)).sqrt()


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
