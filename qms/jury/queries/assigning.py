"""Who could score what: the proposal of a balanced assignment, and the jurors of one application."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from qms.awards.models import Application, Category
from qms.jury.domain.assigning import Proposal, Wanted, balanced
from qms.jury.models import Ballot, Declaration, Exclusion, Juror, Shortage, Standing
from qms.offices.domain import roles
from qms.offices.models import Membership

from .access import blocked
from .board import judging_of, seats_in


@dataclass(frozen=True)
class Plan:
    """What the balanced assignment would do now; the digest says whether it still is the same."""

    seats: tuple[Juror, ...]
    applications: Mapping[int, Application]
    jurors_each: int
    held: Mapping[int, int]
    declared: Mapping[int, int]
    proposal: Proposal
    # They lack jurors and nobody stated it, but their numbers were open: jurors are added by hand, with a reason.
    opened: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """A fingerprint of the proposed pairs and of what stands already."""
        said = (self.proposal.pairs, sorted(self.held.items()), sorted(self.applications), self.jurors_each)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:24]

    @property
    def added(self) -> dict[int, int]:
        """How many ballots each juror would get."""
        added = {seat.pk: 0 for seat in self.seats}
        for _application, juror in self.proposal.pairs:
            added[juror] += 1
        return added


@dataclass(frozen=True)
class Panel:
    """The jurors of one application: those who score it, those who could, and those who never do."""

    ballots: tuple[Ballot, ...]
    ended: tuple[Ballot, ...]
    free: tuple[Juror, ...]
    excluded: tuple[Exclusion, ...]

    @property
    def never_asked(self) -> tuple[Juror, ...]:
        """Those who could score it and from whom no ballot on it was taken away."""
        asked = {one.juror_id for one in self.ended}
        return tuple(seat for seat in self.free if seat.pk not in asked)


def plan_of(category: Category) -> Plan:
    """The proposal as things stand: ballots stay, and nobody gets back what was taken away."""
    all_seats = seats_in(category)
    seats = _who_judge(all_seats)
    applications = {one.pk: one for one in received_in(category)}
    never = _never(category, seats)
    jurors: dict[int, set[int]] = {pk: set() for pk in applications}
    for application, juror in _counting(all_seats).values_list("application", "juror"):
        if application in jurors:
            jurors[application].add(juror)
    each, open_ones = judging_of(category).jurors, opened_in(category)
    wanted = [
        Wanted(
            pk,
            0 if pk in open_ones else max(0, each - len(jurors[pk])),
            frozenset(seat.pk for seat in seats if (pk, seat.pk) not in never),
            frozenset(jurors[pk]),
        )
        for pk in applications
    ]
    held = _loads(seats)
    stated = dict(Shortage.objects.filter(application__category=category).values_list("application", "jurors"))
    opened = tuple(
        pk for pk in applications if pk in open_ones and len(jurors[pk]) < each and stated.get(pk) != len(jurors[pk])
    )
    return Plan(seats, applications, each, held, _declared(category, seats), balanced(wanted, held), opened)


def _who_judge(seats: tuple[Juror, ...]) -> tuple[Juror, ...]:
    """Those who hold the role of a juror now: without it nothing can be scored, whatever the seat says."""
    held = Membership.objects.active().filter(role=roles.JUROR, user__in=[seat.user_id for seat in seats])
    people = set(held.values_list("user", flat=True))
    return tuple(seat for seat in seats if seat.user_id in people)


def opened_in(category: Category) -> set[int]:
    """The applications of the category whose numbers are open or were once."""
    rows = Standing.objects.filter(application__category=category)
    once = rows.filter(Q(is_revealed=True) | Q(first_revealed_at__isnull=False))
    return set(once.values_list("application", flat=True))


def was_opened(application: Application) -> bool:
    """Whether the numbers of the application are open or were once."""
    standing = Standing.objects.filter(application=application).first()
    return standing is not None and standing.was_revealed


def panel_of(application: Application) -> Panel:
    """Who scores this application, who could, and who never does."""
    rows = Ballot.objects.filter(application=application).select_related("juror__user").order_by("juror__number", "pk")
    ballots = list(rows)
    counting = tuple(one for one in ballots if one.ended_at is None)
    seats = _who_judge(seats_in(application.category))
    excluded = Exclusion.objects.filter(application=application).select_related("juror").order_by("juror__number", "pk")
    out = {one.juror_id for one in counting} | {one.juror_id for one in excluded}
    near = {seat.pk for seat in seats if _blocked(seat).filter(pk=application.pk).exists()}
    return Panel(
        counting,
        tuple(one for one in ballots if one.ended_at is not None),
        tuple(seat for seat in seats if seat.pk not in out | near),
        tuple(excluded),
    )


def received_in(category: Category) -> QuerySet[Application]:
    """The applications that stand submitted in the category."""
    rows = Application.objects.received().filter(category=category)
    return rows.select_related("office").order_by("number", "pk")


def _never(category: Category, seats: tuple[Juror, ...]) -> set[tuple[int, int]]:
    """Pairs that are never assigned: excluded by a row or by rule, or taken away before."""
    about = {"juror__in": seats, "application__category": category}
    pairs = set(Exclusion.objects.filter(**about).values_list("application", "juror"))
    pairs |= set(Ballot.objects.filter(ended_at__isnull=False, **about).values_list("application", "juror"))
    for seat in seats:
        pairs |= {(pk, seat.pk) for pk in _blocked(seat).filter(category=category).values_list("pk", flat=True)}
    return pairs


def _blocked(seat: Juror) -> QuerySet[Application]:
    return Application.objects.received().filter(blocked(seat.user))


def _counting(seats: tuple[Juror, ...]) -> QuerySet[Ballot]:
    received = Application.objects.received().values("pk")
    return Ballot.objects.counting().filter(juror__in=seats, application__in=received)


def _loads(seats: tuple[Juror, ...]) -> dict[int, int]:
    """All ballots of each juror in the round, in other categories too."""
    loads = {seat.pk: 0 for seat in seats}
    for juror in _counting(seats).values_list("juror", flat=True):
        loads[juror] += 1
    return loads


def _declared(category: Category, seats: tuple[Juror, ...]) -> dict[int, int]:
    """On how many applications of the category each juror has declared, a conflict too."""
    about = {"juror__in": seats, "application__in": Application.objects.received().filter(category=category)}
    said = set(Declaration.objects.filter(**about).values_list("juror", "application"))
    said |= set(Exclusion.objects.filter(**about).values_list("juror", "application"))
    declared = {seat.pk: 0 for seat in seats}
    for juror, _application in said:
        declared[juror] += 1
    return declared
