"""What is written about study visits, and what may be told of their ratings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

STEP = 5
MOST_DAYS = 6
MOST_NODES = 6


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """What an office writes about an offer; practice and contact are keys."""

    title: str
    nodes: tuple[str, ...]
    text: str = ""
    practice: int | None = None
    days: tuple[date, ...] = ()
    people: int = 6
    online: bool = False
    allowed: int = 3
    open_until: date | None = None
    contact: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an office writes that asks to come."""

    wish: str
    people: int = 2
    wished_on: date | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where the visit is, and what the host says to the guests."""

    held_on: date
    place: str
    held_at: time | None = None
    answer: str = ""


def mean_of(ratings: Sequence[int]) -> tuple[Decimal, int] | None:
    """The mean of the ratings in the order in which they were given, and of how many; nothing under five.

    It moves on with every fifth rating only: two means that were shown never differ by fewer than five ratings, so
    nobody reckons a single one out of them.
    """
    told = len(ratings) - len(ratings) % STEP
    return (Decimal(sum(ratings[:told])) / told, told) if told else None


def days_ahead(days: Iterable[str], *, on: date) -> tuple[date, ...]:
    """The proposed days that are still to come, in their order."""
    return tuple(sorted(day for day in map(date.fromisoformat, days) if day >= on))
