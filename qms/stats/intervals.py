"""How far the true figure may lie from the measured one."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

from scipy.special import ndtri, stdtrit

from qms.stats.tally import Tally

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From the least to the greatest plausible value."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and self.low <= self.high):
            raise ValueError("An interval runs from its low end to its high end.")

    @property
    def width(self) -> float:
        """The distance of the ends."""
        return self.high - self.low

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def overlaps(self, other: Interval) -> bool:
        """Whether both share at least one value."""
        return self.low <= other.high and other.low <= self.high


def students_t(freedom: int, *, level: float = LEVEL) -> float:
    """How many standard errors the interval reaches to each side with so many degrees of freedom (Student 1908)."""
    if freedom < 1:
        raise ValueError("Student's distribution has at least one degree of freedom.")
    _check(level, freedom, None)
    return float(stdtrit(freedom, (1 + level) / 2))


def mean_interval(tally: Tally, *, level: float = LEVEL, population: int | None = None) -> Interval:
    """The interval of a mean by Student's t (Student 1908).

    A finite population narrows it (Cochran 1977, chapter 2).
    """
    _check(level, tally.count, population)
    spread = tally.variance
    left_out = 1.0 if population is None else 1.0 - tally.count / population
    margin = students_t(tally.count - 1, level=level) * sqrt(left_out * spread / tally.count)
    return Interval(tally.mean - margin, tally.mean + margin)


def share_interval(hits: int, count: int, *, level: float = LEVEL, population: int | None = None) -> Interval:
    """The interval of a share by Wilson's score (Wilson 1927): between 0 and 1, good for small counts too."""
    _check(level, count, population)
    if not 0 <= hits <= count or count == 0:
        raise ValueError("Hits lie between nothing and the count.")
    share = hits / count
    if population == count:
        return Interval(share, share)
    n = count if population is None else count * (population - 1) / (population - count)
    z = float(ndtri((1 + level) / 2))
    stretch = 1 + z * z / n
    middle = (share + z * z / (2 * n)) / stretch
    margin = z / stretch * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At no hits and at all hits the formula ends exactly at 0 and 1; rounding must not cross them.
    low = 0.0 if hits == 0 else max(0.0, middle - margin)
    high = 1.0 if hits == count else min(1.0, middle + margin)
    return Interval(low, high)


def _check(level: float, count: int, population: int | None) -> None:
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1.")
    if population is not None and population < count:
        raise ValueError("A population has at least as many as were asked.")
