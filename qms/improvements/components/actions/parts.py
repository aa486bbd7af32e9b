"""The parts of the page of one action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from django.urls import reverse

from qms import charts
from qms.ui.components import Band, Chip, Link, Part


@dataclass(frozen=True)
class Doing:
    """What this person may do with the action now."""

    moves: bool = False
    approves: bool = False
    changes: bool = False
    keeps_tasks: bool = False
    ticks: bool = False
    tells: bool = False
    states_effect: bool = False
    opens_files: bool = False


@dataclass(frozen=True)
class VerdictMark(Part):
    """A verdict by shape, word and colour."""

    words: str
    direction: Literal["up", "down", "same", "none"]
    template_name: ClassVar[str] = "components/improvements/verdict.html"

    @property
    def svg(self) -> str:
        """The arrow up or down; equals sign and cross are drawn by the template."""
        return charts.arrow(1 if self.direction == "up" else -1) if self.direction in ("up", "down") else ""


@dataclass(frozen=True)
class ChainStep:
    """One step of the way that an action goes: what it is, and what came of it."""

    over: str
    words: str
    url: str = ""
    kind: Literal["", "now", "next"] = ""
    verdict: VerdictMark | None = None


@dataclass(frozen=True)
class Chain(Part):
    """Where an action comes from, which plan it stands in, what came of it, and what is next."""

    steps: tuple[ChainStep, ...]
    template_name: ClassVar[str] = "components/improvements/chain.html"


@dataclass(frozen=True)
class Source(Part):
    """A finding behind the action: its score with its interval, its words, its evidence."""

    title: str
    text: str = ""
    score: str = ""
    under: str = ""
    band: Band | None = None
    note: str = ""
    evidence: tuple[Chip, ...] = ()
    template_name: ClassVar[str] = "components/improvements/source.html"


@dataclass(frozen=True)
class TodoLine:
    """One task to tick."""

    pk: int
    title: str
    note: str
    done: bool
    late: bool


@dataclass(frozen=True)
class Todo(Part):
    """The tasks of an action; who works on it ticks them."""

    lines: tuple[TodoLine, ...]
    action: str = ""
    template_name: ClassVar[str] = "components/improvements/todo.html"


@dataclass(frozen=True)
class LogLine:
    """One line of the log in the reader's words."""

    on: date
    text: str
    remark: str
    who: str
    files: tuple[Link, ...]


@dataclass(frozen=True)
class Log(Part):
    """What happened, newest first; all but the first lines are folded away."""

    lines: tuple[LogLine, ...]
    older: tuple[LogLine, ...] = ()
    template_name: ClassVar[str] = "components/improvements/log.html"


@dataclass(frozen=True)
class SaidLine:
    """What people said and what they were told was done."""

    said: str
    done: str
    heading: str
    note: str
    change_url: str = ""


@dataclass(frozen=True)
class Said(Part):
    """You said, we did."""

    lines: tuple[SaidLine, ...]
    template_name: ClassVar[str] = "components/improvements/said.html"


@dataclass(frozen=True)
class MoveButton(Part):
    """One step with one press."""

    pk: int
    status: str
    version: int
    label: str
    template_name: ClassVar[str] = "components/improvements/move_button.html"

    @property
    def url(self) -> str:
        """Where it posts."""
        return reverse("improvements:action-move", args=[self.pk])
