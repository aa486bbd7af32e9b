"""Putting wanted blocks between the words of editors, on what readers see and in what an editor has begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Revision

from qms.exchange.domain.weaving import Piece, woven


def publish_woven(page: Any, wanted: Sequence[Piece], title: str) -> bool:
    """Publish the woven page; a draft that differs from it is woven too and stays the latest version."""
    draft = page.latest_revision if page.has_unpublished_changes else None
    before = pieces_of(page)
    after = list(woven(before, wanted))
    drafted = list(woven(pieces_of(draft.as_object()), wanted)) if draft else after
    stands = page.live and before == after and page.title == title
    if not stands:
        fill(page, after, title)
        page.save_revision(clean=False).publish(skip_permission_checks=True, log_action=False)
    if draft is None or _values(drafted) == _values(after):
        return not stands
    return _keep_draft(page, draft, drafted, title, moved=not stands) or not stands


def _keep_draft(page: Any, draft: Revision, drafted: list[Piece], title: str, *, moved: bool) -> bool:
    """Save the editor's draft anew where it changed, or where a version was published after it."""
    theirs = draft.as_object()
    if not moved and pieces_of(theirs) == drafted and theirs.title == title:
        return False
    fill(theirs, drafted, title)
    theirs.save_revision(user=draft.user, clean=False)
    return True


def pieces_of(page: Any) -> list[Piece]:
    """The blocks of a page's body."""
    return [Piece(raw.get("id") or "", raw["type"], raw["value"]) for raw in page.body.raw_data]


def _values(pieces: Sequence[Piece]) -> list[tuple[str, Any]]:
    return [(piece.kind, piece.value) for piece in pieces]


def fill(page: Any, pieces: Sequence[Piece], title: str) -> None:
    """Give the page these blocks and this title, without saving it."""
    raw = [{"type": piece.kind, "value": piece.value, "id": piece.id} for piece in pieces]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)
    page.title = page.draft_title = title
