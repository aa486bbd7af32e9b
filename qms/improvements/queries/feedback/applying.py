"""With which self-assessment an office may apply, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from qms.assessments.models import Assessment
from qms.improvements.domain.feedback import Scheme
from qms.improvements.models import Feedback, Plan
from qms.offices.models import Office

RUNNING = (Plan.Stage.APPROVED, Plan.Stage.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved self-assessment, the plan that answers it, and the days between which one may apply."""

    assessment: Assessment
    plan: Plan | None
    opens_on: date
    closes_on: date
    taken: Feedback | None
    on: date

    @property
    def state(self) -> str:
        """Why one may not apply with it: "taken", "early", "late", "planless"; "open" where one may."""
        if self.taken is not None:
            return "taken"
        if self.on < self.opens_on:
            return "early"
        if self.on > self.closes_on:
            return "late"
        return "planless" if self.plan is None else "open"


def candidates_of(office: Office, scheme: Scheme, *, on: date) -> tuple[Candidate, ...]:
    """The approved self-assessments of the whole office or its units, the latest first."""
    assessments = Assessment.objects.approved().filter(office=office).order_by("-approved_at", "-pk")
    plans = list(Plan.objects.filter(office=office, stage__in=RUNNING).order_by("-approved_at", "-pk"))
    taken = {
        each.assessment_id: each
        for each in Feedback.objects.filter(office=office).exclude(stage=Feedback.Stage.WITHDRAWN)
    }
    return tuple(_candidate(each, plans, taken.get(each.pk), scheme, on) for each in assessments)


def _candidate(
    assessment: Assessment, plans: list[Plan], taken: Feedback | None, scheme: Scheme, on: date
) -> Candidate:
    approved_at = assessment.approved_at
    assert approved_at is not None  # noqa: S101  the database keeps it so
    approved_on = timezone.localdate(approved_at)
    answering = [plan for plan in plans if plan.assessment_id == assessment.pk]
    # A plan that names no self-assessment serves the one after which it was approved.
    free = [
        plan
        for plan in plans
        if plan.assessment_id is None and plan.approved_at is not None and plan.approved_at >= approved_at
    ]
    plan = next(iter([*answering, *free]), None)
    periods = scheme.periods
    return Candidate(assessment, plan, periods.opens_on(approved_on), periods.closes_on(approved_on), taken, on)
