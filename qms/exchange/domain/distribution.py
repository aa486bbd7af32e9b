"""Anonymous distributions of scores, and the guard that keeps any two of them from telling on a few offices.

A distribution is told over at least five contributions (one is the agreed score of one node in one approved
self-assessment), in bins of at least five. The guard looks at all distributions of the node that were ever shown:
by each contribution being in some of them and not in others they cut all contributions into cells, and each cell must
hold at least five. All that was shown stays as it is when scores change places within a cell, so nothing reckoned from
all of it together, however cleverly, tells a contribution from at least four others (k-anonymity with k = 5, of the
releases taken together: L. Sweeney, 2002).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qms.stats.agreement import median_of
from qms.stats.disclosure import MINIMUM, may_show

QUARTER = 4
STEPS = 10  # a scale is cut into tenths before they are put together
Bin = tuple[int, int, int]  # from, up to (not included, but for the last one), how many


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many offices lie where, the middle one, and the score from which the best quarter begins."""

    count: int
    median: Decimal
    upper: Decimal
    bins: tuple[Bin, ...]


def distribution_of(scores: Iterable[Decimal], *, lowest: int, highest: int) -> Distribution | None:
    """The distribution of these scores on this scale; nothing of fewer than five."""
    ordered = sorted(scores)
    if not may_show(len(ordered)):
        return None
    upper = ordered[len(ordered) - len(ordered) // QUARTER]
    return Distribution(len(ordered), median_of(ordered), upper, bins_of(ordered, lowest=lowest, highest=highest))


def bins_of(scores: Collection[Decimal], *, lowest: int, highest: int) -> tuple[Bin, ...]:
    """Tenths of the scale, neighbours put together until each holds five; edges are whole numbers.

    From the bottom up; what is left at the top joins the bin below it.
    """
    if not may_show(len(scores)):
        return ()
    edges = sorted({lowest + (highest - lowest) * step // STEPS for step in range(STEPS + 1)})
    bins: list[Bin] = []
    start, held = lowest, 0
    for low, high in pairwise(edges):
        held += sum(low <= score < high or score == high == highest for score in scores)
        if may_show(held):
            bins.append((start, high, held))
            start, held = high, 0
    if start < highest:
        from_, _to, count = bins.pop()
        bins.append((from_, highest, count + held))
    return tuple(bins)


def may_release(shown: Iterable[Collection[int]], candidate: Collection[int]) -> bool:
    """Whether this set of contributions may be shown beside all sets that were ever shown."""
    releases = {frozenset(one) for one in (*shown, candidate)}
    return may_show(len(set(candidate))) and smallest_cell(releases) >= MINIMUM


def smallest_cell(releases: Collection[Collection[int]]) -> int:
    """How many contributions the smallest cell holds that these sets cut out; the minimum where there is none."""
    signatures: dict[int, int] = {}
    for place, release in enumerate(releases):
        for contribution in release:
            signatures[contribution] = signatures.get(contribution, 0) | 1 << place
    return min(Counter(signatures.values()).values(), default=MINIMUM)
