"""What an edition is planned from, plain: reports, practices, offers, calls, and distributions already shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from qms.exchange.domain.matching import Offer, Practice, Scale
from qms.exchange.domain.similarity import Place


@dataclass(frozen=True, slots=True)
class Score:
    """The agreed score of a node with the members' lowest and highest."""

    agreed: Decimal
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """The scores of the previous cycle under today's names, and whether they may stand beside the office's name."""

    assessment: int
    year: int
    scores: Mapping[str, Decimal]
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The latest approved self-assessment of a whole office; `shares` and `is_named` are what it consents to."""

    assessment: int
    office: int
    year: int
    shares: bool = False
    is_named: bool = False
    scores: Mapping[str, Score] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A practice of the library, once for all its languages: what is matched, its results, and its words."""

    practice: Practice
    results: tuple[Mapping[str, Any], ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Call:
    """An open call for help."""

    key: int
    office: int
    node: str


@dataclass(frozen=True, slots=True)
class ThemePlan:
    """A theme with the nodes and practices that belong to it, its seminars, and questions without an answer."""

    key: int
    nodes: tuple[str, ...] = ()
    practices: frozenset[str] = frozenset()
    seminars: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A distribution that was shown once; `content` is what the release keeps of it."""

    key: int
    node: str
    contributors: tuple[int, ...]
    content: Mapping[str, Any]
    is_own: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class Material:
    """Everything from which the pages of one edition are planned."""

    framework: str
    scale: Scale
    nodes: tuple[str, ...]  # scored ones, in the framework's order
    criteria: Mapping[str, str]
    places: Mapping[int, Place]
    languages: Mapping[int, str]
    active: frozenset[int]
    reports: Sequence[Report] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    themes: Sequence[ThemePlan] = ()
    offers: Sequence[Offer] = ()
    guests: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    adopted: frozenset[tuple[int, str]] = frozenset()
    dismissed: frozenset[tuple[int, str, str]] = frozenset()
    calls: Sequence[Call] = ()
    questions: Sequence[tuple[int, str]] = ()
    shown: Sequence[Shown] = ()

    @property
    def counts(self) -> dict[str, int]:
        """From how much it was planned, for the foot of the pages."""
        return {
            "assessments": len(self.reports),
            "practices": len(self.entries),
            "offices": len({entry.practice.office for entry in self.entries.values()}),
        }
