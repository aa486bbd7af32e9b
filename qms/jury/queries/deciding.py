"""A category as its jury decides on it: the order with its ties, what was decided, and who was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from qms.awards.models import Application, Category, Judging, Prize, Round, Section
from qms.awards.models.round import in_order
from qms.jury.domain.deciding import (
    OUT,
    Candidate,
    Hindrance,
    Limit,
    Verdict,
    VisitState,
    hindrances_of_prizes,
    hindrances_of_visits,
    margin_of,
)
from qms.jury.domain.ranking import Entry, Place, placed
from qms.jury.models import Ballot, Decision, DecisionList, Exclusion, Juror, Protocol, Shortage, Standing, Visit
from qms.stats.intervals import Interval

from .access import blocked, cleared_for, phase_of, seats_of
from .closing import is_decided
from .shortages import shortage_of

Stage = DecisionList.Stage


@dataclass(frozen=True)
class Row:
    """One application: where it stands, and what was decided on it."""

    application: Application
    standing: Standing | None
    candidate: Candidate
    verdict: Verdict
    totals: tuple[Decimal, ...] = ()
    close_to: tuple[int, ...] = ()
    # Stated where there are too few jurors.
    shortage: Shortage | None = None

    @property
    def pk(self) -> int:
        """The application's."""
        return self.application.pk

    @cached_property
    def margin(self) -> Interval | None:
        """Where the mean of the jurors' totals may lie."""
        return margin_of(self.totals)


@dataclass(frozen=True)
class Sheet:
    """One list of decisions with everything that its page and its closing ask for."""

    category: Category
    stage: Stage
    found: DecisionList | None
    judging: Judging | None
    prizes: tuple[Prize, ...]
    # The placed ones in their order, then those whose scores are hidden.
    rows: tuple[Row, ...]
    jurors: tuple[Juror, ...]
    present: frozenset[int]
    protocol: Protocol | None
    # Applications that this person must not see: excluded, or not declared on.
    unseen: int = 0
    # The list of prizes is closed, so the one for visits stands too.
    is_decided: bool = False

    @property
    def version(self) -> int:
        """What the page sends back: nothing was saved yet at 0."""
        return self.found.version if self.found else 0

    @property
    def is_closed(self) -> bool:
        """Whether nothing changes any more."""
        return self.is_decided or (self.found is not None and self.found.is_closed)

    @property
    def verdicts(self) -> dict[int, Verdict]:
        """What is written down, by application."""
        return {row.pk: row.verdict for row in self.rows}

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The applications as the rules see them."""
        return tuple(row.candidate for row in self.rows)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The prizes as the rules see them."""
        return tuple(Limit(one.pk, one.at_most, one.from_points) for one in self.prizes)

    @property
    def hindrances(self) -> tuple[Hindrance, ...]:
        """What keeps the list from being closed."""
        if self.stage == Stage.VISIT:
            return hindrances_of_visits(
                self.candidates,
                self.verdicts,
                visit_from=self.judging.visit_from if self.judging else None,
                most_visits=self.judging.most_visits if self.judging else None,
            )
        return hindrances_of_prizes(self.candidates, self.verdicts, self.limits)


def is_excluded(user: Any, category: Category) -> bool:
    """Whether anything excludes the person from an application of the category."""
    rows = Application.objects.filter(category=category)
    excluded = Exclusion.objects.filter(juror__user=user.pk, application__in=rows)
    return excluded.exists() or rows.filter(blocked(user)).exists()


def reads_all(user: Any, category: Category, at: datetime) -> bool:
    """Whether the person judges the category, has declared on all that it received, and nothing excludes them."""
    cleared = cleared_for(user, at).order_by().values("pk")
    closed_off = _received(category).exclude(pk__in=cleared)
    sits = seats_of(user).filter(categories=category, accepted_at__isnull=False)
    return sits.exists() and not closed_off.exists() and not is_excluded(user, category)


def decides_now(user: Any, found: Round, at: datetime) -> bool:
    """Whether the person chairs the jury of the round and a phase lets the chair decide."""
    phase = phase_of(found, at)
    return (
        phase is not None
        and phase.may_decide
        and seats_of(user).filter(round=found, is_chair=True, accepted_at__isnull=False).exists()
    )


def sheet_of(category: Category, stage: Stage, *, only: QuerySet[Application] | None = None) -> Sheet:
    """The list of this stage, whole or as who sees only these; in as many queries for one application as for many."""
    received = list(_received(category))
    seen = {one.pk for one in received}
    if only is not None:
        seen &= set(only.filter(category=category).values_list("pk", flat=True))
    judging = Judging.objects.filter(category=category).first()
    found = DecisionList.objects.select_related("closed_by").filter(category=category, stage=stage).first()
    rows = _rows(category, stage, received, judging, is_closed=found is not None and found.is_closed)
    present = frozenset(found.present.values_list("pk", flat=True)) if found else frozenset()
    return Sheet(
        category=category,
        stage=stage,
        found=found,
        judging=judging,
        prizes=tuple(in_order(Prize.objects.filter(category=category))),
        rows=tuple(row for row in rows if row.pk in seen),
        jurors=tuple(_jurors(category, present)),
        present=present,
        protocol=Protocol.objects.filter(list=found).defer("content").first() if found and found.is_closed else None,
        unseen=len(received) - len(seen),
        is_decided=is_decided(category),
    )


