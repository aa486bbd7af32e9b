"""What a row of results says: its years, and whether its target was met."""

from __future__ import annotations

from decimal import Decimal


def years_of(last: int) -> tuple[int, int, int]:
    """The three years of a row whose last one is this."""
    return last - 2, last - 1, last


def is_met(last: Decimal | None, target: Decimal | None, better: str) -> bool | None:
    """Whether the last value reached the target; nothing where one of them is missing."""
    if last is None or target is None:
        return None
    return last >= target if better == "higher" else last <= target
