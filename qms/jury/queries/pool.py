"""The pool of a round: who sits in the jury, what they declared, whom a rule excludes, and where jurors are short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from qms.accounts.models import User
from qms.awards.models import Application, Category, Judging, Programme, Round
from qms.awards.models.round import in_order
from qms.jury.models import Ballot, Declaration, Exclusion, Juror, Phase
from qms.offices.domain import roles
from qms.offices.models import Membership

from .access import seats_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Seat:
    """One juror: how many applications of the own categories, how many declared on, excluded from, scored."""

    juror: Juror
    categories: tuple[Category, ...]
    applications: int
    declared: int
    excluded: int
    ballots: int
    handed_in: int
    # Without the role of a juror nothing is open, whatever the seat says.
    holds_role: bool


@dataclass(frozen=True, slots=True)
class Need:
    """One category: how many jurors an application needs, how many sit there, for how many applications they lack."""

    category: Category
    each: int
    seated: int
    applications: int
    short: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The jury of a round; before the closing without anything about applications."""

    seats: tuple[Seat, ...]
    needs: tuple[Need, ...]
    exclusions: tuple[Exclusion, ...]


def pool_of(found: Round, at: datetime) -> Pool:
    """The whole jury of the round, in as many queries for one juror as for many."""
    jurors = list(_jurors(found))
    received = _received(found) if found.is_closed(at) else {}
    exclusions = _exclusions(found) if received else ()
    pairs = {(one.juror_id, one.application_id) for one in exclusions}
    declared = _pairs(Declaration.objects.filter(juror__in=jurors)) - pairs
    ballots, handed_in = _ballots(jurors)
    judging = set(_judging_people().values_list("user", flat=True))
    seats = []
    for juror in jurors:
        own = tuple(in_place(juror.categories.all()))
        applications = {pk for one in own for pk in received.get(one.pk, ())}
        seats.append(
            Seat(
                juror,
                own,
                len(applications),
                sum((juror.pk, pk) in declared for pk in applications),
                sum((juror.pk, pk) in pairs for pk in applications),
                ballots[juror.pk],
                handed_in[juror.pk],
                juror.user_id in judging,
            )
        )
    return Pool(tuple(seats), tuple(_needs(found, seats, received, pairs)), exclusions)


def candidates(found: Round) -> QuerySet[User]:
    """People with the role of a juror who do not sit in this jury, by name."""
    judging = _judging_people().values("user")
    seated = Juror.objects.seated().filter(round=found).values("user")
    people = User.objects.filter(pk__in=judging, is_active=True).exclude(pk__in=seated)
    return people.order_by("last_name", "first_name", "email")


def runs(user: User | AnonymousUser, found: Round) -> bool:
    """Whether the person organises the round."""
    return Programme.objects.run_by(user).filter(pk=found.programme_id).exists()


def sits_in(user: User | AnonymousUser, found: Round) -> bool:
    """Whether the person has a seat in the jury of the round."""
    return seats_of(user).filter(round=found).exists()


def phases_of(found: Round) -> tuple[Phase, ...]:
    """The phases of the round's jury in order."""
    return tuple(Phase.objects.filter(round=found).order_by("starts_at"))


def in_place(categories: Iterable[Category]) -> list[Category]:
    """Categories in the order of their round, without a query."""
    return sorted(categories, key=lambda one: (one.position, one.pk))


def _judging_people() -> QuerySet[Membership]:
    people: QuerySet[Membership] = Membership.objects.active().filter(role=roles.JUROR)
    return people


def _jurors(found: Round) -> QuerySet[Juror]:
    rows = Juror.objects.filter(round=found).select_related("user").prefetch_related("categories")
    return rows.order_by("number")


def _received(found: Round) -> dict[int, list[int]]:
    received: dict[int, list[int]] = {}
    for pk, category in Application.objects.received().filter(category__round=found).values_list("pk", "category"):
        received.setdefault(category, []).append(pk)
    return received


def _exclusions(found: Round) -> tuple[Exclusion, ...]:
    received = Application.objects.received().filter(category__round=found).values("pk")
    rows = Exclusion.objects.filter(application__in=received).select_related("juror__user", "application__office")
    return tuple(rows.order_by("juror__number", "application__number", "pk"))


def _pairs(rows: QuerySet[Declaration]) -> set[tuple[int, int]]:
    return set(rows.values_list("juror", "application"))


def _ballots(jurors: list[Juror]) -> tuple[Counter[int], Counter[int]]:
    received = Application.objects.received().values("pk")
    rows = Ballot.objects.counting().filter(juror__in=jurors, application__in=received)
    states = list(rows.values_list("juror", "state"))
    asked = Counter(juror for juror, _state in states)
    return asked, Counter(juror for juror, state in states if state == Ballot.State.HANDED_IN)


def _needs(
    found: Round, seats: Iterable[Seat], received: dict[int, list[int]], pairs: set[tuple[int, int]]
) -> Iterable[Need]:
    seated: dict[int, list[int]] = {}
    for seat in seats:
        # Whoever lost the role cannot score: an application is short without them.
        if seat.juror.left_at is None and seat.holds_role:
            for one in seat.categories:
                seated.setdefault(one.pk, []).append(seat.juror.pk)
    for category in in_order(found.categories.select_related("judging")):
        judging: Judging | None = getattr(category, "judging", None)
        jurors, applications = seated.get(category.pk, []), received.get(category.pk, [])
        each = judging.jurors if judging else 0
        short = sum(sum((juror, pk) not in pairs for juror in jurors) < each for pk in applications)
        yield Need(category, each, len(jurors), len(applications), short)
