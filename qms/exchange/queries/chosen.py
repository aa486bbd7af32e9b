"""Practices that somebody names by the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from qms.goodpractices.models import PracticePage


def practices_at(addresses: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The keys of the published practices at these addresses, in order, and the addresses where none is."""
    paths = {address: unquote(urlsplit(address).path).strip("/") for address in addresses}
    slugs = {path.rpartition("/")[2] for path in paths.values()}
    live = PracticePage.objects.live().filter(slug__in=slugs)
    known = {urlsplit(page.url or "").path.strip("/"): page.pk for page in live}
    found = dict.fromkeys(known[path] for path in paths.values() if path in known)
    return tuple(found), tuple(address for address, path in paths.items() if path not in known)


def addresses_of(practices: Iterable[PracticePage]) -> list[str]:
    """The addresses of these practices, by title."""
    return [page.full_url or "" for page in sorted(practices, key=lambda page: page.title) if page.full_url]
