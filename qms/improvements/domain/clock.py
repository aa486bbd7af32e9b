"""The clock of CAF external feedback: when an office may apply, and how long its label holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .priority import months_after

WindowState = Literal["early", "open", "closing", "over"]


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a scheme; they are data, not law."""

    apply_from_months: int
    apply_until_months: int
    label_months: int
    remind_days_before: int


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which an office may apply after the approval of its report, both included."""

    from_on: date
    until_on: date
    remind_days: int

    def state(self, on: date) -> WindowState:
        """Whether it is too early, open, about to close, or over."""
        if on < self.from_on:
            return "early"
        if on > self.until_on:
            return "over"
        return "closing" if self.days_left(on) <= self.remind_days else "open"

    def days_left(self, on: date) -> int:
        """Days to the last day; below 0 when it has passed."""
        return (self.until_on - on).days


def periods_of(content: Mapping[str, Any] | None) -> Periods | None:
    """The periods that a scheme states; none where there is no scheme or it states none."""
    stated = (content or {}).get("periods")
    if not stated:
        return None
    return Periods(**{name: int(stated[name]) for name in Periods.__dataclass_fields__})


def window_after(approved_on: date, periods: Periods) -> Window:
    """The window that opens and closes so many months after the approval of the report.

    Source: CAF external feedback procedure (2013): apply 6 to 12 months after the management approved the report.
    """
    return Window(
        months_after(approved_on, periods.apply_from_months),
        months_after(approved_on, periods.apply_until_months),
        periods.remind_days_before,
    )
