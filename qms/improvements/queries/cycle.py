"""How far an office has come on the ten steps, and its clock of external feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from qms.assessments.models import Assessment, Member
from qms.improvements.domain.clock import Periods, Window, periods_of, window_after
from qms.improvements.domain.cycle import Fact, Mark, Standing, standings
from qms.improvements.models import Action, Communication, CycleMark, Feedback, FeedbackScheme, Plan
from qms.offices.models import Office

CAF = "caf"
ClockState = Literal["no_scheme", "no_report", "applied", "early", "open", "closing", "over"]


@dataclass(frozen=True, slots=True)
class Clock:
    """When the office may apply for external feedback, whether it did, and how long its label holds."""

    state: ClockState
    today: date
    window: Window | None = None
    feedback: Feedback | None = None
    label: Feedback | None = None
    label_is_ending: bool = False

    @property
    def days_left(self) -> int:
        """Days to the end of the window."""
        return 0 if self.window is None else self.window.days_left(self.today)


@dataclass(frozen=True, slots=True)
class CycleView:
    """One cycle of an office: its assessment and plan, the ten steps, the earlier cycles, the clock."""

    office: Office
    today: date
    assessment: Assessment | None
    plan: Plan | None
    steps: tuple[Standing, ...]
    cycles: tuple[Assessment, ...]
    clock: Clock

    @property
    def is_latest(self) -> bool:
        """Whether it is the office's present cycle."""
        return self.assessment is None or self.assessment == self.cycles[0]

    @property
    def number(self) -> int:
        """Which cycle of the office it is; the first is 1."""
        if self.assessment is None:
            return 1
        return len(self.cycles) - self.cycles.index(self.assessment)


def cycles_of(office: Office) -> QuerySet[Assessment]:
    """The office's self-assessments, the latest first; each is a cycle."""
    return Assessment.objects.filter(office=office, unit="").order_by("-created_at", "-pk").select_related("edition")


def cycle_view(office: Office, at: datetime, *, assessment: Assessment | None = None) -> CycleView:
    """The office's present cycle, or the one of this assessment."""
    cycles = tuple(cycles_of(office))
    here = assessment or (cycles[0] if cycles else None)
    following = None if here is None else _following(here, cycles)
    plan = None if here is None else _plan_of(here, following)
    facts = {} if here is None else facts_of(here, plan, following)
    marks = marks_of(office, here, is_first=bool(cycles) and here == cycles[-1])
    today = timezone.localdate(at)
    return CycleView(office, today, here, plan, standings(facts, marks), cycles, clock_of(office, at))


def marks_of_cycle(office: Office, assessment: Assessment | None) -> dict[int, Mark]:
    """What people noted at the steps of the cycle of this assessment, or of the one to come."""
    first = None if assessment is None else cycles_of(office).last()
    return marks_of(office, assessment, is_first=assessment is not None and assessment == first)


def marks_of(office: Office, assessment: Assessment | None, *, is_first: bool = False) -> dict[int, Mark]:
    """What people noted at the steps; notes from before the first self-assessment belong to the first cycle."""
    wanted = CycleMark.objects.filter(office=office, assessment=assessment)
    if is_first:
        wanted |= CycleMark.objects.filter(office=office, assessment=None)
    found: dict[int, Mark] = {}
    # Notes without a self-assessment come first, so that later ones take their place.
    for mark in sorted(wanted, key=lambda mark: mark.assessment_id or 0):
        found[mark.step] = Mark(mark.done_on, mark.planned_on, mark.note)
    return found


