"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qms.stats.runs import changes

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, only in the earlier one, or only in the later one."""

    kind: Kind
    text: str


def words_of(text: str) -> list[str]:
    """The text in words, with each sign and each space by itself; joined they are the text again."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def difference(earlier: str, later: str) -> tuple[Piece, ...]:
    """The two texts in one, in pieces: what stayed, what went, what came."""
    if earlier == later:
        return (Piece("same", later),) if later else ()
    before, after = words_of(earlier), words_of(later)
    pieces: list[Piece] = []
    for is_same, was, now in changes(before, after):
        if is_same:
            pieces.append(Piece("same", "".join(after[now])))
            continue
        pieces.extend(_piece("gone", before[was]))
        pieces.extend(_piece("new", after[now]))
    return tuple(pieces)


def _piece(kind: Kind, words: Sequence[str]) -> tuple[Piece, ...]:
    return (Piece(kind, "".join(words)),) if words else ()
