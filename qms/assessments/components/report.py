"""Parts of the printed report that other documents do not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.pdf.components import BandMark, Entries
from qms.ui.components import Part


@dataclass(frozen=True)
class PhaseMark:
    """One dimension of an agreed score: its name, its bar, its number."""

    title: str
    picture: str
    value: str


@dataclass(frozen=True)
class Said:
    """Something said of the whole subcriterion: suggestion, reason, dissent."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Subcriterion(Part):
    """One subcriterion: score on its scale, marks by dimension, what is good, what could be better, why so.

    `tongue` is the language of the texts that the office wrote, which is not always that of the report.
    """

    number: str
    title: str
    picture: str
    value: str
    band: BandMark
    remark: str
    before: str
    marks: tuple[PhaseMark, ...]
    columns: tuple[Entries, Entries]
    notes: tuple[Said, ...] = ()
    tongue: str = ""
    ident: str = ""
    template_name: ClassVar[str] = "documents/assessments/subcriterion.html"


@dataclass(frozen=True)
class Glance(Part):
    """All scores on one table: a row a criterion, a dial and a number a subcriterion."""

    caption: str
    note: str
    head: str
    scores: str
    rows: tuple[tuple[str, tuple[BandMark, ...]], ...]
    number: str = ""
    template_name: ClassVar[str] = "documents/assessments/glance.html"

    @property
    def width(self) -> int:
        """How many scores the longest row has."""
        return max((len(marks) for _name, marks in self.rows), default=1)

    @property
    def lines(self) -> list[tuple[str, tuple[BandMark, ...], range]]:
        """Each row and the places that stay empty after it."""
        return [(name, marks, range(self.width - len(marks))) for name, marks in self.rows]


@dataclass(frozen=True)
class Voices(Part):
    """Opinions that the group did not share, in their own words."""

    title: str
    lead: str
    voices: tuple[tuple[str, str], ...]
    tongue: str = ""
    template_name: ClassVar[str] = "documents/assessments/voices.html"


@dataclass(frozen=True)
class Steps(Part):
    """A numbered list: how a figure comes about."""

    steps: tuple[str, ...]
    template_name: ClassVar[str] = "documents/assessments/steps.html"


@dataclass(frozen=True)
class Words(Part):
    """Some of the office's own words, each with the subcriterion it was written for."""

    title: str
    said: tuple[tuple[str, str], ...]
    kind: str = "strength"
    tongue: str = ""
    template_name: ClassVar[str] = "documents/assessments/words.html"
