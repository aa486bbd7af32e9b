"""What lies on a juror's desk: seats with their phases, ballots, what is to be declared, visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from qms.awards.models import Application, Category
from qms.jury.models import Ballot, DecisionList, Declaration, Exclusion, Juror, Phase, Standing, Visit

from . import access
from .closing import decided

if TYPE_CHECKING:
    from qms.accounts.models import User

Sees = Phase.Sees


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A category whose jury decides now, first on visits where they are announced or begun, then on prizes."""

    category: Category
    is_visits: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One seat: the phases of its round, what is to be declared, own ballots that are open now, visits, talks."""

    seat: Juror
    phases: tuple[Phase, ...]
    phase: Phase | None
    next_phase: Phase | None
    to_declare: int
    ballots: tuple[Ballot, ...]
    visits: tuple[Visit, ...]
    talks: tuple[Application, ...]
    # Lists on which the chair can decide: all scores are there, no talk waits, and nothing is closed.
    lists: tuple[WaitingList, ...]

    @property
    def to_score(self) -> tuple[Ballot, ...]:
        """The ballots that wait, while the phase lets the juror score."""
        if self.phase is None or not self.phase.may_score:
            return ()
        return tuple(one for one in self.ballots if one.state == Ballot.State.DRAFT)

    @property
    def handed_in(self) -> int:
        """How many ballots are in."""
        return sum(one.state == Ballot.State.HANDED_IN for one in self.ballots)


def desks_of(user: User, at: datetime) -> tuple[Desk, ...]:
    """The person's seats in rounds that are judged, the newest round first; as many queries for one as for many."""
    seats = list(access.seats_of(user).order_by("-round__closes_at", "-pk"))
    if not seats:
        return ()
    rounds = [seat.round_id for seat in seats]
    phases = _by_round(Phase.objects.filter(round__in=rounds).order_by("starts_at"), lambda one: one.round_id)
    # Nobody is asked any more about what the jury has decided; who wishes still declares on it.
    undeclared = _undeclared(user, at).exclude(category__in=decided())
    declare = _by_round(undeclared, lambda one: one.category.round_id)
    open_pks = access.open_to(user, at).order_by().values("pk")
    ballots = _by_round(_ballots(user, open_pks), lambda one: one.application.category.round_id)
    visits = _by_round(_visits(user, at), lambda one: one.application.category.round_id)
    talks = _by_round(_talks(seats, open_pks), lambda one: one.category.round_id)
    lists = _by_round(_lists(seats, open_pks), lambda one: one.category.round_id)
    return tuple(
        _desk(
            seat,
            phases[seat.round_id],
            at,
            declare=len(declare[seat.round_id]),
            ballots=tuple(ballots[seat.round_id]),
            visits=tuple(visits[seat.round_id]),
            talks=tuple(talks[seat.round_id]) if seat.is_chair else (),
            lists=tuple(lists[seat.round_id]) if seat.is_chair else (),
        )
        for seat in seats
    )


def _desk(
    seat: Juror,
    phases: list[Phase],
    at: datetime,
    *,
    declare: int,
    talks: tuple[Application, ...],
    lists: tuple[WaitingList, ...],
    **more: Any,
) -> Desk:
    phase = next((one for one in phases if one.starts_at <= at < one.ends_at), None)
    return Desk(
        seat=seat,
        phases=tuple(phases),
        phase=phase,
        next_phase=next((one for one in phases if one.starts_at > at), None),
        to_declare=declare if phase is not None and phase.may_declare else 0,
        talks=talks if phase is not None and phase.may_agree else (),
        lists=lists if phase is not None and phase.may_decide else (),
        **more,
    )


def to_declare(seat: Juror, at: datetime) -> QuerySet[Application]:
    """The seat's applications on which nothing was said yet and that nothing excludes, by number."""
    return _undeclared(seat.user, at).filter(category__round=seat.round_id)


def _undeclared(user: User, at: datetime) -> QuerySet[Application]:
    pair = {"juror__user": user.pk, "application": OuterRef("pk")}
    rows = access.named_to(user, at).exclude(access.blocked(user))
    rows = rows.exclude(Exists(Exclusion.objects.filter(**pair))).exclude(Exists(Declaration.objects.filter(**pair)))
    return rows.order_by("number", "pk")


