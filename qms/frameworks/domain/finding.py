"""What an instrument found: the one form in which every instrument tells an office what to improve.

Each instrument's `queries.findings_of(office)` returns these; improvement plans pull them, the instrument never learns
who uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence as texts cite it: its code and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with its source, score, interval and evidence.

    `key` is the same each time the same thing is told, and no other finding of the office has it. `score`, `low` and
    `high` are in the units that `scale` names ("0–100", "%"); `low` and `high` are an interval or, of a group's scores,
    the lowest and the highest. `severity` orders findings of one instrument, 0 to 100, the gravest highest.
    """

    key: str
    source: str  # area, low, disputed, survey, mystery, checklist
    title: str
    instrument: str
    detail: str = ""
    framework: str = ""
    node: str = ""
    score: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    count: int | None = None
    scale: str = ""
    evidence: tuple[Evidence, ...] = ()
    found_on: date | None = None
    url: str = ""
    severity: Decimal = Decimal(0)
