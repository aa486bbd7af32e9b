"""The example assessments, walked through the real services with moments of their own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.assessments import services
from qms.assessments.models import Assessment
from qms.demo.domain import material
from qms.demo.services.assessment_agreements import settle_nodes
from qms.demo.services.assessment_cases import Case, case_of
from qms.demo.services.assessment_groups import add_evidence, seat_members
from qms.demo.services.assessment_sheets import fill_sheets
from qms.frameworks.models import Edition
from qms.offices.models import Office

Say = Callable[[str], None]
EDITION, PANEL = "caf-2020", "fine-tuned"


def build_assessments(*, at: dt.datetime, say: Say) -> None:
    """Every planned assessment that is not here yet."""
    edition = Edition.objects.published().get(code=EDITION)
    offices = {office.slug: office for office in Office.objects.all()}
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    year = _present_year(at)
    built: dict[str, Assessment] = {}
    for plan in material.read("assessments/plan"):
        office = offices[plan["office"]]
        already = Assessment.objects.filter(office=office, year=year + plan["year"], edition=edition).first()
        if already:
            built[plan["key"]] = already
            continue
        team = {person.key: users[person.email] for person in material.people() if person.office == office.slug}
        case = case_of(plan, office, team, year=year, at=at)
        with transaction.atomic(), translation.override(office.language):
            built[plan["key"]] = _build(case, edition, previous=built.get(plan.get("previous", "")))
        say(f"{office.short_name} {year + plan['year']}: {built[plan['key']].stage}")


def _present_year(at: dt.datetime) -> int:
    """The year of the present cycle: that of the first load, so that a later load finds everything again."""
    first = material.read("assessments/plan")[0]
    earlier = Assessment.objects.filter(office__slug=first["office"]).order_by("pk").first()
    return earlier.year - first["year"] if earlier else timezone.localtime(at).year


def _build(case: Case, edition: Edition, *, previous: Assessment | None) -> Assessment:
    assessment = _open(case, edition, previous)
    case.evidence = add_evidence(case)
    members = seat_members(case, assessment)
    fill_sheets(case, assessment, members)
    if case.plan["until"] == "individual":
        return _again(assessment)
    settle_nodes(case, assessment, members)
    if case.plan["until"] == "consensus":
        return _again(assessment)
    sent_at = case.calendar.talk + dt.timedelta(days=2)
    with case.as_of(sent_at):
        services.send_to_approval(assessment, by=case.chair, at=sent_at)
    if case.plan["until"] == "approved":
        approved_at = case.calendar.approved
        with case.as_of(approved_at):
            services.approve(assessment, by=case.people["director"], at=approved_at)
    return _again(assessment)


def _open(case: Case, edition: Edition, previous: Assessment | None) -> Assessment:
    calendar = case.calendar
    opened = calendar.opened - dt.timedelta(days=3)
    with case.as_of(opened):
        assessment = services.open_assessment(
            case.office,
            edition=edition,
            panel=PANEL,
            title=case.facts["assessment"]["title"],
            year=case.year,
            by=case.lead,
            individual_due_at=calendar.due,
            consensus_on=calendar.consensus,
            approve_by=calendar.approve,
            benchmark_consent=Assessment.Consent.ANONYMOUS,
            previous=previous,
            group_name=case.facts["assessment"]["group"],
        )
    # The cycle's first step bears the day on which the office decided to begin.
    Assessment.objects.filter(pk=assessment.pk).update(created_at=opened)
    return assessment


def _again(assessment: Assessment) -> Assessment:
    return Assessment.objects.get(pk=assessment.pk)
