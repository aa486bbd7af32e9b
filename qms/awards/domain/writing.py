"""What somebody typed into a section, piece by piece, with what stood there when it was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

ROW_TEXTS = ("title", "unit", "better", "comparison_note", "evidence")
ROW_FIGURES = ("before_last", "before", "last", "target", "comparison")


def tidy(text: str) -> str:
    """The text with plain line ends and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(content: object) -> str:
    """What tells two contents apart: short, the same for the same content."""
    plain = tidy(content) if isinstance(content, str) else content
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Read:
    """Which version somebody read, and its mark; version 0 is what did not exist yet."""

    version: int = 0
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.version}:{self.mark}"

    @classmethod
    def of(cls, version: int, content: object) -> Read:
        """The reading of this content."""
        return cls(version, mark_of(content))

    @classmethod
    def parse(cls, written: str) -> Read:
        """The reading that a page carried; what cannot be read counts as never read."""
        version, _colon, mark = written.partition(":")
        return cls(int(version), mark[:12]) if version.isdecimal() and len(version) < 10 else cls()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph (`content` a text) or a row of results (`content` its cells) as somebody left it."""

    key: UUID
    question: int
    content: Any
    read: Read

    @property
    def is_touched(self) -> bool:
        """Whether it differs from what was read."""
        return mark_of(self.content) != self.read.mark


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a question that is neither text nor table, as somebody left it."""

    question: int
    content: Mapping[str, Any]
    read: Read

    @property
    def is_touched(self) -> bool:
        """Whether it differs from what was read."""
        return mark_of(dict(self.content)) != self.read.mark


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """Everything that was typed on the page of a section."""

    paragraphs: tuple[Piece, ...] = ()
    rows: tuple[Piece, ...] = ()
    answers: tuple[Answered, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the pressed button asks beyond saving: its name and the piece it is about."""

    name: str = "save"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A piece that somebody else changed since it was read; `theirs` is nothing where it was removed."""

    ident: str
    theirs: Any
    version: int = 0
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: what changed, what others were quicker with, and how to read on where all is as typed.

    A piece that others changed and this hand did not touch has no reading here: the page still shows what was.
    """

    changed: bool
    clashes: tuple[Clash, ...] = ()
    reads: Mapping[str, Read] = field(default_factory=dict)


def is_blank(cells: Mapping[str, Any]) -> bool:
    """Whether nothing was written into a row of results; its year and direction say nothing by themselves."""
    return not any(cells.get(name) for name in (*ROW_FIGURES, "title", "unit", "comparison_note", "evidence"))
