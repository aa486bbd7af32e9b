"""Parts of paper that only dossiers have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.ui.components import Part


@dataclass(frozen=True)
class Proof(Part):
    """How to verify the document: the code as a picture, the same in signs, and where to type it."""

    picture: str
    code: str
    address: str
    template_name: ClassVar[str] = "documents/awards/proof.html"


@dataclass(frozen=True)
class Narrative(Part):
    """Paragraphs of an answer, each with the words that say where it comes from."""

    paragraphs: tuple[tuple[str, str], ...]
    template_name: ClassVar[str] = "documents/awards/narrative.html"


@dataclass(frozen=True)
class Fine(Part):
    """A quiet line under a heading."""

    words: str
    template_name: ClassVar[str] = "documents/awards/fine.html"


@dataclass(frozen=True)
class Indicator(Part):
    """The first cell of a row of results: what is measured, in what, which way is better, where it is proved."""

    title: str
    unit: str = ""
    notes: tuple[str, ...] = ()
    template_name: ClassVar[str] = "documents/awards/indicator.html"


@dataclass(frozen=True)
class Trend(Part):
    """A small drawing in a cell; the numbers stand beside it."""

    picture: str
    template_name: ClassVar[str] = "documents/awards/trend.html"


@dataclass(frozen=True)
class Whole(Part):
    """What is kept on one page."""

    inner: Part
    template_name: ClassVar[str] = "documents/awards/whole.html"


@dataclass(frozen=True)
class PageOf(Part):
    """On which page of this document something begins."""

    ident: str
    words: str = ""
    template_name: ClassVar[str] = "documents/awards/page_of.html"


@dataclass(frozen=True)
class Ticks(Part):
    """The options of a choice, the chosen ones marked."""

    options: tuple[tuple[str, bool], ...]
    template_name: ClassVar[str] = "documents/awards/ticks.html"


@dataclass(frozen=True)
class Lines(Part):
    """Empty lines to write on by hand."""

    count: int
    template_name: ClassVar[str] = "documents/awards/lines.html"

    @property
    def numbers(self) -> range:
        """One number for each line."""
        return range(self.count)


@dataclass(frozen=True)
class Gap(Part):
    """Room in a cell to write by hand."""

    template_name: ClassVar[str] = "documents/awards/gap.html"


@dataclass(frozen=True)
class Facts(Part):
    """Names and facts in two columns."""

    facts: tuple[tuple[str, object], ...]
    template_name: ClassVar[str] = "documents/awards/facts.html"


@dataclass(frozen=True)
class Sheets(Part):
    """Empty sheets on which the pages of an annex are set, turned where the page is wide; or its picture."""

    wide: tuple[bool, ...]
    picture: str = ""
    words: str = ""
    template_name: ClassVar[str] = "documents/awards/sheets.html"

    @property
    def classes(self) -> list[str]:
        """The class of each sheet."""
        return ["sheet wide" if is_wide else "sheet" for is_wide in self.wide]
