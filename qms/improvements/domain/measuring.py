"""What people type about a measurement, as forms hand it to services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """One measured value as it is typed."""

    on: date
    value: Decimal
    standard_error: Decimal | None = None
    count: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """All that says what an indicator is; the baseline becomes the first value when its day is known."""

    title: str
    unit: str = ""
    better: str = "higher"
    source: str = "typed"
    framework: str = ""
    node: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    least_change: Decimal | None = None
    first: ReadingFacts | None = None
