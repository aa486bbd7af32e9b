"""What to do first: importance, feasibility, priority and the quick win."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HIGH = Decimal(4)
HALF = Decimal(3)
QUICK_MONTHS = 6
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Weighing:
    """The six judgements on an action, each 1 to 5 or none yet; 5 is best: greatest impact, least difficulty."""

    stakeholders: int | None = None
    results: int | None = None
    visibility: int | None = None
    difficulty: int | None = None
    resources: int | None = None
    speed: int | None = None

    @property
    def importance(self) -> Decimal | None:
        """The mean of the three judgements of importance; none until all three are given."""
        return mean_of((self.stakeholders, self.results, self.visibility))

    @property
    def feasibility(self) -> Decimal | None:
        """The mean of the three judgements of feasibility; none until all three are given."""
        return mean_of((self.difficulty, self.resources, self.speed))

    @property
    def priority(self) -> Decimal | None:
        """Importance times feasibility, 1 to 25, to one decimal; none until all six are given."""
        if self.importance is None or self.feasibility is None:
            return None
        return (self.importance * self.feasibility).quantize(TENTH, ROUND_HALF_UP)


def mean_of(judgements: Iterable[int | None]) -> Decimal | None:
    """The mean of the judgements, unrounded; none while one is missing."""
    given = list(judgements)
    if not given or any(one is None for one in given):
        return None
    return Decimal(sum(one for one in given if one is not None)) / len(given)


def is_quick_win(weighing: Weighing, start: date | None, due: date | None) -> bool:
    """Whether it is easy (feasibility of 4 or more) and done within six months of its start.

    Source: CAF 2020 guidelines, step 7 (quick wins are begun early to keep credibility); the limits are this
    platform's own rule and stand in docs/methods/improvements.md.
    """
    if weighing.feasibility is None or start is None or due is None:
        return False
    return weighing.feasibility >= HIGH and due <= months_after(start, QUICK_MONTHS)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is none of that number."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    message = f"No day {day.day} in month {month + 1}."
    raise ValueError(message)
