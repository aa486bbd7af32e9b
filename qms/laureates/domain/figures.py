"""Figures of a round, from plain numbers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random

from qms.stats.disclosure import may_show

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


def merged(bins: Iterable[Bin]) -> tuple[Bin, ...]:
    """Neighbours laid together until none tells of fewer than five; nothing where all together are too few."""
    found: list[Bin] = []
    for one in bins:
        if found and not may_show(found[-1].count):
            found[-1] = _together(found[-1], one)
        else:
            found.append(one)
    if len(found) > 1 and not may_show(found[-1].count):
        last = found.pop()
        found[-1] = _together(found[-1], last)
    return tuple(one for one in found if may_show(one.count))


def _together(one: Bin, other: Bin) -> Bin:
    return Bin(one.low, other.high, one.count + other.count)


def folded(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The largest first, the small ones together under "", so that none tells of fewer than five; else nothing."""
    told, rest = sorted(counts, key=lambda one: -one[1]), 0
    while told and (not may_show(told[-1][1]) or (rest and not may_show(rest))):
        rest += told.pop()[1]
    return (*told, ("", rest)) if may_show(rest) else tuple(told)


def days(spans: Iterable[timedelta]) -> list[Decimal]:
    """Spans of time in days."""
    return [Decimal(span // timedelta(minutes=1)) / Decimal(DAY // timedelta(minutes=1)) for span in spans]


def renamed(keys: Iterable[int], letter: str, width: int, rng: Random) -> dict[int, str]:
    """A name such as A001 for each key, in an order that nobody can follow back."""
    shuffled = sorted(set(keys))
    rng.shuffle(shuffled)
    return {key: f"{letter}{place:0{width}}" for place, key in enumerate(shuffled, start=1)}
