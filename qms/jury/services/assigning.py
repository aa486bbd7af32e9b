"""Ballots are given out: all at once and balanced, or one by hand; and taken away with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qms.accounts.models import User
from qms.awards.models import Application, Category
from qms.core.audit import record
from qms.jury.models import Ballot, Juror, Shortage
from qms.jury.queries.assigning import panel_of, plan_of, was_opened
from qms.jury.queries.closing import is_decided
from qms.lifecycle import Refused, gettext_noop

from .exclusions import end_ballots, exclude_by_rule, hold_applications, hold_seats
from .standing import restand

DECIDED = gettext_noop("The jury has decided this category. Who scored what stays as it is.")
SEALED = gettext_noop("Applications are sealed until the round closes.")
NO_REASON = gettext_noop("The numbers of this application were open already. Write why a juror is added now.")


@transaction.atomic
def assign_applications(category: Category, *, seen: str, by: User, at: datetime) -> int:
    """Write the proposal that the organiser has seen (`Plan.digest`); how many ballots were made."""
    hold_category(category, at)
    plan = plan_of(category)
    if plan.digest != seen:
        raise Refused(gettext_noop("Something changed meanwhile. Look at the new proposal before you assign."))
    Ballot.objects.bulk_create(
        Ballot(juror_id=juror, application_id=application, is_automatic=True, assigned_by=by, assigned_at=at)
        for application, juror in plan.proposal.pairs
    )
    for pk in sorted({application for application, _juror in plan.proposal.pairs}):
        lift_shortage(plan.applications[pk], by=by)
        restand(plan.applications[pk], at)
    record(category, "jury.assign", by=by, ballots=len(plan.proposal.pairs), short=len(plan.proposal.short))
    return len(plan.proposal.pairs)


@transaction.atomic
def add_ballot(application: Application, *, juror: Juror, by: User, at: datetime, late_reason: str = "") -> Ballot:
    """Ask one more juror to score the application; its numbers wait for this ballot too.

    Where they were open already, it needs a reason: the ballot bears it, in the protocol too.
    """
    hold_category(application.category, at)
    held = Application.objects.get(pk=application.pk)
    if held.state not in (Application.State.SUBMITTED, Application.State.REOPENED):
        raise Refused(gettext_noop("The application is not submitted."))
    if juror.pk not in {seat.pk for seat in panel_of(application).free}:
        raise Refused(gettext_noop("%(juror)s cannot score this application."), juror=juror.sign)
    is_late = was_opened(held)
    late_reason = late_reason.strip() if is_late else ""
    if is_late and not late_reason:
        raise Refused(NO_REASON)
    ballot = Ballot.objects.create(
        juror=juror, application=held, assigned_by=by, assigned_at=at, late_reason=late_reason
    )
    lift_shortage(held, by=by)
    restand(held, at)
    late: dict[str, Any] = {"reason": late_reason} if late_reason else {}
    record(held, "jury.add_ballot", by=by, juror=juror.sign, **late)
    return ballot


@transaction.atomic
def end_ballot(ballot: Ballot, *, reason: str, by: User, at: datetime) -> Ballot:
    """Take a ballot away: access ends, what was scored stays in the file and does not count."""
    application = ballot.application
    hold_category(application.category, at)
    held = Ballot.objects.select_for_update(of=("self",)).select_related("application", "juror").get(pk=ballot.pk)
    if held.ended_at is not None:
        raise Refused(gettext_noop("This ballot was taken away already."))
    end_ballots([held], reason=reason, at=at)
    record(application, "jury.end_ballot", by=by, juror=held.juror.sign, reason=reason)
    return held


def lift_shortage(application: Application, *, by: User) -> bool:
    """Take back that there are too few jurors, where that was stated; the history keeps it."""
    deleted, _by_model = Shortage.objects.filter(application=application).delete()
    if deleted:
        record(application, "jury.lift_shortage", by=by)
    return bool(deleted)


def hold_category(category: Category, at: datetime) -> None:
    """Lock the pool and the applications, so that nobody assigns or decides meanwhile; then exclude by rule."""
    if not category.round.is_closed(at):
        raise Refused(SEALED)
    hold_seats(category.round)
    hold_applications(category.applications.values_list("pk", flat=True))
    if is_decided(category):
        raise Refused(DECIDED)
    exclude_by_rule(category.round, at)
