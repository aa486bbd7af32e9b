"""How long a text is, and how near it stands to its limit.

A page is the Polish standard page ("strona znormalizowana"): 1800 characters with spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final, Literal

PER_PAGE: Final = 1800
NEAR: Final = Decimal("0.9")
CELLS: Final = ("title", "unit", "target", "comparison", "comparison_note", "evidence")


def characters(text: str) -> int:
    """How many characters the text has, without space around it; a line's end counts as one."""
    return len(text.replace("\r\n", "\n").strip())


def characters_of_row(row: Mapping[str, Any]) -> int:
    """How many characters stand in the cells of a row of results."""
    cells = [*(row.get(name) for name in CELLS), *row.get("values", ())]
    return sum(characters(str(cell)) for cell in cells if cell is not None)


def characters_of_question(question: Mapping[str, Any]) -> int:
    """How many characters the narrative of a question has: its paragraphs, or the rows of its table."""
    texts = sum(characters(str(one["text"])) for one in question.get("paragraphs", ()))
    return texts + sum(characters_of_row(row) for row in question.get("rows", ()))


def characters_of_section(section: Mapping[str, Any]) -> int:
    """How many characters the narrative of a section has."""
    return sum(characters_of_question(question) for question in section["questions"])


def pages(length: int) -> Decimal:
    """How many standard pages so many characters fill, exactly."""
    return Decimal(length) / PER_PAGE


def shown_pages(length: int) -> Decimal:
    """The pages to one decimal, upwards, so that a text over its limit is never told as the limit itself."""
    return pages(length).quantize(Decimal("0.1"), rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Measure:
    """A length in characters against a limit in characters, or against none."""

    length: int
    limit: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is longer than allowed; the limit itself is allowed."""
        return self.limit is not None and self.length > self.limit

    @property
    def left(self) -> int | None:
        """How many characters may still be written; less than nothing when there are too many."""
        return None if self.limit is None else self.limit - self.length

    @property
    def level(self) -> Literal["", "near", "over"]:
        """How near it stands: over, within the last tenth, or with room."""
        if self.is_over:
            return "over"
        return "near" if self.limit is not None and self.length >= self.limit * NEAR else ""


def in_pages(length: int, most: Decimal | int | None) -> Measure:
    """The length against a limit that was given in pages."""
    return Measure(length, None if most is None else int(most * PER_PAGE))


def measure_of_question(question: Mapping[str, Any]) -> Measure:
    """A question's narrative against its most characters."""
    return Measure(characters_of_question(question), question.get("max_characters"))


def measure_of_section(section: Mapping[str, Any]) -> Measure:
    """A section's narrative against its most pages."""
    most = section.get("max_pages")
    return in_pages(characters_of_section(section), None if most is None else Decimal(str(most)))


def measure_of_whole(sections: Iterable[Mapping[str, Any]], max_pages: int | None) -> Measure:
    """The narrative of all sections against the category's most pages."""
    return in_pages(sum(characters_of_section(section) for section in sections), max_pages)
