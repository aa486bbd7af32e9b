"""What a result says: how much changed, between which limits, and whether that is for the better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Way = Literal["better", "worse", "same"]
MOST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Change:
    """After minus before, with its interval where that is known."""

    difference: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


def change_of(
    before: Decimal | None, after: Decimal | None, low: Decimal | None = None, high: Decimal | None = None
) -> Change | None:
    """The change from before to after; none where one of the two is missing.

    Of a fall people write "by 20 to 46": limits that hold the change only with the other sign are turned round.
    """
    if before is None or after is None:
        return None
    difference = after - before
    if low is None or high is None:
        return Change(difference)
    low, high = min(low, high), max(low, high)
    if not low <= difference <= high and low <= -difference <= high:
        low, high = -high, -low
    return Change(difference, low, high)


def way_of(change: Change, better: str) -> Way:
    """Whether the change is for the better; none where its interval holds zero."""
    unsure = change.low is not None and change.high is not None and change.low <= 0 <= change.high
    if change.difference == 0 or unsure:
        return "same"
    return "better" if (change.difference > 0) == (better == "higher") else "worse"


def digits_of(values: Iterable[Decimal | None]) -> int:
    """As many decimal places as the values themselves have, at most two."""
    exponents = (-int(value.normalize().as_tuple().exponent) for value in values if value is not None)
    return min(MOST_DIGITS, max((0, *exponents)))


def lines_of(text: str) -> tuple[str, ...]:
    """What a text lists, line by line, without the marks that people put before."""
    stripped = (line.strip().lstrip("-–—•*").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)
