"""What stands on diplomas, plain: place and day, who signs, numbers, and the prize among those of its category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MOST_SIGNATORIES: Final = 3


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and as what."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What stands on all diplomas of a round."""

    place: str
    given_on: date
    signatories: tuple[Signatory, ...] = ()

    @property
    def signed(self) -> list[dict[str, str]]:
        """The signatories as they are kept."""
        return [{"name": one.name, "role": one.role} for one in self.signatories]


@dataclass(frozen=True, slots=True)
class Rung:
    """A prize on the scale of its category, and the words under it."""

    share: float
    words: str
    is_own: bool


def number_of(prefix: str, sequence: int) -> str:
    """The number of a diploma; it says nothing of whose it is."""
    return f"{prefix}-D{sequence:03d}"


def rungs(titles: Sequence[str], own: int, *, room: int = 66) -> tuple[Rung, ...]:
    """The prizes of a category from left to right, the highest first; words as far as there is room for them.

    The first, the own and the last one need words; where they have no room, or there is one prize, nothing is drawn.
    """
    if len(titles) < 2 or not 0 <= own < len(titles):
        return ()
    ends = {0, own, len(titles) - 1}
    if sum(len(titles[place]) for place in ends) > room:
        return ()
    fits = sum(len(title) for title in titles) <= room
    return tuple(
        Rung(place / (len(titles) - 1), title if fits or place in ends else "", place == own)
        for place, title in enumerate(titles)
    )


def size_of(title: str) -> str:
    """How large the prize is set: "" as it should be, smaller where it would break too often."""
    return _first(len(title), ((16, ""), (21, "middling"), (44, "long")), "longer")


def size_of_office(name: str) -> str:
    """How large the office is set: "" as it should be, smaller where it would take more than two lines."""
    return _first(len(name), ((84, ""), (120, "long")), "longer")


def size_of_category(title: str) -> str:
    """How large the category is set: "" as it should be, smaller where it would take more than two lines."""
    return _first(len(title), ((90, ""),), "long")


def _first(length: int, limits: tuple[tuple[int, str], ...], other: str) -> str:
    """Measured on paper."""
    return next((size for most, size in limits if length <= most), other)


def issue_of(content: Mapping[str, Any]) -> int:
    """Which issue of the diploma it is: the first, or a later one."""
    return int(content.get("issue", 1))
