"""What makes a public page the same in every language: keys reckoned from what the page is about."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

PROGRAMME, ROUND = "programme", "round"


def index_key() -> UUID:
    """The key of the front page of the awards, the same in all languages."""
    return uuid5(NAMESPACE_URL, "qms:awards")


def page_key(kind: str, pk: int) -> UUID:
    """The key of the page of a programme or a round, the same in all languages."""
    return uuid5(NAMESPACE_URL, f"qms:awards:{kind}:{pk}")
