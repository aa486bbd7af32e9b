"""A round in figures: no office, no person, no text, and no figure of fewer than five applications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from django.db.models import Count, F, QuerySet

from qms.awards.models import Application, Judging, Round
from qms.awards.queries.received import Counted, counts_of
from qms.jury.domain.ranking import Severity, severity
from qms.jury.models import Agreed, Ballot, Juror, Mark, Standing
from qms.laureates.domain.figures import Bin, binned, days, folded, merged, renamed
from qms.offices.models import Office
from qms.stats.agreement import Spread, spread_of
from qms.stats.disclosure import may_show, median_of_at_least_five

TENS = tuple(range(0, 101, 10))
STAFF = (1, 25, 50, 100, 250)
RANGES = (0, 10, 20, 30)


@dataclass(frozen=True, slots=True)
class Talks:
    """How many applications jurors lay apart on, and how many they talked about or went to see."""

    apart: int
    after_talk: int
    after_visit: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page of a round's statistics shows; nothing about offices before the closing.

    Kinds of offices and stretches of a scale that count fewer than five are laid together, kinds under "".
    """

    counted: tuple[Counted, ...]
    kinds: tuple[tuple[str, int], ...] = ()
    sizes: tuple[Bin, ...] = ()
    size_unknown: int = 0
    scored: int = 0
    totals: tuple[Bin, ...] = ()
    median: Decimal | None = None
    ranges: tuple[Bin, ...] = ()
    talks: Talks = Talks(0, 0, 0)
    severities: tuple[tuple[str, Severity], ...] = ()
    ballots: int = 0
    handed_in: int = 0
    time: Spread | None = None


def figures_of(found: Round, at: datetime) -> Figures:
    """The figures as they stand; scores of applications whose ballots are all in, and of no other."""
    counted = counts_of(found)
    if not found.is_closed(at):
        return Figures(counted)
    standings = list(_standings(found))
    ranges = [_range(one) for one in standings if one.highest is not None and one.ballots > 1]
    sizes = list(_received(found).values_list("office__staff_count", flat=True))
    totals = [one.total for one in standings if one.total is not None]
    ballots = Ballot.objects.counting().filter(application__in=_received(found).values("pk"))
    handed_in = ballots.filter(state=Ballot.State.HANDED_IN)
    return Figures(
        counted,
        kinds=_kinds(found),
        sizes=merged(binned([size for size in sizes if size is not None], STAFF, is_open=True)),
        size_unknown=sum(size is None for size in sizes),
        scored=len(totals),
        totals=merged(binned(totals, TENS)),
        median=median_of_at_least_five(totals),
        ranges=merged(binned(ranges, RANGES, is_open=True)),
        talks=_talks(found, standings),
        severities=_severities(found, standings),
        ballots=ballots.count(),
        handed_in=handed_in.count(),
        time=spread_of(
            days(end - start for start, end in handed_in.values_list("assigned_at", "handed_in_at") if end is not None)
        ),
    )


@dataclass(frozen=True, slots=True)
class Mask:
    """One mark without anybody's name: application, category, juror, section, weight, score, what counts."""

    application: str
    category: str
    juror: str
    section: str
    weight: Decimal
    score: Decimal | None
    is_na: bool
    counts: Decimal | None


def masks_of(found: Round, rng: Random) -> tuple[Mask, ...]:
    """Every mark that counted, with applications and jurors renamed in an order of chance.

    Categories with fewer than five applications stay out: there a score would name its office.
    """
    standings = {one.application_id: one for one in _large(_standings(found))}
    marks = list(
        Mark.objects.filter(
            ballot__in=Ballot.objects.counting().filter(application__in=standings, state=Ballot.State.HANDED_IN)
        ).select_related("ballot", "section__category")
    )
    applications = renamed(standings, "A", 3, rng)
    jurors = renamed((mark.ballot.juror_id for mark in marks), "J", 2, rng)
    rows = [
        Mask(
            applications[mark.ballot.application_id],
            mark.section.category.title,
            jurors[mark.ballot.juror_id],
            mark.section.code,
            mark.section.weight,
            mark.score,
            mark.is_na,
            _counts(standings[mark.ballot.application_id], mark.section_id),
        )
        for mark in marks
    ]
    return tuple(sorted(rows, key=lambda row: (row.application, row.juror, row.section)))


def _large(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Those of categories where a score does not name its office."""
    rows = list(standings)
    many = Counter(one.application.category_id for one in rows)
    return (one for one in rows if may_show(many[one.application.category_id]))


def _received(found: Round) -> QuerySet[Application]:
    return Application.objects.received().filter(category__round=found)


def _standings(found: Round) -> QuerySet[Standing]:
    rows = Standing.objects.filter(application__in=_received(found).values("pk"), is_revealed=True)
    return rows.select_related("application")


def _kinds(found: Round) -> tuple[tuple[str, int], ...]:
    counts = _received(found).values_list("office__kind").annotate(many=Count("pk")).order_by("-many", "office__kind")
    names = dict(Office.Kind.choices)
    return folded((str(names.get(kind, kind)), many) for kind, many in counts)


def _range(standing: Standing) -> Decimal:
    return (standing.highest or Decimal(0)) - (standing.lowest or Decimal(0))


def _talks(found: Round, standings: list[Standing]) -> Talks:
    above = dict(Judging.objects.filter(category__round=found).values_list("category", "talk_above"))
    far = sum(_range(one) > above.get(one.application.category_id, Decimal(100)) for one in standings)
    agreed = _talked_about(found)
    stages = dict(agreed.values_list("stage").annotate(many=Count("application", distinct=True)))
    return Talks(far, stages.get(Agreed.Stage.TALK, 0), stages.get(Agreed.Stage.VISIT, 0))


def _talked_about(found: Round) -> QuerySet[Agreed]:
    """What people wrote down: a section that was closed at the mean has a score and no marks."""
    rows = Agreed.objects.holding().filter(application__in=_received(found).values("pk"))
    return rows.exclude(marks={}, is_na=False)


def _severities(found: Round, standings: list[Standing]) -> tuple[tuple[str, Severity], ...]:
    rows = Ballot.objects.counting().filter(
        application__in=[one.application_id for one in standings], state=Ballot.State.HANDED_IN, total__isnull=False
    )
    totals: dict[int, dict[int, Decimal]] = {}
    for application, juror, total in rows.values_list("application", "juror", F("total")):
        totals.setdefault(application, {})[juror] = total
    found_by = severity(totals)
    return tuple(_signed(found, found_by))


def _signed(found: Round, found_by: dict[int, Severity]) -> Iterator[tuple[str, Severity]]:
    for juror in Juror.objects.filter(round=found, pk__in=found_by).order_by("number"):
        yield juror.sign, found_by[juror.pk]


def _counts(standing: Standing, section: int) -> Decimal | None:
    counts = standing.sections.get(str(section), {}).get("counts")
    return None if counts is None else Decimal(counts)
