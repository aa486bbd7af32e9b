"""What makes a page and its parts the same from build to build: keys reckoned from what they are about."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

THEME, OFFICE, MEETING = "theme", "office", "meeting"


def index_key() -> UUID:
    """The key of the front page of experience sharing, the same in all languages."""
    return uuid5(NAMESPACE_URL, "qms:exchange")


def page_key(edition: int, kind: str = "", pk: int = 0) -> UUID:
    """The key of the page of an edition, or of one of its themes, offices or meetings, the same in all languages."""
    about = f":{kind}:{pk}" if kind else ""
    return uuid5(NAMESPACE_URL, f"qms:exchange:{edition}{about}")


def block_id(page: UUID, block: str) -> str:
    """The id of a generated block on this page."""
    return str(uuid5(page, block))
