"""What a document is: a cover, sections with their parts, and what stands on every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from qms.ui.components import Part

MOST_RUNNING = 110  # letters that stand at the head of a page in three lines
TOP = 2  # the heading level of chapters: the first one is the title on the cover

LONG, CROWDED, FULL = 44, 90, 190  # letters of a title, and of title and subtitle together

SectionKind = Literal["chapter", "flow", "opening"]


@dataclass(frozen=True)
class Cover:
    """The first page: whose document it is, what it states in four lines, and what the picture on it means.

    `arms` is an address such as "media:arms/goldap.png" or "static:offices/arms.svg"; `art` is an SVG.
    """

    organisation: str
    facts: tuple[tuple[str, str], ...] = ()
    art: str = ""
    notes: tuple[str, ...] = ()
    arms: str = ""
    arms_text: str = ""


@dataclass(frozen=True)
class Section(Part):
    """A heading and the parts under it; a section among the parts is one level deeper.

    A chapter begins a page, a flowing one stands where there is room, an opening stands under the contents.
    """

    title: str
    parts: tuple[Part, ...] = ()
    label: str = ""
    number: str = ""
    lead: str = ""
    kind: SectionKind = "chapter"
    in_contents: bool = True
    ident: str = ""
    template_name: ClassVar[str] = "documents/parts/section.html"


@dataclass(frozen=True)
class Line:
    """One line of the contents and the lines under it."""

    ident: str
    number: str
    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Placed(Part):
    """A section in its place: how deep it is, and where the contents find it."""

    section: Section
    level: int
    ident: str
    pieces: tuple[Part, ...]
    template_name: ClassVar[str] = "documents/parts/section.html"

    @property
    def css(self) -> str:
        """What decides where it begins: only sections of the first level begin pages."""
        return self.section.kind if self.level == TOP else "under"

    @property
    def label(self) -> str:
        """What the outline of the file says of it."""
        return ". ".join(filter(None, [self.section.label, self.section.title]))

    @property
    def line(self) -> Line:
        """What the contents say of it."""
        return Line(self.ident, self.section.number, self.section.title, tuple(self._deeper()))

    def _deeper(self) -> list[Line]:
        lines = []
        for piece in self.pieces:
            if isinstance(piece, Placed):
                if piece.section.in_contents:
                    lines.append(Line(piece.ident, piece.section.number, piece.section.title))
            elif contents := getattr(piece, "contents", ""):
                lines.append(Line(getattr(piece, "ident", ""), "", contents))
        return lines


@dataclass(frozen=True)
class Document:
    """Everything that is printed, as data: the same document makes the same bytes.

    `running` stands at the head of each page, `version_line` at its foot; `moment` is the date of the file.
    """

    title: str
    subtitle: str
    subject: str
    language: str
    sections: tuple[Section, ...]
    cover: Cover
    moment: dt.datetime
    running: str = ""
    version_line: str = ""
    imprint: tuple[str, ...] = ()
    author: str = ""
    has_contents: bool = True

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The sections with their places."""
        return tuple(_place(section, TOP, f"s{number}") for number, section in enumerate(self.sections, start=1))

    @property
    def contents(self) -> tuple[Line, ...]:
        """The lines of the contents."""
        return tuple(placed.line for placed in self.placed if placed.section.in_contents)

    @property
    def head(self) -> str:
        """What stands at the head of each page, as far as there is room for it."""
        if len(self.running) <= MOST_RUNNING:
            return self.running
        return f"{self.running[:MOST_RUNNING].rstrip(' ,.')}…"

    @property
    def name_css(self) -> str:
        """How large the title is set on the cover, so that it keeps clear of what stands under it."""
        title = len(self.file_title)
        if title > CROWDED or title + len(self.subtitle) > FULL:
            return "name longer"
        return "name long" if title > LONG else "name"

    @property
    def file_title(self) -> str:
        """The title in one line, as readers of the file show it."""
        return " ".join(self.title.split())


def _place(section: Section, level: int, ident: str) -> Placed:
    pieces = tuple(
        _place(part, level + 1, f"{ident}-{number}") if isinstance(part, Section) else part
        for number, part in enumerate(section.parts, start=1)
    )
    return Placed(section, level, section.ident or ident, pieces)
