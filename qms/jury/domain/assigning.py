"""Who scores what: as many jurors for each application as the rule says, as evenly as it can be.

Source: N. Harvey, R. Ladner, L. Lovász, T. Tamir, "Semi-matchings for bipartite graphs and load balancing", Journal of
Algorithms 59 (2006): as long as some chain of swaps moves a ballot from a juror to one who has at least two fewer, it
is moved; without such a chain the loads are as even as they can be. Told in docs/methods/jury.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wanted:
    """An application: how many jurors it lacks, who may be asked, and who scores it already."""

    application: int
    lacks: int
    eligible: frozenset[int]
    held_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """New pairs of application and juror, what each juror then has, and what stays short of how many."""

    pairs: tuple[tuple[int, int], ...] = ()
    loads: Mapping[int, int] = field(default_factory=dict)
    short: Mapping[int, int] = field(default_factory=dict)


def balanced(wanted: Collection[Wanted], loads: Mapping[int, int]) -> Proposal:
    """New ballots beside those that stand (`loads`); equal rows give an equal answer, in whatever order they come."""
    rows = sorted(wanted, key=lambda one: (len(one.eligible), one.application))
    eligible = {one.application: one.eligible - one.held_by for one in rows}
    count = dict.fromkeys(sorted({*loads, *(juror for jurors in eligible.values() for juror in jurors)}), 0)
    count |= loads
    given = _first(rows, eligible, count)
    while chain := _chain(given, eligible, count):
        for application, giver, taker in chain:
            given[application] = given[application] - {giver} | {taker}
        count[chain[0][1]] -= 1
        count[chain[-1][2]] += 1
    return Proposal(
        tuple((application, juror) for application in sorted(given) for juror in sorted(given[application])),
        count,
        {one.application: short for one in rows if (short := one.lacks - len(given[one.application])) > 0},
    )


def _first(
    rows: list[Wanted], eligible: Mapping[int, frozenset[int]], count: dict[int, int]
) -> dict[int, frozenset[int]]:
    """Each application takes those with the fewest ballots, and among them those who met its other jurors least."""
    met: dict[tuple[int, int], int] = {}
    given: dict[int, frozenset[int]] = {}
    for one in rows:
        panel = set(one.held_by)
        free = set(eligible[one.application])
        for _turn in range(min(one.lacks, len(free))):
            often = {juror: sum(met.get((juror, other), 0) for other in panel) for juror in free}
            chosen = min(free, key=lambda juror: (count[juror], often[juror], juror))
            free.remove(chosen)
            count[chosen] += 1
            for other in panel:
                met[chosen, other] = met[other, chosen] = met.get((chosen, other), 0) + 1
            panel.add(chosen)
        given[one.application] = frozenset(panel - one.held_by)
    return given


def _chain(
    given: Mapping[int, frozenset[int]], eligible: Mapping[int, frozenset[int]], count: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """Swaps (application, who gives it, who takes it) from a juror to one with at least two fewer; none where even."""
    swaps: dict[int, dict[int, int]] = {}
    for application in sorted(given):
        for giver in given[application]:
            for taker in eligible[application] - given[application]:
                swaps.setdefault(giver, {}).setdefault(taker, application)
    for start in sorted(swaps, key=lambda juror: (-count[juror], juror)):
        came: dict[int, int] = {start: start}
        queue = deque([start])
        while queue:
            giver = queue.popleft()
            for taker in sorted(swaps.get(giver, ())):
                if taker not in came:
                    came[taker] = giver
                    queue.append(taker)
        lightest = min(came, key=lambda juror: (count[juror], juror))
        if count[lightest] <= count[start] - 2:
            return _walked(start, lightest, came, swaps)
    return []


def _walked(
    start: int, end: int, came: Mapping[int, int], swaps: Mapping[int, Mapping[int, int]]
) -> list[tuple[int, int, int]]:
    chain = []
    while end != start:
        giver = came[end]
        chain.append((swaps[giver][end], giver, end))
        end = giver
    return chain[::-1]
