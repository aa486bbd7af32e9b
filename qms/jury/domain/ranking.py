"""Places with ties, and how strict each juror is; told in docs/methods/jury.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .scoring import weighted

SIX_PLACES = Decimal(1).scaleb(-6)


@dataclass(frozen=True, slots=True)
class Entry:
    """An application in the order: its exact total, and (weight, what counts) of each scored section."""

    application: int
    total: Decimal | None
    sections: tuple[tuple[Decimal, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application stands: from which place to which; the same two for all who share them."""

    application: int
    total: Decimal
    first: int
    last: int
    # The others whose total is too close to tell apart, even where the rule then put one before the other.
    close_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Severity:
    """By how much a juror gives more or less than the other jurors of the same applications."""

    juror: int
    n: int
    mean: Decimal


def placed(entries: Sequence[Entry], tie_below: Decimal, *, heaviest: bool = False) -> tuple[Place, ...]:
    """The order by total; who lies less than `tie_below` under the first of a group shares its place.

    With `heaviest` the greatest weight decides inside a group, then the next. Without a total there is no place.
    """
    places: list[Place] = []
    for group in _groups(entries, tie_below):
        close = tuple(one.application for one in group)
        for shared in _parted(group, _weights(group)) if heaviest else [group]:
            first, last = len(places) + 1, len(places) + len(shared)
            places.extend(
                Place(one.application, total, first, last, tuple(other for other in close if other != one.application))
                for one in shared
                if (total := one.total) is not None
            )
    return tuple(places)


def severity(totals: Mapping[int, Mapping[int, Decimal]]) -> dict[int, Severity]:
    """By juror: the mean over applications of the own total minus the mean of the others' totals.

    `totals`: application, then juror. An application that nobody else scored does not count.
    """
    # own - (whole - own) / (n - 1) is (n * own - whole) / (n - 1): sums by n, divided once, so exact and quick.
    apart: dict[int, dict[int, Decimal]] = {}
    counted: dict[int, int] = {}
    for given in totals.values():
        whole, n = sum(given.values(), Decimal(0)), len(given)
        for juror, own in given.items() if n > 1 else ():
            sums = apart.setdefault(juror, {})
            sums[n] = sums.get(n, Decimal(0)) + n * own - whole
            counted[juror] = counted.get(juror, 0) + 1
    return {juror: Severity(juror, counted[juror], _mean(sums, counted[juror])) for juror, sums in apart.items()}


def _groups(entries: Sequence[Entry], tie_below: Decimal) -> list[list[Entry]]:
    """Neighbours by total, each group as far as its first one reaches; equal totals are never parted."""
    groups: list[list[Entry]] = []
    for one in sorted((one for one in entries if one.total is not None), key=_falling):
        behind = _falling(one) - _falling(groups[-1][0]) if groups else None
        if behind is not None and (behind < tie_below or behind == 0):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _parted(group: list[Entry], weights: list[Decimal]) -> Iterator[list[Entry]]:
    """The group in order by what counts at the greatest weight, then at the next; equal ones stay together.

    Sections of one weight are taken together; a weight at which somebody could not be judged decides nothing.
    """
    if len(group) == 1 or not weights:
        yield group
        return
    weight, *lighter = weights
    scores = {one.application: _at(one, weight) for one in group}
    known = [score for score in scores.values() if score is not None]
    if len(known) < len(group):
        yield from _parted(group, lighter)
        return
    for score in sorted(set(known), reverse=True):
        yield from _parted([one for one in group if scores[one.application] == score], lighter)


def _weights(group: Sequence[Entry]) -> list[Decimal]:
    return sorted({weight for one in group for weight, _score in one.sections if weight > 0}, reverse=True)


def _at(one: Entry, weight: Decimal) -> Decimal | None:
    """The mean of the sections of this weight, to six decimals; nothing where one of them has no score."""
    scores = [score for own, score in one.sections if own == weight]
    mean = weighted((Decimal(1), score) for score in scores) if None not in scores else None
    # Thirds and sixths end somewhere: what is equal must not be told apart by the last digit.
    return None if mean is None else mean.quantize(SIX_PLACES)


def _falling(one: Entry) -> Decimal:
    return -(one.total or Decimal(0))


def _mean(sums: Mapping[int, Decimal], count: int) -> Decimal:
    whole = sum((Fraction(apart) / (n - 1) for n, apart in sums.items()), Fraction(0)) / count
    return Decimal(whole.numerator) / Decimal(whole.denominator)