def facts_of(assessment: Assessment, plan: Plan | None, following: Assessment | None) -> dict[int, Fact]:
    """What the platform itself knows of each step of this cycle."""
    stage = Assessment.Stage
    composed = Member.objects.present().filter(assessment=assessment).exists()
    facts = {
        1: Fact(done_on=_day(assessment.created_at)),
        3: Fact(done_on=_day(assessment.started_at), begun=composed),
        5: Fact(
            done_on=_day(assessment.sent_at) if assessment.stage in (stage.APPROVAL, stage.APPROVED) else None,
            begun=assessment.started_at is not None,
            planned_on=assessment.consensus_on or _day(assessment.individual_due_at),
        ),
        6: Fact(
            done_on=_day(assessment.approved_at),
            begun=assessment.stage == stage.APPROVAL,
            planned_on=assessment.approve_by,
        ),
        10: Fact(done_on=None if following is None else _day(following.created_at)),
    }
    return facts | ({} if plan is None else _facts_of_plan(plan))


def clock_of(office: Office, at: datetime, *, periods: Periods | None = None) -> Clock:
    """The clock of the office's last approved CAF report; without a scheme it stands still."""
    today = timezone.localdate(at)
    periods = periods or current_periods()
    if periods is None:
        return Clock("no_scheme", today)
    label = Feedback.objects.labelled(today).filter(office=office).order_by("-valid_until").first()
    ending = label is not None and _days_until(label, today) <= periods.remind_days_before
    report = last_report(office)
    if report is None or report.approved_at is None:
        return Clock("no_report", today, label=label, label_is_ending=ending)
    window = window_after(timezone.localdate(report.approved_at), periods)
    feedback = Feedback.objects.filter(assessment=report).exclude(stage=Feedback.Stage.WITHDRAWN).first()
    applied = feedback is not None and feedback.stage != Feedback.Stage.DRAFT
    state: ClockState = "applied" if applied else window.state(today)
    return Clock(state, today, window, feedback, label, ending)


def current_periods() -> Periods | None:
    """The periods of the scheme that is current; none where no scheme is set."""
    return periods_of(FeedbackScheme.objects.filter(is_current=True).values_list("content", flat=True).first())


def last_report(office: Office) -> Assessment | None:
    """The approved CAF self-assessment of the whole office whose report is the newest."""
    reports = Assessment.objects.approved().of_whole_offices().filter(office=office, edition__framework__code=CAF)
    return reports.order_by("-approved_at", "-pk").first()


def offices_with_clocks() -> QuerySet[Office]:
    """Active offices with an approved CAF report or a label, which is where a clock runs."""
    reports = Assessment.objects.approved().of_whole_offices().filter(edition__framework__code=CAF)
    labels = Feedback.objects.filter(has_label=True)
    offices = Office.objects.active()
    return (offices.filter(pk__in=reports.values("office")) | offices.filter(pk__in=labels.values("office"))).order_by(
        "pk"
    )


def _facts_of_plan(plan: Plan) -> dict[int, Fact]:
    told = Communication.objects.filter(action__plan=plan).aggregate(first=Min("told_on"), written=Min("created_at"))
    last_due = Action.objects.open().filter(plan=plan).aggregate(last=Max("due_on"))["last"]
    return {
        7: Fact(done_on=_day(plan.approved_at), begun=True),
        8: Fact(done_on=told["first"] or _day(told["written"])),
        9: Fact(
            done_on=_day(plan.closed_at),
            begun=plan.stage == Plan.Stage.UNDER_WAY,
            planned_on=last_due if plan.is_approved else None,
        ),
    }


def _plan_of(assessment: Assessment, following: Assessment | None) -> Plan | None:
    # A plan that names no self-assessment belongs to the cycle in which it was begun.
    begun = Q(assessment=None, office=assessment.office_id, created_at__gte=assessment.created_at)
    if following is not None:
        begun &= Q(created_at__lt=following.created_at)
    plans = Plan.objects.filter(Q(assessment=assessment) | begun)
    return plans.order_by(F("assessment").asc(nulls_last=True), "-created_at", "-pk").first()


def _following(assessment: Assessment, cycles: tuple[Assessment, ...]) -> Assessment | None:
    place = cycles.index(assessment)
    return cycles[place - 1] if place else None


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else timezone.localdate(moment)


def _days_until(label: Feedback, today: date) -> int:
    return 0 if label.valid_until is None else (label.valid_until - today).days
