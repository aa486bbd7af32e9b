"""How far an office is, and what its clock says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qms.assessments.models import Assessment
from qms.core.models import Letter
from qms.frameworks.models import Framework
from qms.improvements.models import Communication, CycleMark, Feedback, FeedbackScheme
from qms.improvements.queries.cycle import clock_of, cycle_view, offices_with_clocks
from qms.improvements.queries.tasks_cycle import cycle_tasks_of
from qms.improvements.services import reminders
from tests.factories.assessments import make_assessment
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db

APPROVED = datetime(2026, 3, 2, 9, tzinfo=UTC)
PERIODS = {"apply_from_months": 6, "apply_until_months": 12, "label_months": 24, "remind_days_before": 60}
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def scheme(db):
    return FeedbackScheme.objects.create(code="pef", content={"periods": PERIODS}, sha256="0" * 64, is_current=True)


@pytest.fixture
def assessment(office, lena):
    made = make_assessment(office, by=lena, title="CAF 2026")
    Framework.objects.update(code="caf")
    return made


def put(assessment, **fields):
    Assessment.objects.filter(pk=assessment.pk).update(**fields)
    assessment.refresh_from_db()
    return assessment


def approve(assessment, at=APPROVED):
    return put(assessment, stage="approved", approved_at=at, sent_at=at, started_at=at - timedelta(days=60))


def states(office, at=NOW, **more):
    return [one.state for one in cycle_view(office, at, **more).steps]


def test_office_without_a_self_assessment_stands_before_the_first_step(office):
    view = cycle_view(office, NOW)

    assert (view.assessment, view.number, view.is_latest) == (None, 1, True)
    assert states(office) == ["next", *["planned"] * 9]


def test_notes_from_before_the_first_self_assessment_stand_at_its_steps(office, lena):
    CycleMark.objects.create(office=office, step=2, done_on=date(2026, 1, 5), note="Staff meeting")
    make_assessment(office, by=lena)

    assert states(office)[:3] == ["done", "done", "next"]


def test_steps_follow_the_self_assessment(office, assessment):
    put(assessment, started_at=APPROVED, stage="individual", consensus_on=date(2026, 4, 1))
    view = cycle_view(office, NOW)

    assert [one.state for one in view.steps][:6] == ["done", "missed", "done", "missed", "now", "next"]
    assert view.steps[4].planned_on == date(2026, 4, 1)


def test_steps_follow_the_plan_and_what_was_told(office, assessment, lena):
    plan = make_plan(office, by=lena, assessment=approve(assessment), stage="under_way")
    action = make_action(plan, by=lena, status="in_progress", due_on=date(2027, 1, 31))
    Communication.objects.create(action=action, said="Long queues", done="New hours", told_on=date(2026, 5, 4))
    view = cycle_view(office, NOW)

    assert [one.state for one in view.steps][4:] == ["done", "done", "done", "done", "now", "next"]
    assert view.steps[7].done_on == date(2026, 5, 4)
    assert (view.steps[8].planned_on, view.plan) == (date(2027, 1, 31), plan)


def test_next_cycle_ends_the_earlier_one_and_is_shown_first(office, assessment, lena):
    earlier = approve(assessment)
    later = make_assessment(office, by=lena, title="CAF 2028")

    assert cycle_view(office, NOW).assessment == later
    before = cycle_view(office, NOW, assessment=earlier)
    assert (before.is_latest, before.number, before.steps[9].state) == (False, 1, "done")


def test_clock_stands_still_without_a_scheme_and_without_a_report(office, assessment):
    assert clock_of(office, NOW).state == "no_scheme"
    FeedbackScheme.objects.create(code="pef", content={"periods": PERIODS}, sha256="0" * 64, is_current=True)
    assert clock_of(office, NOW).state == "no_report"


def test_clock_runs_from_the_approval_of_the_report(office, assessment, scheme):
    approve(assessment)
    days = (date(2026, 9, 1), date(2026, 9, 2), date(2027, 1, 1), date(2027, 3, 2), date(2027, 3, 3))

    at = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in days]
    assert [clock_of(office, one).state for one in at] == ["early", "open", "closing", "closing", "over"]


def test_clock_of_another_framework_does_not_run(office, assessment, scheme):
    approve(assessment)
    Framework.objects.update(code="efqm")

    assert clock_of(office, NOW).state == "no_report"
    assert list(offices_with_clocks()) == []


def feedback_of(office, assessment, scheme, lena, **fields):
    plan = make_plan(office, by=lena, assessment=assessment, stage="under_way")
    facts = {"scheme": scheme, "assessment": assessment, "plan": plan, "opened_by": lena, **fields}
    return Feedback.objects.create(office=office, **facts)


def test_clock_stops_when_the_office_has_applied_but_not_for_a_draft(office, assessment, scheme, lena):
    feedback = feedback_of(office, approve(assessment), scheme, lena)

    assert clock_of(office, NOW).state == "open"
    Feedback.objects.filter(pk=feedback.pk).update(stage="submitted")
    assert clock_of(office, NOW).state == "applied"


def test_lead_hears_once_when_the_window_opens_and_once_before_it_closes(office, assessment, scheme, lena):
    approve(assessment)
    begin = datetime(2026, 8, 25, 12, tzinfo=UTC)

    told = [day for day in range(200) if reminders.remind_of_clocks(at=begin + timedelta(days=day))]

    assert [begin.date() + timedelta(days=day) for day in told] == [date(2026, 9, 2), date(2027, 1, 1)]
    kinds = Letter.objects.filter(user=lena).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["improvements.clock_opens", "improvements.clock_closes"]
    assert "60 days are left" in Letter.objects.get(kind="improvements.clock_closes").text


def test_lead_hears_once_before_the_label_ends(office, assessment, scheme, lena):
    label = {"stage": "decided", "has_label": True, "valid_until": date(2027, 1, 20)}
    feedback_of(office, approve(assessment), scheme, lena, **label)

    assert [reminders.remind_of_clocks(at=NOW + timedelta(days=day)) for day in (-30, 0, 1)] == [0, 1, 0]
    assert "Jan. 20, 2027: 50 days are left" in Letter.objects.get(kind="improvements.clock_label").text


def test_lead_has_the_tasks_to_hand_over_and_to_apply(office, assessment, scheme, lena, boris, dora):
    plan = make_plan(office, by=lena, assessment=approve(assessment), stage="under_way")
    make_action(plan, by=lena, left_by=boris)
    make_action(plan, by=lena)

    told = cycle_tasks_of(lena, NOW)

    assert [(task.kind, task.office, task.due_at) for task in told] == [
        ("hand_over", office, None),
        ("clock", office, date(2027, 3, 2)),
    ]
    assert [cycle_tasks_of(reader, NOW) for reader in (boris, dora)] == [(), ()]


@pytest.mark.parametrize("count", [1, 3])
def test_track_asks_no_more_for_many_cycles(office, lena, scheme, count, django_assert_num_queries):
    for _ in range(count):
        made = approve(make_assessment(office, by=lena))
        make_action(make_plan(office, by=lena, assessment=made, stage="approved"), by=lena)

    with django_assert_num_queries(9):
        cycle_view(office, NOW)


def test_plan_that_names_no_self_assessment_belongs_to_the_cycle_in_which_it_was_begun(office, assessment, lena):
    loose = make_plan(office, by=lena)
    assert cycle_view(office, NOW).plan == loose

    later = make_assessment(office, by=lena)
    assert (cycle_view(office, NOW).plan, cycle_view(office, NOW, assessment=assessment).plan) == (None, loose)
    linked = make_plan(office, by=lena, assessment=later)
    make_plan(office, by=lena)
    assert cycle_view(office, NOW).plan == linked
