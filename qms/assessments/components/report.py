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
    marks: tuple[PhaseMark, ...]
    columns: tuple[Entries, ...]
    notes: tuple[tuple[str, str], ...] = ()
    tongue: str = ""
    ident: str = ""
    contents: str = ""
    template_name: ClassVar[str] = "documents/assessments/subcriterion.html"


@dataclass(frozen=True)
class Person(Part):
    """A name that is never translated."""

    name: str
    tongue: str = ""
    template_name: ClassVar[str] = "documents/assessments/words.html"


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
