"""When an office with a draft is reminded of the closing."""

from __future__ import annotations

from datetime import datetime, timedelta

BEFORE = (7, 1)


def step_reached(closes_at: datetime, at: datetime) -> int | None:
    """The reminder that is due: 7 or 1 day before the closing; none earlier, and none once it is too late.

    Seven days and one day: this platform's own rule.
    """
    left = closes_at - at
    if left <= timedelta(0):
        return None
    return min((step for step in BEFORE if left <= timedelta(days=step)), default=None)
