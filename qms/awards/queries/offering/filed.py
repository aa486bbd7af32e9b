"""An offer with the places in frameworks under which it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qms.awards.domain.offer import TITLE_LENGTH, Offer
from qms.frameworks.domain.framework import Framework, Node, text


@dataclass(frozen=True, slots=True)
class Filed:
    """An offer and where it belongs: pairs of a framework's code and a node."""

    offer: Offer
    places: frozenset[tuple[str, str]]


def places_of(tree: Framework, node: Node) -> frozenset[tuple[str, str]]:
    """The places that belong to this node and those below it: its own, and its forerunners' in the edition before."""
    return frozenset(
        (code, name)
        for one in node.walk()
        for code in (tree.code, tree.follows)
        if (name := tree.name_in(code, one.identifier))
    )


def titled(words: str) -> str:
    """As much of a source's name as a paragraph keeps."""
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1] + "…"


def node_words(node: Mapping[str, Any], language: str) -> str:
    """Code and title of a node of a frozen report."""
    return f"{node['id']} {text(node.get('titles', {}), language)}".strip()


def joined(*sentences: str) -> str:
    """Sentences one after the other, each closed with a full stop."""
    closed = (one.strip() for one in sentences if one.strip())
    return " ".join(one if one[-1] in ".!?…" else f"{one}." for one in closed)
