"""The longest common runs of two sequences, in a time that stays small however long they are.

Short sequences are compared as `difflib` does (Ratcliff and Obershelp); its time grows with the third power, so that
two versions of ten pages would take minutes. Longer ones are first laid against each other at windows that stand once
in both (patience diff, B. Cohen), and the gaps between are compared in the same way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MOST_PAIRS = 90_000
WINDOWS = (6, 2)
Run = tuple[int, int, int]


def common_runs(one: Sequence[str], other: Sequence[str]) -> tuple[Run, ...]:
    """Where the runs begin in both, and how long they are, in order; joined ones are one."""
    found: list[Run] = []
    for start, place, length in _runs(one, other, WINDOWS):
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (start, place):
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((start, place, length))
    return tuple(found)


def changes(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Both sequences from beginning to end: whether the pieces are the same, and where they stand in each."""
    start = place = 0
    for at, there, length in (*common_runs(one, other), (len(one), len(other), 0)):
        if (start, place) != (at, there):
            yield False, slice(start, at), slice(place, there)
        if length:
            yield True, slice(at, at + length), slice(there, there + length)
        start, place = at + length, there + length


def _runs(one: Sequence[str], other: Sequence[str], windows: tuple[int, ...]) -> Iterator[Run]:
    if len(one) * len(other) <= MOST_PAIRS:
        blocks = SequenceMatcher(a=one, b=other, autojunk=False).get_matching_blocks()
        yield from ((block.a, block.b, block.size) for block in blocks if block.size)
        return
    start = place = 0
    for at, there in (*_anchors(one, other, windows[0]), (len(one), len(other))) if windows else ():
        if at < start or there < place:  # inside the run that was told
            continue
        for run in _runs(one[start:at], other[place:there], windows[1:]):
            yield run[0] + start, run[1] + place, run[2]
        length = _alike(one, other, at, there)
        if length:
            yield at, there, length
        start, place = at + length, there + length


def _alike(one: Sequence[str], other: Sequence[str], at: int, there: int) -> int:
    length = 0
    for mine, theirs in zip(one[at:], other[there:], strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _anchors(one: Sequence[str], other: Sequence[str], size: int) -> list[tuple[int, int]]:
    """Windows of this size that stand once in both, as many as keep their order."""
    mine, theirs = _once(one, size), _once(other, size)
    pairs = [(at, theirs[window]) for window, at in mine.items() if window in theirs]
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for number, (_at, there) in enumerate(pairs):
        rank = bisect_left(tails, there)
        before.append(places[rank - 1] if rank else -1)
        tails[rank : rank + 1], places[rank : rank + 1] = [there], [number]
    chain = []
    number = places[-1] if places else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _once(words: Sequence[str], size: int) -> dict[tuple[str, ...], int]:
    windows = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    counted = Counter(windows)
    return {window: at for at, window in enumerate(windows) if counted[window] == 1}
