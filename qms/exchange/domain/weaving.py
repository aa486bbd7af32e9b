"""Weaving: what workers write goes between what editors wrote, and loses nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

GENERATED = "generated"
FIRST = -1  # the place before all generated blocks


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a page's body: its id on the page, its kind in the body, and its value."""

    id: str
    kind: str
    value: Any

    @property
    def is_generated(self) -> bool:
        """Whether a worker wrote it; all others are the editors'."""
        return self.kind == GENERATED


def woven(old: Sequence[Piece], wanted: Sequence[Piece]) -> list[Piece]:
    """The wanted blocks in their order, with the editors' blocks of the old body between them.

    Each of the editors' blocks stands after the generated block that it followed, or after the nearest earlier one
    that is still wanted, else first. Where the generated blocks changed places, the editors' blocks keep their own
    order: one goes further down rather than before one that it followed. Weaving twice changes nothing more.
    """
    places = {piece.id: place for place, piece in enumerate(wanted)}
    behind: list[list[Piece]] = [[] for _place in range(len(wanted) + 1)]
    anchor = reached = FIRST
    for piece in old:
        if piece.is_generated:
            anchor = places.get(piece.id, anchor)
        else:
            reached = max(reached, anchor)
            behind[reached + 1].append(piece)
    rest = chain.from_iterable((piece, *after) for piece, after in zip(wanted, behind[1:], strict=True))
    return [*behind[0], *rest]
