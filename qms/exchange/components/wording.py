"""The form on which editors keep their words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from qms.exchange.domain.weaving import Piece
from qms.exchange.domain.wording import TOP, mark_of
from qms.ui import numbers

if TYPE_CHECKING:
    from qms.ui.components import Conflict


@dataclass(frozen=True, slots=True)
class WordsEntry:
    """Words that stand on the page, in their form."""

    ident: str
    was: str
    told: str
    form: Any
    conflict: Conflict | None = None


def told_by(piece: Piece) -> str:
    """Who wrote the words and when, as the form says it."""
    value: Mapping[str, Any] = piece.value
    added = value.get("added_on")
    day = numbers.day(date.fromisoformat(str(added))) if added else ""
    return ", ".join(filter(None, (value.get("who") or "", day)))


def mark(piece: Piece) -> str:
    """What tells whether somebody changed the words since."""
    return mark_of(piece.value["text"])


def places_of(pieces: Iterable[Piece], titles: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """Where new words may go: at the top, or behind one of the parts that the platform wrote."""
    return [(TOP, gettext("At the top of the page")), *_places(pieces, titles)]


def _places(pieces: Iterable[Piece], titles: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        if piece.is_generated:
            content = json.loads(piece.value.get("content") or "{}")
            node = content.get("node", "")
            about = f"{node} {titles.get((content.get('framework', ''), node), '')}".strip()
            named = _names().get(piece.value["kind"], piece.value["kind"])
            yield piece.id, gettext("After “%(part)s”") % {"part": about or named}


def _names() -> dict[str, str]:
    return {
        "strong": gettext("Who is strong here"),
        "practices": gettext("What offices did, and what it changed"),
        "visits": gettext("Who invites you"),
        "welcome": gettext("Who invites you"),
        "help": gettext("Who looks for help"),
        "asked": gettext("Who looks for help where you are strong"),
        "seminars": gettext("Seminars"),
        "questions": gettext("Questions without an answer yet"),
        "how": gettext("How this page came about"),
        "experiences": gettext("What those who took part told"),
    }
