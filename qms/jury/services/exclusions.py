"""Who judges whom never: own offices and, where it is the rule, own regions; kept as rows for the protocol."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from qms.accounts.models import User
from qms.awards.models import Application, Round
from qms.core.audit import record
from qms.jury.models import Ballot, DecisionList, Exclusion, Juror, Visit
from qms.jury.models.ballot import BallotQuerySet
from qms.jury.queries.access import blocked
from qms.lifecycle import gettext_noop
from qms.offices.models import Membership

from .standing import restand

Kind = Exclusion.Kind
EXCLUDED = gettext_noop("The juror is excluded from this application.")
"""Kept in English with the ballot; pages translate it."""


@transaction.atomic
def exclude_by_rule(found: Round, at: datetime) -> int:
    """Write down who is excluded by an own office or region and is not yet, and end their ballots; how many.

    Before the closing nothing is written, as it would tell who applies; what is decided stays as it is.
    """
    if not found.is_closed(at):
        return 0
    near = {juror: set(_near(juror)) for juror in hold_seats(found)}
    held = hold_applications(pk for keys in near.values() for pk in keys)
    return sum(_exclude(juror, [one for one in held if one.pk in keys], at) for juror, keys in near.items())


def hold_seats(found: Round) -> list[Juror]:
    """The seats of the round, held until the transaction ends: always before applications, and these by their keys."""
    # Not their keys: whoever writes down who was present waits for nothing here.
    rows = Juror.objects.select_for_update(of=("self",), no_key=True).seated().filter(round=found)
    return list(rows.select_related("user").order_by("pk"))


def open_ballots(rows: BallotQuerySet) -> list[Ballot]:
    """Those of these ballots that count, with their applications held; not where the jury has decided."""
    counting = rows.counting()
    held = hold_applications(counting.values_list("application", flat=True))
    kept = counting.filter(application__in=held).select_for_update(of=("self",)).select_related("application")
    return list(kept.order_by("pk"))


def hold_applications(keys: Iterable[int]) -> list[Application]:
    """These applications, held until the transaction ends, without those that the jury has decided meanwhile."""
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=set(keys)).order_by("pk")
    held = list(rows.select_related("category"))
    closed = DecisionList.objects.filter(stage=DecisionList.Stage.PRIZE, closed_at__isnull=False)
    decided = set(closed.filter(category__in={one.category_id for one in held}).values_list("category", flat=True))
    return [one for one in held if one.category_id not in decided]


def end_ballots(ballots: Iterable[Ballot], *, reason: str, at: datetime) -> None:
    """Take these ballots away: they do not count any more, and stay in the file; standings follow."""
    touched = {}
    for ballot in ballots:
        ballot.ended_at, ballot.ended_reason = at, reason
        ballot.save(update_fields=["ended_at", "ended_reason", "updated_at"])
        touched[ballot.application_id] = ballot.application
    for _pk, application in sorted(touched.items()):
        restand(application, at)


def leave_teams(juror: Juror, visits: QuerySet[Visit]) -> None:
    """The juror goes on none of these visits that is still to come; who visited stays in the file."""
    for visit in visits.filter(state=Visit.State.PLANNED, team=juror):
        visit.team.remove(juror)


def _near(juror: Juror) -> Iterable[int]:
    """What the rules keep from this juror in the own categories."""
    received = Application.objects.received().filter(category__in=juror.categories.all())
    return received.filter(blocked(juror.user)).values_list("pk", flat=True)


def _exclude(juror: Juror, near: list[Application], at: datetime) -> int:
    known = set(Exclusion.objects.filter(juror=juror).values_list("application", "kind"))
    own = _offices_of(juror.user)
    kinds = ((one, Kind.OWN_OFFICE if one.office_id in own else Kind.REGION) for one in near)
    missing = [(one, kind) for one, kind in kinds if (one.pk, kind) not in known]
    for application, kind in missing:
        Exclusion.objects.create(juror=juror, application=application, kind=kind, made_at=at)
        record(application, "jury.exclude", by=None, juror=juror.sign, kind=kind)
    end_ballots(open_ballots(Ballot.objects.filter(juror=juror, application__in=near)), reason=EXCLUDED, at=at)
    if missing:
        leave_teams(juror, Visit.objects.filter(application__in=near))
    return len(missing)


def _offices_of(user: User) -> set[int | None]:
    """The offices where the person holds or held a role."""
    return set(Membership.objects.filter(user=user, office__isnull=False).values_list("office", flat=True))
