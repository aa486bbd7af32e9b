"""Parts of paper, where those of the screen do not do: no details to open, no colours by CSS class in drawings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from qms.ui.components import Part

SHORT = 2400  # letters that surely fit on a page beside one another

Width = Literal["", "tiny", "small", "middle", "large"]
Mark = Literal["current", "previous", "benchmark", "previous-mark", "benchmark-mark"]


@dataclass(frozen=True)
class Text(Part):
    """Paragraphs; a blank line inside one parts it in two."""

    paragraphs: tuple[str, ...]
    template_name: ClassVar[str] = "documents/parts/text.html"


@dataclass(frozen=True)
class Points(Part):
    """What one should take home: a number set large, a sentence beside it."""

    points: tuple[tuple[str, str], ...]
    template_name: ClassVar[str] = "documents/parts/points.html"


@dataclass(frozen=True)
class Number:
    """A number set large: its name, its unit, a note under it."""

    title: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Numbers(Part):
    """Up to four numbers side by side."""

    numbers: tuple[Number, ...]
    template_name: ClassVar[str] = "documents/parts/numbers.html"


@dataclass(frozen=True)
class BandMark(Part):
    """The dial of a band and its words; the dial is decoration, the words tell."""

    index: int | None
    words: str
    template_name: ClassVar[str] = "documents/parts/band.html"

    @property
    def dial(self) -> str:
        """The class that draws the dial."""
        return "dial none" if self.index is None else f"dial d{self.index}"


@dataclass(frozen=True)
class Column:
    """A heading of a table: numbers flush right, the main ones bold; a width where the text does not decide it."""

    title: str
    is_number: bool = False
    is_main: bool = False
    width: Width = ""

    @property
    def css(self) -> str:
        return " ".join(filter(None, ["n" if self.is_number else "", f"w-{self.width}" if self.width else ""]))


@dataclass(frozen=True)
class Row:
    """A line of a table; the first cell names it. A head row names the group of rows under it."""

    cells: tuple[object, ...]
    kind: Literal["", "head", "own"] = ""


@dataclass(frozen=True)
class Table(Part):
    """A table with its caption; `contents` is its line in the table of contents, if it shall have one."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    number: str = ""
    note: str = ""
    contents: str = ""
    ident: str = ""
    template_name: ClassVar[str] = "documents/parts/table.html"

    @property
    def lines(self) -> list[tuple[Row, list[tuple[object, str]]]]:
        """Each row with its cells and the class of each."""
        classes = [f"{'n ' * column.is_number}{'strong' * column.is_main}".strip() for column in self.columns]
        return [(row, list(zip(row.cells, classes, strict=True))) for row in self.rows]


@dataclass(frozen=True)
class Figure(Part):
    """A drawing that says what one sees; `key` explains its lines; beside it what one should take home."""

    title: str
    picture: str
    number: str = ""
    unit: str = ""
    key: tuple[tuple[Mark, str], ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    contents: str = ""
    ident: str = ""
    begins_page: bool = False
    template_name: ClassVar[str] = "documents/parts/figure.html"


@dataclass(frozen=True)
class Bar:
    """A score as a bar: the drawing has a title, the band stands behind it in words."""

    name: str
    picture: str
    value: str
    band: BandMark | None = None


@dataclass(frozen=True)
class Bars(Part):
    """Scores one under another on the same scale."""

    title: str
    bars: tuple[Bar, ...]
    heads: tuple[str, str, str, str]
    number: str = ""
    unit: str = ""
    contents: str = ""
    ident: str = ""
    begins_page: bool = False
    template_name: ClassVar[str] = "documents/parts/bars.html"


@dataclass(frozen=True)
class Entry:
    """One observation and the evidence for it: pairs of code and name."""

    text: str
    evidence: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Entries:
    """Observations of one kind."""

    title: str
    entries: tuple[Entry, ...]
    kind: Literal["strength", "area", "suggestion"] = "strength"
    empty: str = ""


@dataclass(frozen=True)
class Passage(Part):
    """One subcriterion: its score on its scale, what is good, what could be better; `notes` below both columns."""

    title: str
    number: str = ""
    picture: str = ""
    value: str = ""
    band: BandMark | None = None
    remark: str = ""
    columns: tuple[Entries, ...] = ()
    notes: tuple[tuple[str, str], ...] = field(default=())
    ident: str = ""
    contents: str = ""
    template_name: ClassVar[str] = "documents/parts/passage.html"

    @property
    def rows(self) -> list[tuple[Entries, ...]]:
        """The columns two by two."""
        return [self.columns[place : place + 2] for place in range(0, len(self.columns), 2)]

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page; a longer one may break."""
        return sum(len(entry.text) for column in self.columns for entry in column.entries) < SHORT


@dataclass(frozen=True)
class Box(Part):
    """What must not be overlooked."""

    title: str
    paragraphs: tuple[str, ...]
    template_name: ClassVar[str] = "documents/parts/box.html"


@dataclass(frozen=True)
class Pair(Part):
    """Two parts side by side."""

    left: Part
    right: Part
    template_name: ClassVar[str] = "documents/parts/pair.html"
