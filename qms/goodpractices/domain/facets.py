"""A library as bits: one bit for each practice in one whole number for each value of a facet.

Counting how many practices a choice would leave is then one "and" and one count of bits, however many facets there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Choices = Mapping[str, frozenset[str]]
CRITERION, CLIENTS, KIND, REGION, STAGE, EFFECT, COST, HOURS = FACETS = (
    "criterion",
    "clients",
    "kind",
    "region",
    "stage",
    "effect",
    "cost",
    "hours",
)
COSTS = (("none", 0), ("small", 1_000), ("middle", 10_000))
WORK = (("small", 40), ("middle", 160))
ABOVE = "large"


@dataclass(frozen=True, slots=True)
class Entry:
    """One practice as the facets see it; entries come in the order "best proven first"."""

    key: int
    values: Mapping[str, tuple[str, ...]]
    newest: int = 0


@dataclass(frozen=True)
class Catalogue:
    """All practices of a library, ready to be narrowed and counted."""

    keys: tuple[int, ...]
    masks: Mapping[str, Mapping[str, int]]
    newest: tuple[int, ...]
    places: Mapping[int, int] = field(repr=False)

    @property
    def everything(self) -> int:
        """The bits of all practices."""
        return (1 << len(self.keys)) - 1

    def bits_of(self, keys: Iterable[int]) -> int:
        """The bits of these practices; keys that are not of this library count for nothing."""
        marks = bytearray(len(self.keys) // 8 + 1)
        for key in keys:
            place = self.places.get(key)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def narrowed(self, among: int, choices: Choices, *, but: str = "") -> int:
        """What remains of these bits; values of one facet widen, facets narrow one another."""
        for facet, values in choices.items():
            if values and facet != but:
                among &= self._any(facet, values)
        return among

    def counts(self, among: int, choices: Choices) -> dict[str, dict[str, int]]:
        """How many practices each value has beside what is chosen in the other facets."""
        counted = {}
        for facet, by_value in self.masks.items():
            left = self.narrowed(among, choices, but=facet)
            counted[facet] = {value: (mask & left).bit_count() for value, mask in by_value.items()}
        return counted

    def proven_first(self, bits: int) -> list[int]:
        """Keys of these bits, the best proven first."""
        return [self.keys[place] for place in _places(bits)]

    def newest_first(self, bits: int) -> list[int]:
        """Keys of these bits, the newest first."""
        return [self.keys[place] for place in sorted(_places(bits), key=self.newest.__getitem__)]

    def _any(self, facet: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self.masks.get(facet, {}).get(value, 0)
        return found


def catalogue_of(entries: Iterable[Entry]) -> Catalogue:
    """The library with these practices."""
    listed = list(entries)
    lists: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for place, entry in enumerate(listed):
        for facet, values in entry.values.items():
            for value in values:
                lists[facet].setdefault(value, []).append(place)
    keys = tuple(entry.key for entry in listed)
    bare = Catalogue(keys, {}, tuple(entry.newest for entry in listed), {key: place for place, key in enumerate(keys)})
    masks = {
        facet: {value: bare.bits_of(keys[place] for place in places) for value, places in by_value.items()}
        for facet, by_value in lists.items()
    }
    return Catalogue(keys, masks, bare.newest, bare.places)


def most_first(among: int, masks: Iterable[int]) -> list[int]:
    """These bits parted by how many of the masks hold each, the most first."""
    at_least = [among]
    for mask in masks:
        at_least.append(0)
        for many in range(len(at_least) - 1, 0, -1):
            at_least[many] |= at_least[many - 1] & mask
    return [bits & ~more for bits, more in zip(at_least, [*at_least[1:], 0], strict=True)][::-1]


def band_of(amount: float | None, bands: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The band in which an amount lies; none where nothing was told."""
    if amount is None:
        return ()
    return (next((name for name, most in bands if amount <= most), ABOVE),)


def top_of(node: str) -> str:
    """The criterion under which a subcriterion stands: 5 for 5.2."""
    return node.partition(".")[0]


def _places(bits: int) -> Iterator[int]:
    written = f"{bits:b}"[::-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)
