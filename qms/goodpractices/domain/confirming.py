"""When an office is asked whether its practice is still true."""

from __future__ import annotations

from datetime import date


def year_after(day: date) -> date:
    """The same day a year later; the last of February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def year_before(day: date) -> date:
    """The same day a year earlier; the last of February before a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
