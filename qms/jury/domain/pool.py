"""What an organiser writes about a juror's seat and about a phase; and the usual phases of a jury."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class JurorDraft:
    """A seat as it stands on its form: the categories by their keys."""

    categories: tuple[int, ...]
    is_chair: bool = False


@dataclass(frozen=True)
class PhaseDraft:
    """A phase as it stands on its form; the moments are exact."""

    titles: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    leads: Mapping[str, str] = field(default_factory=dict)
    may_declare: bool = True
    sees: str = "none"
    may_score: bool = False
    shows_scores: bool = False
    shows_names: bool = False
    may_agree: bool = False
    may_visit: bool = False
    may_decide: bool = False


@dataclass(frozen=True)
class Usual:
    """One of the usual phases: its share of the whole time, and what it lets."""

    code: str
    share: Fraction
    policy: Mapping[str, Any]


SEEN = {"sees": "category", "shows_scores": True, "may_agree": True}
USUAL = (
    Usual("declarations", Fraction(1, 10), {}),
    Usual("scores", Fraction(2, 5), {"sees": "assigned", "may_score": True}),
    Usual("talks", Fraction(3, 20), {**SEEN, "may_score": True, "shows_names": True}),
    Usual("visits", Fraction(1, 5), {**SEEN, "shows_names": True, "may_visit": True}),
    Usual("decisions", Fraction(3, 20), {**SEEN, "shows_names": True, "may_decide": True}),
)
"""Declarations, blind scores, talks, visits, decisions: this platform's own proposal; organisers change it freely."""
LONG = timedelta(days=20)


def suggested(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[tuple[Usual, datetime, datetime], ...]:
    """The usual phases one after another; where there is time, they change at midnight of the zone."""
    whole, passed, bounds = end - start, Fraction(0), [start]
    for one in USUAL[:-1]:
        passed += one.share
        cut = start + whole * passed.numerator / passed.denominator
        bounds.append(_midnight(cut, zone) if whole >= LONG else cut.replace(second=0, microsecond=0))
    bounds.append(end)
    return tuple((one, bounds[place], bounds[place + 1]) for place, one in enumerate(USUAL))


def last_moment(ends_at: datetime) -> datetime:
    """The last second of a phase: one that ends at midnight is told by the day before, not by the day it lacks."""
    return ends_at - timedelta(seconds=1)


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(moment.tzinfo)