@dataclass(frozen=True, slots=True)
class Told:
    """An application on which something was said, or from which a rule excludes."""

    application: Application
    exclusion: Exclusion | None
    is_open: bool


def told_rows(seat: Juror, at: datetime) -> QuerySet[Application]:
    """The seat's applications on which something stands: declared, in conflict, or excluded by rule; by number."""
    pair = {"juror": seat, "application": OuterRef("pk")}
    said = Q(Exists(Declaration.objects.filter(**pair))) | Q(Exists(Exclusion.objects.filter(**pair)))
    rows = access.named_to(seat.user, at).filter(said, category__round=seat.round_id)
    return rows.order_by("number", "pk")


def told_of(seat: Juror, rows: Iterable[Application], at: datetime) -> tuple[Told, ...]:
    """These applications with what excludes from them, and whether they may be read now."""
    rows = list(rows)
    pks = [one.pk for one in rows]
    found = Exclusion.objects.filter(juror=seat, application__in=pks).order_by("-pk")
    exclusions = {one.application_id: one for one in found}
    open_pks = set(access.open_to(seat.user, at).filter(pk__in=pks).values_list("pk", flat=True))
    return tuple(Told(one, exclusions.get(one.pk), one.pk in open_pks) for one in rows)


def ballot_of(user: User, application: Application) -> Ballot | None:
    """The person's own ballot of an application that is open to them, if it counts."""
    rows = Ballot.objects.counting().filter(juror__user=user, juror__left_at__isnull=True, application=application)
    return rows.first()


def _ballots(user: User, open_pks: QuerySet[Any]) -> QuerySet[Ballot]:
    rows = Ballot.objects.counting().filter(juror__user=user.pk, application__in=open_pks)
    return rows.select_related("application__office", "application__category").order_by("application__number", "pk")


def _visits(user: User, at: datetime) -> QuerySet[Visit]:
    rows = access.visited_by(user, at).exclude(state=Visit.State.CANCELLED)
    related = ("application__office__region", "application__category__round")
    return rows.select_related(*related).order_by("starts_at", "pk")


def _talks(seats: list[Juror], open_pks: QuerySet[Any]) -> QuerySet[Application]:
    chaired = [seat.round_id for seat in seats if seat.is_chair]
    waiting = Standing.objects.filter(is_revealed=True, needs_talk=True).values("application")
    rows = Application.objects.filter(pk__in=waiting, category__round__in=chaired).filter(pk__in=open_pks)
    return rows.select_related("category", "office").order_by("number", "pk")


def _lists(seats: list[Juror], open_pks: QuerySet[Any]) -> list[WaitingList]:
    """The categories that the chair sees whole: all scores are revealed, no talk waits, and no prize is decided."""
    here = {"category": OuterRef("pk")}
    received = Application.objects.received().filter(**here)
    hidden = received.exclude(standing__is_revealed=True, standing__needs_talk=False).exclude(shortage__jurors=0)
    closed = DecisionList.objects.filter(closed_at__isnull=False, **here)
    begun = DecisionList.objects.filter(stage=DecisionList.Stage.VISIT, version__gt=0, **here)
    announced = Q(judging__visit_from__isnull=False) | Q(judging__most_visits__isnull=False)
    rows = Category.objects.filter(
        Exists(received),
        ~Exists(hidden),
        # Who does not see all of it cannot close the list.
        ~Exists(received.exclude(pk__in=open_pks)),
        jurors__in=[one.pk for one in seats if one.is_chair],
    )
    rows = rows.exclude(Exists(closed.filter(stage=DecisionList.Stage.PRIZE))).annotate(
        is_visits=ExpressionWrapper(
            (announced | Q(Exists(begun))) & ~Q(Exists(closed.filter(stage=DecisionList.Stage.VISIT))),
            output_field=BooleanField(),
        )
    )
    return [WaitingList(one, one.is_visits) for one in rows.distinct().order_by("position", "pk")]


def _by_round(rows: Iterable[Any], round_of: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[round_of(row)].append(row)
    return found
