"""The pieces of a page as its editors last saw them."""

from __future__ import annotations

from typing import Any

from qms.exchange.domain.weaving import Piece
from qms.exchange.models import Edition


def newest_of(page: Any) -> Any:
    """The draft of the page where there is one, else the page itself."""
    has_draft = page.has_unpublished_changes or not page.live
    return page.latest_revision.as_object() if has_draft and page.latest_revision else page


def pieces_of(page: Any) -> list[Piece]:
    """The pieces of this version of the page."""
    return [Piece(raw.get("id") or "", raw["type"], raw["value"]) for raw in page.body.raw_data]


def edition_of(page: Any) -> Edition:
    """The edition to which the page belongs."""
    for owner in ("theme", "meeting"):
        if hasattr(page, owner):
            return getattr(page, owner).edition  # type: ignore[no-any-return]
    return page.edition  # type: ignore[no-any-return]
