"""Figures of a round, from plain numbers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many lie from one end up to the other; the last bin takes its upper end too, an open one has none."""

    low: int
    high: int | None
    count: int


def binned(values: Iterable[Decimal | int], edges: Sequence[int], *, is_open: bool = False) -> tuple[Bin, ...]:
    """How many values lie between each two edges; with an open end also above the last one."""
    ends: list[tuple[int, int | None]] = list(itertools.pairwise(edges))
    if is_open:
        ends.append((edges[-1], None))
    counts = Counter(_place(value, edges, is_open=is_open) for value in values)
    return tuple(Bin(low, high, counts[place]) for place, (low, high) in enumerate(ends))


def _place(value: Decimal | int, edges: Sequence[int], *, is_open: bool) -> int:
    last = len(edges) - (1 if is_open else 2)
    return min(max(sum(value >= edge for edge in edges) - 1, 0), last)


def days(spans: Iterable[timedelta]) -> list[Decimal]:
    """Spans of time in days."""
    return [Decimal(span // timedelta(minutes=1)) / Decimal(DAY // timedelta(minutes=1)) for span in spans]


def renamed(keys: Iterable[int], letter: str, width: int, rng: Random) -> dict[int, str]:
    """A name such as A001 for each key, in an order that nobody can follow back."""
    shuffled = sorted(set(keys))
    rng.shuffle(shuffled)
    return {key: f"{letter}{place:0{width}}" for place, key in enumerate(shuffled, start=1)}
