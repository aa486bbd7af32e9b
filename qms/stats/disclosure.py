"""What may be shown without showing anybody in particular."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from qms.stats.agreement import Score, exact, median_of

MINIMUM = 5


def may_show(count: int, *, minimum: int = MINIMUM) -> bool:
    """Whether a figure over so many is anonymous enough."""
    return count >= minimum


def median_of_at_least_five(values: Iterable[Score | None]) -> Decimal | None:
    """The median of the given scores; nothing while fewer than five gave one."""
    scores = sorted(exact(value) for value in values if value is not None)
    return median_of(scores) if may_show(len(scores)) else None
