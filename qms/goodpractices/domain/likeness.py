"""How much two practices are alike, and in what.

The score is a share of a hundred, made of four parts: what they are filed under (40; the same subcriterion counts
whole, only the same criterion half), whom they serve (25), the kind of office (15), the words they use (20). What is
shared is held against all that either has (Jaccard), so that a practice filed under everything is not like everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

CRITERIA: Final = 40
CLIENTS: Final = 25
KIND: Final = 15
WORDS: Final = 20
LEAST = 15  # below that two practices have nothing to say to one another


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a practice is compared."""

    nodes: frozenset[str] = field(default_factory=frozenset)
    criteria: frozenset[str] = field(default_factory=frozenset)
    clients: frozenset[str] = field(default_factory=frozenset)
    kind: str = ""
    words: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score with what the two share."""

    score: int
    nodes: tuple[str, ...]
    criteria: tuple[str, ...]
    clients: tuple[str, ...]
    same_kind: bool


def likeness_of(own: Profile, other: Profile) -> Likeness:
    """How much the other one is like the own one; the same the other way round."""
    filed = (shared(own.nodes, other.nodes) + shared(own.criteria, other.criteria)) / 2
    same_kind = bool(own.kind) and own.kind == other.kind
    parts = (
        CRITERIA * filed,
        CLIENTS * shared(own.clients, other.clients),
        KIND * same_kind,
        WORDS * shared(own.words, other.words),
    )
    nodes = own.nodes & other.nodes
    return Likeness(
        round(sum(parts)),
        tuple(sorted(nodes)),
        tuple(sorted(own.criteria & other.criteria)),
        tuple(sorted(own.clients & other.clients)),
        same_kind,
    )


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """What both have, of all that either has."""
    return len(one & other) / len(one | other) if one or other else 0.0
