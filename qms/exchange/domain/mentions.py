"""What generated blocks name: the keys of all that has to be looked up before a page can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NodePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """One generated block: its kind, its key on the page, and what it tells."""

    kind: str
    key: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Keys by what they name; practices by the key that their translations share, in the form of text."""

    practices: frozenset[str] = frozenset()
    offices: frozenset[int] = frozenset()
    assessments: frozenset[int] = frozenset()
    offers: frozenset[int] = frozenset()
    calls: tuple[int, ...] = ()
    seminars: frozenset[int] = frozenset()
    questions: frozenset[int] = frozenset()
    releases: frozenset[int] = frozenset()
    experiences: tuple[int, ...] = ()
    nodes: frozenset[NodePair] = field(default_factory=frozenset)


def mentions_of(blocks: Iterable[Block]) -> Mentions:
    """All keys that these blocks name, each once."""
    found: dict[str, dict[Any, None]] = {}
    for block in blocks:
        for name, key in _named(block):
            if key is not None:
                found.setdefault(name, {})[key] = None
    plain = ("practices", "offices", "assessments", "offers", "seminars", "questions", "releases", "nodes")
    return Mentions(
        **{name: frozenset(found.get(name, ())) for name in plain},
        calls=tuple(found.get("calls", ())),
        experiences=tuple(found.get("experiences", ())),
    )


def _named(block: Block) -> Iterator[tuple[str, Any]]:
    content = block.content
    if block.kind in ("need", "distribution"):
        yield "nodes", (content["framework"], content["node"])
    if block.kind == "distribution":
        yield "releases", content.get("release")
    elif block.kind == "need":
        yield "releases", (content.get("distribution") or {}).get("release")
        for proposal in content["proposals"]:
            yield "practices", str(proposal["practice"])
            yield "offers", proposal.get("offer")
            yield "assessments", proposal["because"].get("host_assessment")
    else:
        yield from _listed(block)


def _listed(block: Block) -> Iterator[tuple[str, Any]]:
    for name in ("offers", "calls", "seminars", "questions"):
        for key in block.content.get(name, ()):
            yield name, key
    for key in block.content.get("experience", ()):
        yield "experiences", key
    for row in block.content.get("rows", ()):
        yield from _of_row(row)


def _of_row(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "offices", row.get("office")
    yield "assessments", row.get("assessment")
    yield "assessments", row.get("before_assessment")
    yield "calls", row.get("call")
    if row.get("practice"):
        yield "practices", str(row["practice"])
