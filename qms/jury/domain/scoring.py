"""How marks become scores, scores a total, and what lies too far apart; blank and "cannot be judged" are never zero.

Source: the rules of the jury as they are told in docs/methods/jury.md; weights and panels are data of the category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qms.stats.agreement import Spread, spread_of

LEAST_BALLOTS = 2


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of one application: what jurors gave, and what was agreed if anything was."""

    section: int
    weight: Decimal
    given: tuple[Decimal, ...] = ()
    agreed: Decimal | None = None
    # Agreed that it cannot be judged: left out of the total whatever was given.
    agreed_na: bool = False

    @property
    def spread(self) -> Spread | None:
        """How far apart the given scores are."""
        return spread_of(self.given)

    @property
    def counts(self) -> Decimal | None:
        """What counts: the agreed score, else the mean of the given ones, else nothing."""
        if self.agreed_na:
            return None
        if self.agreed is not None:
            return self.agreed
        spread = self.spread
        return None if spread is None else spread.mean

    @property
    def is_settled(self) -> bool:
        """Whether it was agreed on."""
        return self.agreed_na or self.agreed is not None


def weighted(scores: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    """The mean of pairs of weight and score, in points 0-100; what has no score takes its weight with it."""
    given = [(Fraction(weight), Fraction(score)) for weight, score in scores if score is not None]
    whole = sum((weight for weight, _score in given), Fraction(0))
    if not whole:
        return None
    total = sum((weight * score for weight, score in given), Fraction(0)) / whole
    return Decimal(total.numerator) / Decimal(total.denominator)


def ballot_total(scores: Mapping[int, Decimal | None], weights: Mapping[int, Decimal]) -> Decimal | None:
    """One juror's total, by section; sections that the juror could not judge are left out."""
    return weighted((weights[section], score) for section, score in scores.items())


def total_of(sections: Iterable[SectionScore]) -> Decimal | None:
    """The total of an application: what counts in each section, by weight."""
    return weighted((one.weight, one.counts) for one in sections)


def least_ballots(stated: int | None) -> int:
    """How many ballots an application needs: two, or as many as the organiser stated where no more can be had."""
    return LEAST_BALLOTS if stated is None else min(max(stated, 1), LEAST_BALLOTS)


def is_revealed(ballots: int, handed_in: int, *, least: int = LEAST_BALLOTS) -> bool:
    """Whether numbers are shown: every ballot that counts is in, and there are as many as it needs."""
    return handed_in == ballots and ballots >= least


def to_talk_about(totals: Sequence[Decimal], sections: Sequence[SectionScore], above: Decimal) -> tuple[int, ...]:
    """Sections that wait for a talk, as the totals lie further apart than the rule lets; widest first.

    Those in which scores lie as far apart, or else the widest one; what was agreed waits no more.
    """
    spread = spread_of(totals)
    if spread is None or spread.range <= above:
        return ()
    ranges = {one.section: one.spread.range for one in sections if one.spread is not None}
    wide = [one for one in sections if ranges.get(one.section, Decimal(0)) > above]
    if not wide and ranges:
        widest = max(ranges.values())
        wide = [one for one in sections if ranges.get(one.section) == widest][:1]
    waiting = [one for one in wide if not one.is_settled]
    return tuple(one.section for one in sorted(waiting, key=lambda one: -ranges[one.section]))
