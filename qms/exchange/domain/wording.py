"""The editors' words among the pieces of a page: added, changed, taken out, each by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from qms.exchange.domain.weaving import Piece

EDITORIAL = "editorial"
TOP = "top"


def with_words(pieces: Sequence[Piece], words: Piece, *, after: str = TOP) -> list[Piece]:
    """The pieces with new words behind that piece and the words that stand there already; at the top without one."""
    place = next((number for number, piece in enumerate(pieces, 1) if piece.id == after), 0)
    while place < len(pieces) and not pieces[place].is_generated:
        place += 1
    return [*pieces[:place], words, *pieces[place:]]


def with_changed(pieces: Sequence[Piece], ident: str, value: Any) -> list[Piece]:
    """The pieces with that one's value changed; the same where it is gone."""
    return [Piece(piece.id, piece.kind, value) if piece.id == ident else piece for piece in pieces]


def without(pieces: Sequence[Piece], ident: str) -> list[Piece]:
    """The pieces without that one."""
    return [piece for piece in pieces if piece.id != ident]


def words_in(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The editors' words, in their order."""
    return tuple(piece for piece in pieces if piece.kind == EDITORIAL)


def mark_of(text: str) -> str:
    """What tells that the words are still the ones that somebody read; line ends make no difference."""
    plain = "\n".join(text.splitlines()).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:20]
