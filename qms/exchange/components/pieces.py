"""The body of a page, piece by piece: what workers wrote as sections, between it what editors wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.translation import gettext, ngettext

from qms.exchange.blocks import GENERATED
from qms.exchange.domain.mentions import Block
from qms.ui import numbers
from qms.ui.components import Part

from .experiences import groups_of
from .lists import (
    asked_section,
    help_section,
    practices_section,
    questions_section,
    seminars_section,
    strong_section,
    visits_section,
)
from .needs import need_section
from .spreads import Spread, spread_of

if TYPE_CHECKING:
    from qms.exchange.queries.showing import Shown

    from .reader import Reader

EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Setting:
    """What all sections of a page need to know: what may be shown, to whom, on which day."""

    shown: Shown
    reader: Reader
    on: date
    library: str = ""


@dataclass(frozen=True)
class Words(Part):
    """Words of the editors, with who added them and when."""

    text: str
    who: str = ""
    added: str = ""
    ident: str = ""
    template_name: ClassVar[str] = "exchange/_words.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("W trzech podkryteriach brak jest ten sam.", "koordynator wojewódzki", "18 listopada 2026", "e1"),)


@dataclass(frozen=True)
class Spreads(Part):
    """The distributions of the subcriteria of a theme, side by side."""

    spreads: tuple[Spread, ...]
    template_name: ClassVar[str] = "exchange/_spreads.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(Spread.samples()),)


@dataclass(frozen=True)
class How(Part):
    """How the page of an office came about."""

    counted: str
    template_name: ClassVar[str] = "exchange/_how.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Złożono z 23 samoocen, 164 praktyk i 340 urzędów."),)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One piece of the body: a section, or a block of the editors that knows its own template."""

    part: Part | None = None
    block: Any = None


def blocks_of(body: Any) -> tuple[Block, ...]:
    """The generated blocks of a body, in their order."""
    return tuple(block for child in body if (block := generated(child)) is not None)


def generated(child: Any) -> Block | None:
    """The block that a worker wrote; none for one of the editors'."""
    if child.block_type != GENERATED:
        return None
    value = child.value
    content = value["content"]
    return Block(value["kind"], value["key"], json.loads(content) if isinstance(content, str) and content else {})


def shelves_of(body: Any, setting: Setting) -> tuple[Shelf, ...]:
    """All pieces of the body, as they may be read now; distributions that follow one another stand side by side."""
    read = ((child, generated(child)) for child in body)
    shelves: list[Shelf] = []
    for kind, group in groupby(read, key=lambda pair: pair[1].kind if pair[1] else ""):
        pairs = list(group)
        if kind == "distribution":
            spreads = tuple(_spread(block.content, setting) for _child, block in pairs if block)
            shelves.append(Shelf(Spreads(spreads)))
        elif kind:
            shelves += [Shelf(part) for _child, block in pairs if block for part in parts_of(block, setting)]
        else:
            shelves += [_of_editors(child) for child, _none in pairs]
    return tuple(shelves)


def parts_of(block: Block, setting: Setting) -> Iterator[Part]:
    """The sections that one generated block makes; none where nothing of it may be shown."""
    if block.kind == "experiences":
        told = (setting.shown.experiences.get(pk) for pk in block.content.get("experience", ()))
        yield from groups_of(row for row in told if row is not None)
    elif (make := MADE.get(block.kind)) and (made := make(block.content, setting)) is not None:
        yield made


def _visits(content: Mapping[str, Any], setting: Setting) -> Part:
    return visits_section(content, setting.shown, setting.reader, on=setting.on)


MADE: dict[str, Callable[[Mapping[str, Any], Setting], Part | None]] = {
    "need": lambda content, setting: need_section(content, setting.shown, setting.reader),
    "strong": lambda content, setting: strong_section(content, setting.shown),
    "practices": lambda content, setting: practices_section(content, setting.shown, library=setting.library),
    "visits": _visits,
    "welcome": _visits,
    "help": lambda content, setting: help_section(content, setting.shown, setting.reader),
    "asked": lambda content, setting: asked_section(content, setting.shown),
    "seminars": lambda content, setting: seminars_section(content, setting.shown),
    "questions": lambda content, setting: questions_section(content, setting.shown),
    "how": lambda content, _setting: How(counted_words(content)),
}


def counted_words(content: Mapping[str, Any]) -> str:
    """From how much a page was put together."""
    return ", ".join(_counted(content))


def _counted(content: Mapping[str, Any]) -> Iterable[str]:
    count = content.get("assessments", 0)
    yield ngettext("%(count)s self-assessment", "%(count)s self-assessments", count) % {"count": numbers.figure(count)}
    count = content.get("practices", 0)
    yield ngettext("%(count)s practice", "%(count)s practices", count) % {"count": numbers.figure(count)}
    count = content.get("offices", 0)
    yield ngettext("%(count)s office", "%(count)s offices", count) % {"count": numbers.figure(count)}


def _spread(content: Mapping[str, Any], setting: Setting) -> Spread:
    framework, node = content["framework"], content["node"]
    title = gettext("Scores in %(node)s %(title)s") % {"node": node, "title": setting.shown.title_of(framework, node)}
    is_withdrawn = content.get("release") in setting.shown.withdrawn
    return spread_of(content, is_withdrawn=is_withdrawn, title=title.strip())


def _of_editors(child: Any) -> Shelf:
    if child.block_type != EDITORIAL:
        return Shelf(block=child)
    value = child.value
    added = numbers.day(value["added_on"]) if value.get("added_on") else ""
    return Shelf(Words(value["text"], value.get("who") or "", added, f"words-{child.id}"))
