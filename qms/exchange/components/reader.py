"""What the reader of a page may do there; asked once, in the template tag."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """Which ways the page offers: none to strangers and in a preview."""

    takes_part: bool = False
    is_own: bool = False
    may_adopt: bool = False
    may_set_aside: bool = False
    may_visit: bool = False
    may_offer: bool = False
    may_ask: bool = False
    may_edit: bool = False
    page: int = 0
    offices: frozenset[int] = frozenset()


NOBODY = Reader()
