"""Addresses and prefixes that nobody else has yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count

from django.utils.text import slugify

LONGEST_SLUG = 70
POLISH_L = str.maketrans("łŁ", "lL")


def slug_of(titles: Mapping[str, str], fallback: str, taken: Collection[str]) -> str:
    """The title as an address, with a number where it is taken."""
    title = titles.get("pl") or titles.get("en") or next(iter(titles.values()), "")
    return free(slugify(title.translate(POLISH_L))[:LONGEST_SLUG].strip("-") or fallback, taken, longest=80)


def free(wanted: str, taken: Collection[str], *, longest: int) -> str:
    """The wanted name, with a number where it is taken."""
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: longest - 1 - len(str(n))]}-{n}" for n in count(2))
    return next(name for name in numbered if name not in taken)
