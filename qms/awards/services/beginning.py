"""Beginning an application, and who writes it from which report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.assessments.models import Assessment
from qms.awards import letters
from qms.awards.models import Application, Category, Round, Rule
from qms.awards.queries.eligibility import conditions_of
from qms.awards.queries.people import colleagues_who_may_write
from qms.awards.queries.reports import reports_for
from qms.core.audit import record
from qms.core.services import post_letter
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office

from .holding import held_application, require_open

if TYPE_CHECKING:
    from qms.accounts.models import User


@transaction.atomic
def begin_application(
    category: Category, office: Office, *, answers: Mapping[str, bool], by: User, at: datetime
) -> Application:
    """A draft of the office, once all conditions are met; the newest fitting report fills it."""
    # Held, so that the round does not go back into preparation meanwhile.
    held = Round.objects.select_for_update(of=("self",)).get(pk=category.round_id)
    if not held.receives(at):
        raise Refused(gettext_noop("The round does not take applications at the moment."))
    if not office.is_active:
        raise Refused(gettext_noop("Your office no longer works on this platform."))
    given = _answers(category, answers)
    if not all(one.met for one in conditions_of(category, office, given, at)):
        raise Refused(gettext_noop("Your office does not meet all conditions of this category."))
    application, is_new = Application.objects.get_or_create(
        category=category,
        office=office,
        defaults={"started_by": by, "eligibility": given, "assessment": reports_for(category, office).first()},
    )
    if not is_new:
        raise Refused(gettext_noop("Your office has an application in this category already."))
    record(application, "awards.begin", by=by, office_id=office.pk, category=category.slug)
    return application


def _answers(category: Category, answers: Mapping[str, bool]) -> dict[str, bool]:
    asked = category.rules.filter(kind=Rule.Kind.ANSWER).values_list("pk", flat=True)
    return {str(pk): answers.get(str(pk)) is True for pk in asked}


@transaction.atomic
def set_editors(application: Application, *, people: Collection[User], by: User) -> Application:
    """Who of the office writes the application beside its heads."""
    held = held_application(application)
    allowed = {one.pk for one in colleagues_who_may_write(held.office)}
    chosen = {one.pk for one in people}
    if not chosen <= allowed:
        raise Refused(gettext_noop("Choose people who work in your office."))
    before = set(held.editors.values_list("pk", flat=True))
    if before == chosen:
        return held
    held.editors.set(chosen)
    record(held, "awards.set_editors", by=by, office_id=held.office_id, people=sorted(chosen))
    for one in people:
        if one.pk not in before and one != by:
            post_letter(**letters.chosen(held, to=one).posted())
    return held


@transaction.atomic
def choose_report(application: Application, *, report: Assessment | None, by: User, at: datetime) -> Application:
    """Which approved report fills the application from now on; what was taken over stays as it is."""
    held = held_application(application)
    require_open(held, at)
    fitting = reports_for(held.category, held.office)
    if report is not None and not fitting.filter(pk=report.pk).exists():
        raise Refused(
            gettext_noop("Choose an approved self-assessment of your office by the framework of the category.")
        )
    if held.assessment_id == (report.pk if report is not None else None):
        return held
    held.assessment = report
    held.save(update_fields=["assessment", "updated_at"])
    record(held, "awards.choose_report", by=by, office_id=held.office_id, report=held.assessment_id)
    return held
