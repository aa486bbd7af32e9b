"""Visits of the jury: planned, changed, called off, reported on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.awards.models import Application
from qms.awards.queries.people import heads_of
from qms.awards.services.holding import held_application
from qms.core.audit import record
from qms.core.letters import Draft
from qms.core.services import post_letter
from qms.jury.domain.visiting import Plan, Report
from qms.jury.letters import visits as letters
from qms.jury.models import AgendaItem, Visit, VisitNote
from qms.jury.queries.closing import is_decided
from qms.jury.queries.visits import WITH, agenda_of, scored_sections, standing_visit, who_may_visit
from qms.lifecycle import Refused, gettext_noop

from .exclusions import exclude_by_rule

State = Visit.State
NOT_RECEIVED = gettext_noop("The office has withdrawn this application.")
DECIDED = gettext_noop("The jury has decided this category. Nothing that counted changes any more.")
HELD = gettext_noop("The visit was held already. It cannot be changed.")
OFF = gettext_noop("The visit was called off.")
STALE = gettext_noop("Somebody saved the visit meanwhile. Compare both states below, then save again.")
PASSED = gettext_noop("Choose a moment that is still to come.")
BACKWARDS = gettext_noop("The visit ends before it begins.")
NOBODY = gettext_noop("Choose at least one juror who may visit this office.")
NO_REASON = gettext_noop("Write the reason.")
TOO_SOON = gettext_noop("The visit has not begun yet. You can save the report, and close it afterwards.")
NO_REPORT = gettext_noop("Write what was seen on the whole.")
WITHDRAWN = gettext_noop("The office has withdrawn its application.")
NO_JURORS = gettext_noop("The jury cannot make this visit.")
"""These two are kept in English with the visit; pages, letters and protocols translate them for their readers."""


@transaction.atomic
def plan_visit(application: Application, *, plan: Plan, version: int, by: User, at: datetime) -> Visit:
    """A visit to the office, or the changed one; `version` is the one that the page was made from, 0 for none."""
    exclude_by_rule(application.category.round, at)  # first: it holds the seats, then the applications
    held = held_application(application)
    _require_open(held)
    known = standing_visit(held)
    visit = _locked(known) if known is not None else Visit(application=held, planned_by=by, version=0)
    if visit.state != State.PLANNED:
        raise Refused(HELD)
    if version != visit.version:
        raise Refused(STALE)
    team = _checked(visit, plan, held, at)
    was = _told(visit) if known is not None else None
    visit.starts_at, visit.ends_at = plan.starts_at, plan.ends_at
    visit.place, visit.message, visit.version = plan.place.strip(), plan.message.strip(), visit.version + 1
    visit.save()
    visit.team.set(team)
    _set_agenda(visit, plan)
    record(visit, "jury.change_visit" if known is not None else "jury.plan_visit", by=by)
    if was is None:
        _tell(letters.visit_planned, visit, by=by)
    elif was != _told(visit):
        _tell(letters.visit_changed, visit, by=by)
    return visit


@transaction.atomic
def cancel_visit(visit: Visit, *, reason: str, by: User) -> Visit:
    """Call a planned visit off; everybody gets the reason."""
    held_application(visit.application)  # so that nothing is decided meanwhile
    held = _locked(visit)
    _require_planned(held)
    if not reason.strip():
        raise Refused(NO_REASON)
    held.state, held.cancelled_reason, held.version = State.CANCELLED, reason.strip(), held.version + 1
    held.save(update_fields=["state", "cancelled_reason", "version", "updated_at"])
    record(held, "jury.cancel_visit", by=by)
    _tell(letters.visit_cancelled, held, by=by)
    return held


def end_with_application(application: Application, by: User, _at: datetime) -> None:
    """Call off what is planned for an office that takes its application back."""
    _end(application, reason=WITHDRAWN, by=by)


def end_visits(application: Application, *, by: User) -> None:
    """Call off what is planned where nobody is left to judge; the office learns no more before the embargo ends."""
    _end(application, reason=NO_JURORS, by=by)


@transaction.atomic
def write_report(visit: Visit, *, report: Report, version: int, closes: bool, by: User, at: datetime) -> Visit:
    """Save what was seen; closed, the visit counts as held."""
    held_application(visit.application)  # so that nothing is decided meanwhile
    held = _locked(visit)
    if held.state == State.CANCELLED:
        raise Refused(OFF)
    if is_decided(held.application.category):
        raise Refused(DECIDED)
    if version != held.version:
        raise Refused(STALE)
    if closes and held.starts_at > at:
        raise Refused(TOO_SOON)
    if (closes or held.state == State.HELD) and not report.text.strip():
        raise Refused(NO_REPORT)
    held.report, held.reported_by, held.reported_at = report.text.strip(), by, at
    held.version += 1
    held.state = State.HELD if closes else held.state
    held.save(update_fields=["report", "reported_by", "reported_at", "version", "state", "updated_at"])
    known = {one.pk for one in scored_sections(held.application.category)}
    for one in report.seen:
        if one.section in known:
            facts = {"verdict": one.verdict, "text": one.text.strip()}
            VisitNote.objects.update_or_create(visit=held, section_id=one.section, defaults=facts)
    record(held, "jury.hold_visit" if closes else "jury.report_visit", by=by)
    return held


def _end(application: Application, *, reason: str, by: User) -> None:
    for visit in Visit.objects.filter(application=application, state=State.PLANNED):
        cancel_visit(visit, reason=reason, by=by)


def _locked(visit: Visit) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related(*WITH)
    return rows.get(pk=visit.pk)


def _require_open(application: Application) -> None:
    if application.state not in (Application.State.SUBMITTED, Application.State.REOPENED):
        raise Refused(NOT_RECEIVED)
    if is_decided(application.category):
        raise Refused(DECIDED)


def _require_planned(visit: Visit) -> None:
    if visit.state == State.CANCELLED:
        raise Refused(OFF)
    if visit.state != State.PLANNED:
        raise Refused(HELD)


def _checked(visit: Visit, plan: Plan, application: Application, at: datetime) -> list[int]:
    """The team, or a refusal that says what is wrong with the plan."""
    if plan.starts_at <= at and plan.starts_at != visit.starts_at:
        raise Refused(PASSED)
    if plan.ends_at <= plan.starts_at:
        raise Refused(BACKWARDS)
    team = list(who_may_visit(application).filter(pk__in=plan.team).values_list("pk", flat=True))
    if not team:
        raise Refused(NOBODY)
    return team


def _set_agenda(visit: Visit, plan: Plan) -> None:
    visit.agenda.all().delete()
    points = sorted(plan.agenda, key=lambda one: one.starts)
    AgendaItem.objects.bulk_create(
        AgendaItem(visit=visit, position=place, starts=one.starts, title=one.title.strip(), section_id=one.section)
        for place, one in enumerate(points, start=1)
    )


def _told(visit: Visit) -> tuple[object, ...]:
    """What a reader of the plan goes by."""
    team = tuple(visit.team.order_by("pk").values_list("pk", flat=True))
    agenda = tuple((one.starts, one.title, one.section_id) for one in agenda_of(visit))
    return visit.starts_at, visit.ends_at, visit.place, visit.message, team, agenda


def _tell(letter: Callable[..., Draft], visit: Visit, *, by: User) -> None:
    """One letter for each head of the office and each juror of the team, except for who did it."""
    team = [one.user for one in who_may_visit(visit.application).filter(visits=visit)]
    readers = {one.pk: one for one in (*heads_of(visit.application.office), *team)}
    for reader in readers.values():
        if reader != by:
            post_letter(**letter(visit, to=reader).posted())
