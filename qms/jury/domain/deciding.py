"""What a jury decides: what hinders the closing of a list, and what the threshold proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from qms.stats.intervals import Interval, mean_interval
from qms.stats.tally import Tally

VISIT, TALK, NO_VISIT, PRIZE, NO_PRIZE = "visit", "talk", "no_visit", "prize", "no_prize"
OUT = "out"
LEAST, MOST = 0.0, 100.0
FEWEST = 2

VisitState = Literal["", "due", "planned", "done"]
Why = Literal[
    "hidden", "talk", "visit", "empty", "talk_first", "no_reason", "below", "too_many", "too_many_visits", "nothing"
]
# What no choice on the page can mend: scores, talks and visits come first.
OUTSIDE: frozenset[Why] = frozenset(("hidden", "talk", "visit", "nothing"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written down for one application; no outcome where nobody decided yet."""

    application: int
    outcome: str = ""
    prize: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When the jury met, who was there, and what the protocol should say besides."""

    met_at: datetime | None = None
    present: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application on which a jury decides."""

    application: int
    number: str
    total: Decimal | None = None
    first: int = 0
    last: int = 0
    is_revealed: bool = False
    needs_talk: bool = False
    # Where a visit was decided: not planned yet, planned, or held or cancelled.
    visit: VisitState = ""
    # Nobody can judge it: it stands out of competition and holds nothing up.
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a prize may be given, and from how many points."""

    prize: int
    at_most: int | None = None
    from_points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that keeps a list from being closed, with the numbers of the applications."""

    why: Why
    numbers: tuple[str, ...] = ()
    prize: int | None = None
    most: int | None = None

    @property
    def is_outside(self) -> bool:
        """Whether no choice on the page can mend it."""
        return self.why in OUTSIDE


def hindrances_of_visits(
    candidates: Sequence[Candidate],
    verdicts: Mapping[int, Verdict],
    *,
    visit_from: Decimal | None = None,
    most_visits: int | None = None,
) -> tuple[Hindrance, ...]:
    """What keeps a list for visits from being closed."""
    said = {one.application: verdicts.get(one.application, Verdict(one.application)) for one in candidates}
    chosen = [one for one in candidates if said[one.application].outcome == VISIT]
    found = [
        *_scored(candidates),
        _about("empty", (one for one in candidates if one.is_revealed and not said[one.application].outcome)),
        _about("talk_first", (one for one in candidates if said[one.application].outcome == TALK)),
        _about(
            "no_reason", (one for one in candidates if _bare(said, one) and said[one.application].outcome == NO_VISIT)
        ),
        _about("below", (one for one in chosen if _bare(said, one) and is_below(one.total, visit_from))),
    ]
    if most_visits is not None and len(chosen) > most_visits:
        found.append(Hindrance("too_many_visits", tuple(one.number for one in chosen), most=most_visits))
    return tuple(one for one in found if one is not None)


def hindrances_of_prizes(
    candidates: Sequence[Candidate], verdicts: Mapping[int, Verdict], limits: Sequence[Limit]
) -> tuple[Hindrance, ...]:
    """What keeps a list of prizes from being closed."""
    said = {one.application: verdicts.get(one.application, Verdict(one.application)) for one in candidates}
    from_points = {one.prize: one.from_points for one in limits}
    given = Counter(one.prize for one in said.values() if one.prize is not None)
    found = [
        *_scored(candidates),
        _about("visit", (one for one in candidates if one.visit in ("due", "planned") and not one.is_out)),
        _about("empty", (one for one in candidates if one.is_revealed and not said[one.application].outcome)),
    ]
    for prize, points in from_points.items():
        below = (
            one
            for one in candidates
            if said[one.application].prize == prize and is_below(one.total, points) and _bare(said, one)
        )
        found.append(_about("below", below, prize=prize))
    for limit in limits:
        if limit.at_most is not None and given[limit.prize] > limit.at_most:
            numbers = tuple(one.number for one in candidates if said[one.application].prize == limit.prize)
            found.append(Hindrance("too_many", numbers, prize=limit.prize, most=limit.at_most))
    return tuple(one for one in found if one is not None)


def is_below(total: Decimal | None, points: Decimal | None) -> bool:
    """Whether the total does not reach the threshold; without a total none is reached."""
    return points is not None and (total is None or total < points)


def by_threshold(
    candidates: Iterable[Candidate], *, visit_from: Decimal | None, most_visits: int | None
) -> dict[int, str]:
    """What the rules propose for visits; nothing where scores are hidden or a shared place lies across the limit."""
    proposed: dict[int, str] = {}
    for one in candidates:
        if not one.is_revealed or one.total is None:
            continue
        if one.needs_talk:
            proposed[one.application] = TALK
        elif is_below(one.total, visit_from) or (most_visits is not None and one.first > most_visits):
            proposed[one.application] = NO_VISIT
        elif most_visits is None or one.last <= most_visits:
            proposed[one.application] = VISIT
    return proposed


def filled(verdicts: Iterable[Verdict], proposed: Mapping[int, str]) -> tuple[Verdict, ...]:
    """The verdicts; those without an outcome take the proposed one."""
    return tuple(one if one.outcome else replace(one, outcome=proposed.get(one.application, "")) for one in verdicts)


def with_common_reason(verdicts: Iterable[Verdict], reason: str) -> tuple[Verdict, ...]:
    """The verdicts; "no visit" without a reason of its own takes this one."""
    return tuple(
        replace(one, reason=reason) if one.outcome == NO_VISIT and not one.reason.strip() else one for one in verdicts
    )


def margin_of(totals: Sequence[Decimal]) -> Interval | None:
    """Where the mean may lie with so few jurors (Student's t, 95 %), inside the scale; nothing for fewer than two."""
    if len(totals) < FEWEST:
        return None
    found = mean_interval(Tally.of(float(one) for one in totals))
    return Interval(min(max(found.low, LEAST), MOST), max(min(found.high, MOST), LEAST))


def scale_for(values: Iterable[float]) -> tuple[int, int]:
    """The tens between which all values lie: wide enough to draw, never beyond 0 and 100."""
    known = [*values]
    if not known:
        return 0, 100
    low, high = int(min(known) // 10 * 10), int(-(-max(known) // 10) * 10)
    low = max(0, min(low, 90))
    return low, max(low + 10, min(high, 100))


def differing(mine: Sequence[Verdict], theirs: Mapping[int, Verdict]) -> Iterator[tuple[Verdict, Verdict]]:
    """What was typed beside what was saved meanwhile, where they differ."""
    for one in mine:
        other = theirs.get(one.application, Verdict(one.application))
        if one != other:
            yield one, other


def _scored(candidates: Sequence[Candidate]) -> list[Hindrance | None]:
    """What every list waits for: there is something to decide, all is revealed, no talk is open."""
    return [
        None if candidates else Hindrance("nothing"),
        _about("hidden", (one for one in candidates if not one.is_revealed and not one.is_out)),
        _about("talk", (one for one in candidates if one.is_revealed and one.needs_talk)),
    ]


def _bare(said: Mapping[int, Verdict], one: Candidate) -> bool:
    """Whether it has no reason."""
    return not said[one.application].reason.strip()


def _about(why: Why, about: Iterable[Candidate], *, prize: int | None = None) -> Hindrance | None:
    numbers = tuple(one.number for one in about)
    return Hindrance(why, numbers, prize=prize) if numbers else None
