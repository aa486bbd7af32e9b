"""A juror promises to be impartial, and says of each office whether something ties them to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.awards.models import Application
from qms.core.audit import record
from qms.jury.domain.declaring import Answer, Said
from qms.jury.models import Ballot, Declaration, Exclusion, Juror, Visit
from qms.jury.queries import access
from qms.lifecycle import Refused, gettext_noop

from .exclusions import end_ballots, exclude_by_rule, hold_applications, leave_teams, open_ballots

LEFT = gettext_noop("This seat in the jury is given up.")
PROMISE_FIRST = gettext_noop("First promise to be impartial.")
NOT_NOW = gettext_noop("Declarations are not taken at the moment. A conflict of interest you can declare at any time.")
NOT_NAMED = gettext_noop("This office is not named to you now. Declare the conflict when the next phase begins.")
NO_REASON = gettext_noop("Write what ties you to the office.")
DECIDED = gettext_noop("The jury has decided this category. Nothing that counted changes any more.")
ENDED = gettext_noop("The juror declared a conflict of interest.")


@transaction.atomic
def promise(juror: Juror, *, by: User, at: datetime) -> Juror:
    """Take the seat: promise to judge impartially and to keep what is read; said twice, the first time counts."""
    exclude_by_rule(juror.round, at)
    held = _held(juror)
    if held.accepted_at is not None:
        return held
    held.accepted_at = at
    held.save(update_fields=["accepted_at", "updated_at"])
    record(held, "jury.promise", by=by)
    return held


@transaction.atomic
def declare(juror: Juror, *, answers: Iterable[Answer], by: User, at: datetime) -> Said:
    """Write down what the juror says; what is no longer there, or was said already, is passed over."""
    exclude_by_rule(juror.round, at)  # first: it holds the seats in their order
    held = _held(juror)
    if held.accepted_at is None:
        raise Refused(PROMISE_FIRST)
    given = {one.application: one for one in answers}
    phase = access.phase_of(held.round, at)
    if not (phase and phase.may_declare) and not all(one.is_conflict for one in given.values()):
        raise Refused(NOT_NOW)
    named = access.named_to(by, at).filter(category__round=held.round_id, pk__in=given).exclude(access.blocked(by))
    done = set(Declaration.objects.filter(juror=held).values_list("application", flat=True))
    clear = conflicts = 0
    for application in named.order_by("pk"):
        answer = given[application.pk]
        if answer.is_conflict:
            conflicts += _exclude(held, application, reason=answer.reason, by=by, at=at)
        elif application.pk not in done and not _is_excluded(held, application):
            Declaration.objects.create(juror=held, application=application, made_at=at)
            clear += 1
    if clear:
        record(held, "jury.declare", by=by, count=clear)
    return Said(clear, conflicts)


@transaction.atomic
def declare_conflict(application: Application, *, reason: str, by: User, at: datetime) -> None:
    """Something ties the juror to the office after all: access ends at once, and what was scored does not count."""
    seat = access.seats_of(by).filter(round=application.category.round_id).first()
    if seat is None:
        raise Refused(LEFT)
    _exclude(_held(seat), application, reason=reason, by=by, at=at)


def _held(juror: Juror) -> Juror:
    held = Juror.objects.select_for_update(of=("self",)).select_related("round").get(pk=juror.pk)
    if held.left_at is not None:
        raise Refused(LEFT)
    return held


def _exclude(juror: Juror, application: Application, *, reason: str, by: User, at: datetime) -> int:
    if not reason.strip():
        raise Refused(NO_REASON)
    if not hold_applications([application.pk]):
        raise Refused(DECIDED)
    _row, is_new = Exclusion.objects.get_or_create(
        juror=juror,
        application=application,
        kind=Exclusion.Kind.DECLARED,
        defaults={"reason": reason.strip(), "made_at": at},
    )
    if not is_new:
        return 0
    own = Ballot.objects.filter(juror=juror, application=application)
    end_ballots(open_ballots(own), reason=ENDED, at=at)
    leave_teams(juror, Visit.objects.filter(application=application))
    # The reason stands in the exclusion alone: the history tells no more than that it was said.
    record(application, "jury.declare_conflict", by=by, juror=juror.sign)
    return 1


def _is_excluded(juror: Juror, application: Application) -> bool:
    return Exclusion.objects.filter(juror=juror, application=application).exists()
