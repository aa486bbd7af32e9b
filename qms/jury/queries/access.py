"""Which applications are open to whom in a jury: the one place that says it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from qms.awards.models import Application, Category, Round
from qms.jury.models import Ballot, Declaration, Exclusion, Juror, Phase, Visit
from qms.offices.domain import roles
from qms.offices.models import Membership, roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

WITH = ("category__round__programme", "category__judging", "office__region", "shortage")


def run_by(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """The applications that the organiser of the round has received, with what their pages ask for."""
    return Application.objects.for_organiser(user, at).select_related(*WITH)


def seats_of(user: User | AnonymousUser) -> QuerySet[Juror]:
    """The person's seats, as long as the person holds the role of a juror and has not left."""
    if not roles_of(user).has(roles.JUROR):
        return Juror.objects.none()
    return Juror.objects.seated().filter(user=user.pk).select_related("round__programme")


def judged_by(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """What was received, after the closing, in the categories in whose pool the person sits and has promised."""
    seats = seats_of(user).filter(accepted_at__isnull=False).values("pk")
    rows = Application.objects.received().filter(
        category__in=Category.objects.filter(jurors__in=seats).values("pk"), category__round__closes_at__lte=at
    )
    return rows.select_related(*WITH)


def named_to(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """Applications of which a juror may know the office: while a phase lets declare or read, and those declared on."""
    # What was declared on stays named between phases too: a conflict may be told at any time.
    running = Phase.objects.current(at).filter(round=OuterRef("category__round"))
    named = Exists(running.filter(Q(may_declare=True) | ~Q(sees=Phase.Sees.NOTHING)))
    pair = _pair(user)
    declared = Exists(Declaration.objects.filter(**pair)) | Exists(
        Exclusion.objects.filter(kind=Exclusion.Kind.DECLARED, **pair)
    )
    return judged_by(user, at).filter(named | declared)


def cleared_for(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """Applications on which a juror declared that nothing ties them, and where nothing excludes them; in any phase."""
    pair = _pair(user)
    rows = judged_by(user, at).filter(Exists(Declaration.objects.filter(**pair)))
    return rows.exclude(blocked(user)).exclude(Exists(Exclusion.objects.filter(**pair)))


def open_to(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """The applications that a juror may read now: declared on, not excluded, and let by the phase that runs."""
    phase = Phase.objects.current(at).filter(round=OuterRef("category__round"))
    assigned = Ballot.objects.counting().filter(juror__left_at__isnull=True, **_pair(user))
    let = Q(Exists(phase.filter(sees=Phase.Sees.CATEGORY))) | Q(
        Exists(phase.filter(sees=Phase.Sees.ASSIGNED)), Exists(assigned)
    )
    return cleared_for(user, at).filter(let)


def visited_by(user: User | AnonymousUser, at: datetime) -> QuerySet[Visit]:
    """The visits of the teams in which the person still is."""
    teams = Visit.team.through.objects.filter(juror__in=seats_of(user).values("pk"))
    return Visit.objects.filter(
        pk__in=teams.values("visit"), application__in=cleared_for(user, at).order_by().values("pk")
    )


def _pair(user: User | AnonymousUser) -> dict[str, Any]:
    return {"juror__user": user.pk, "application": OuterRef("pk")}


def blocked(user: User | AnonymousUser) -> Q:
    """What always excludes: an office where the person holds or held a role, and where it is the rule an own region."""
    held = Membership.objects.filter(user=user.pk)
    offices = held.filter(office__isnull=False).values("office")
    direct = held.filter(region__isnull=False).values("region")
    through = held.filter(office__isnull=False).values("office__region")
    near = Q(office__region__in=direct) | Q(office__region__in=through)
    return Q(office__in=offices) | (Q(category__judging__blocks_region=True) & near)


def phase_of(found: Round, at: datetime) -> Phase | None:
    """The phase that runs now; nothing between phases."""
    return Phase.objects.current(at).filter(round=found).first()