def _received(category: Category) -> Any:
    rows = Application.objects.received().filter(category=category)
    return rows.select_related("office", "standing", "shortage").order_by("number", "pk")


def _jurors(category: Category, present: Collection[int]) -> Any:
    """Those who sit in its pool, and who was present and has left since."""
    rows = Juror.objects.filter(Q(left_at__isnull=True, categories=category) | Q(pk__in=present)).distinct()
    return rows.select_related("user").order_by("number")


def _rows(
    category: Category,
    stage: Stage,
    received: Sequence[Application],
    judging: Judging | None,
    *,
    is_closed: bool,
) -> tuple[Row, ...]:
    places = _places(category, received, judging)
    totals, visits = _totals(received), _visits(category, received)
    verdicts = {
        one.application_id: Verdict(one.application_id, one.outcome, one.prize_id, one.reason)
        for one in Decision.objects.filter(list__category=category, list__stage=stage)
    }
    rows = [
        Row(
            application=one,
            standing=standing,
            candidate=_candidate(one, standing, places.get(one.pk), visits.get(one.pk, "")),
            totals=tuple(totals.get(one.pk, ())) if standing and standing.is_revealed else (),
            close_to=places[one.pk].close_to if one.pk in places else (),
            verdict=verdicts.get(one.pk, Verdict(one.pk)) if is_closed else _verdict(one, verdicts),
            shortage=shortage_of(one),
        )
        for one in received
        for standing in [standing_of(one)]
    ]
    order = {pk: number for number, pk in enumerate(places)}
    return tuple(sorted(rows, key=lambda row: (order.get(row.pk, len(order)), row.application.number)))


def _verdict(one: Application, verdicts: Mapping[int, Verdict]) -> Verdict:
    """What is decided on an open list; what nobody can judge is out of competition, whatever was chosen before."""
    shortage = shortage_of(one)
    if shortage is not None and shortage.is_out:
        return Verdict(one.pk, OUT, reason=shortage.reason)
    return verdicts.get(one.pk, Verdict(one.pk))


def _candidate(one: Application, standing: Standing | None, place: Place | None, visit: VisitState) -> Candidate:
    return Candidate(
        application=one.pk,
        number=one.number,
        total=standing.total if standing else None,
        first=place.first if place else 0,
        last=place.last if place else 0,
        is_revealed=bool(standing and standing.is_revealed),
        needs_talk=bool(standing and standing.needs_talk),
        visit=visit,
        is_out=(shortage := shortage_of(one)) is not None and shortage.is_out,
    )


def standing_of(application: Application) -> Standing | None:
    """Its standing; nothing where nobody was asked to score it yet."""
    return getattr(application, "standing", None)


def _places(category: Category, received: Sequence[Application], judging: Judging | None) -> dict[int, Place]:
    weights = dict(Section.objects.filter(category=category, is_scored=True).values_list("pk", "weight"))
    entries = [
        Entry(one.pk, standing.total, tuple(_counted(standing, weights)))
        for one in received
        if (standing := standing_of(one)) is not None and standing.is_revealed
    ]
    tie_below = judging.tie_below if judging else Decimal(0)
    heaviest = judging is not None and judging.tie_rule == Judging.TieRule.HEAVIEST
    return {one.application: one for one in placed(entries, tie_below, heaviest=heaviest)}


def _counted(standing: Standing, weights: Mapping[int, Decimal]) -> list[tuple[Decimal, Decimal | None]]:
    rows = []
    for pk, weight in weights.items():
        counts = standing.sections.get(str(pk), {}).get("counts")
        rows.append((weight, None if counts is None else Decimal(counts)))
    return rows


def _totals(received: Sequence[Application]) -> dict[int, list[Decimal]]:
    ballots = Ballot.objects.counting().filter(
        application__in=[one.pk for one in received], state=Ballot.State.HANDED_IN, total__isnull=False
    )
    totals: dict[int, list[Decimal]] = defaultdict(list)
    for application, total in ballots.order_by("juror__number").values_list("application", "total"):
        if total is not None:
            totals[application].append(total)
    return totals


def _visits(category: Category, received: Sequence[Application]) -> dict[int, VisitState]:
    """How far each visit is: those that were decided, and those that were planned without a list."""
    visits: dict[int, VisitState] = {}
    decided = Decision.objects.standing().filter(
        list__category=category, list__stage=Stage.VISIT, outcome=Decision.Outcome.VISIT
    )
    for application in decided.values_list("application", flat=True):
        visits[application] = "due"
    rows = Visit.objects.filter(application__in=[one.pk for one in received]).order_by("pk")
    for application, state in rows.values_list("application", "state"):
        visits[application] = "planned" if state == Visit.State.PLANNED else "done"
    return visits
