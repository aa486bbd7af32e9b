"""What another part of the platform offers to an application: a text or a row of figures, with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# How much of a source's name a paragraph keeps.
TITLE_LENGTH = 300


@dataclass(frozen=True)
class Figures:
    """A measured result, as a row of a table of results takes it; `values` are those of year - 2, year - 1, year.

    `evidence` names the surveys and registers in which they were measured, the latest first.
    """

    title: str
    unit: str
    better: str
    year: int
    values: tuple[Decimal | None, Decimal | None, Decimal | None]
    target: Decimal | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """One piece that fills an answer: `source` as in Sourced.Source, `key` "<what>:<pk>:<part>", where it stands."""

    source: str
    key: str
    title: str
    url: str
    text: str
    figures: Figures | None = None
