"""Addresses that no practice can have: those at which the platform itself answers beside the library's pages."""

from __future__ import annotations

from functools import cache

from django.urls import get_resolver

OWN = "qms.goodpractices.urls"


def is_reserved(slug: str) -> bool:
    """Whether a page of this name would stand behind a page of the platform: its own words, and bare numbers."""
    return slug.casefold() in reserved_words() or (slug.isascii() and slug.isdecimal())


@cache
def reserved_words() -> frozenset[str]:
    """The first part of every address of the library's own, as they are registered."""
    # Read when it is first asked for: addresses stand above models.
    heads = {str(pattern.pattern).partition("/")[0] for pattern in get_resolver(OWN).url_patterns}
    return frozenset(head for head in heads if not head.startswith("<"))
