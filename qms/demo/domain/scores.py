"""Example scores that always come out the same: individual ones from a stated spread, marks from a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random


def individual_scores(
    *, near: int, low: int, high: int, count: int, fixed: Mapping[int, int], chance: Random
) -> list[int]:
    """As many scores as there are members, between low and high, both of which somebody gives."""
    free = [place for place in range(count) if place not in fixed]
    wanted = [end for end in (low, high) if end not in fixed.values()][: len(free)]
    middle = min(max(near, low), high)
    wanted += [round(chance.triangular(low, high, middle)) for _ in range(len(free) - len(wanted))]
    chance.shuffle(wanted)
    return [fixed[place] if place in fixed else wanted.pop() for place in range(count)]


def marks_of(score: int, codes: Sequence[str], chance: Random) -> dict[str, int]:
    """Whole marks whose mean is the score exactly: what is planned well is checked less, trends and targets differ."""
    room = min(score, 100 - score)
    wide, narrow = min(chance.randint(4, 14), room), min(chance.randint(0, 7), room)
    if len(codes) == 4:
        return dict(zip(codes, (score + wide, score + narrow, score - narrow, score - wide), strict=True))
    if len(codes) == 2:
        shift = narrow if chance.random() < 0.5 else -narrow  # noqa: PLR2004
        return dict(zip(codes, (score + shift, score - shift), strict=True))
    return dict.fromkeys(codes, score)


def level_of(score: int) -> str:
    """Low, middle or high: which sentence fits the score."""
    if score <= 30:
        return "low"
    return "middle" if score <= 54 else "high"
