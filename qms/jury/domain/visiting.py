"""What is written about a visit of the jury: the plan with its agenda, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda; the section is a key."""

    starts: time
    title: str
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """When, where, who comes, what is shown; the team by the keys of its jurors."""

    starts_at: datetime
    ends_at: datetime
    place: str
    team: tuple[int, ...]
    message: str = ""
    agenda: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the team found about one section."""

    section: int
    verdict: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was seen on the whole, and by section."""

    text: str
    seen: tuple[Seen, ...] = ()
