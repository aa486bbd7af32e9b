"""Moving an action in the matrix: which three judgements put it nearest to a place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

LOWEST, HIGHEST = 1, 5


def judgements_near(current: Sequence[int | None], target: Decimal) -> tuple[int, ...]:
    """The judgements whose mean is nearest to the target, with as few steps from the present ones as can be.

    The mean of three whole judgements moves by thirds. Step by step the lowest judgement rises, or the highest falls,
    of equal ones the first; so differences among them even out before a new one arises. What was not judged yet begins
    at the target itself. Source: this platform's own rule, docs/methods/improvements.md.
    """
    held = min(max(target, Decimal(LOWEST)), Decimal(HIGHEST))
    whole = int(held.quantize(Decimal(1), ROUND_HALF_UP))
    given = [whole if one is None else one for one in current]
    wanted = int((held * len(given)).quantize(Decimal(1), ROUND_HALF_UP))
    while sum(given) < wanted:
        given[given.index(min(given))] += 1
    while sum(given) > wanted:
        given[given.index(max(given))] -= 1
    return tuple(given)
