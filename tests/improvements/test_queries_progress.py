"""What one action's page reads, what its people have to do, and how many reads that costs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qms.improvements import services
from qms.improvements.components.actions import Doing, chain_of, head_of, log_of, sources_of, steps_of, todo_of
from qms.improvements.components.money import money, spent_of
from qms.improvements.domain.journal import Moved, read_move
from qms.improvements.models import Action, Effect
from qms.improvements.queries.actions import action_view
from qms.improvements.queries.tasks_progress import progress_tasks_of
from tests.factories.improvements import make_action, make_finding, make_plan

Status = Action.Status
MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)
WORDS = st.sampled_from([status.value for status in Status])


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


@pytest.fixture
def action(plan, lena, boris):
    return make_action(plan, by=lena, owner=boris, status=Status.IN_PROGRESS)


def fill(action, by, count):
    for number in range(count):
        found = make_finding(action.plan.office, by=by, key=f"low:{number}", node="6.1", framework="caf-2020", score=38)
        action.findings.add(found)
        action.nodes.create(framework="caf-2020", node=f"6.{number + 1}")
        action.helpers.add(by)
        services.report(action, text=f"Line {number}", by=by, on=timezone.localdate())
        services.save_communication(action, said="a", done="b", by=by)
    services.save_tasks(action, lines=[services.TaskLine(f"Task {n}", by) for n in range(count)], by=by)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_action_costs_the_same_reads_however_much_hangs_on_it(
    action, lena, count, django_assert_num_queries
):
    fill(action, lena, count)
    full = Doing(*[True] * 8)

    with django_assert_num_queries(9):
        view = action_view(action, on=date(2026, 3, 10))
        parts = (head_of(view, full), chain_of(view), sources_of(view, links=True), todo_of(view, ticks=True))
        shown = log_of(view, opens_files=True)
    assert (len(view.sources), len(view.tasks), len(view.log), len(shown.lines)) == (count,) * 4
    assert all(parts)


def test_the_log_is_told_newest_first_in_the_readers_words(action, boris):
    services.report(action, text="Ten letters.", by=boris, on=timezone.localdate() - timedelta(days=5), progress=40)
    services.move_action(action, to="stopped", version=1, by=boris, at=timezone.now(), reason="No money.")

    view = action_view(action, on=timezone.localdate())
    lines = [(one.text, one.remark, one.who) for one in log_of(view, opens_files=False).lines]
    assert lines == [
        ("Stopped (before: In progress)", "No money.", boris.name),
        ("Ten letters.", "Progress: 40%", boris.name),
    ]


def test_the_chain_goes_from_the_finding_through_the_plan_to_what_is_next(action, office, lena):
    for number, score in enumerate((38, 41, 45)):
        action.findings.add(
            make_finding(
                office,
                by=lena,
                key=f"low:{number}",
                node=f"6.{number}",
                score=score,
                scale="0\u2013100",
                instrument="CAF",
            )
        )

    steps = [(step.over, step.words, step.kind) for step in chain_of(action_view(action, on=date(2026, 3, 10))).steps]
    assert steps == [
        ("CAF", "6.0: 38 of 100", ""),
        ("CAF", "6.1: 41 of 100", ""),
        ("Further", "1 more finding", ""),
        ("Improvement plan", "D-1, In progress", "now"),
        ("Next", "finish by 30 June 2026, then measure", "next"),
    ]


def test_the_chain_of_a_measured_action_ends_with_its_verdict(action, boris):
    Action.objects.update(status="done")
    Effect.objects.create(action=action, verdict="improved", stated_by=boris, stated_at=MARCH)

    steps = chain_of(action_view(action, on=date(2026, 3, 10))).steps
    assert [(step.over, step.kind) for step in steps[2:]] == [("Effect", "now"), ("Next", "next")]
    assert (steps[1].kind, steps[-1].words) == ("", "a good practice for other offices")


def test_steps_are_those_of_the_order_that_the_person_may_take(action, plan, lena):
    proposed = make_action(plan, by=lena)
    works, directs = Doing(moves=True), Doing(approves=True)

    assert [to for to, _said in steps_of(action, works)] == ["done", "postponed", "stopped"]
    assert [to for to, _said in steps_of(proposed, works)] == ["stopped"]
    assert [to for to, _said in steps_of(proposed, directs)] == ["approved"]
    assert steps_of(action, Doing()) == ()


# --- My tasks ---------------------------------------------------------------------------------------------------------


def kinds(user):
    return [(task.kind, task.text, task.is_late) for task in progress_tasks_of(user, MARCH)]


def on(day):
    return MARCH.date() + timedelta(days=day)


def test_actions_to_begin_due_and_late_ones_are_tasks_of_who_works_on_them(plan, lena, boris, clara):
    more = {"by": lena, "owner": boris, "due_on": on(90)}
    make_action(plan, **more, title="Begins", status="approved", start_on=on(3))
    make_action(plan, **more, title="Far", status="approved", start_on=on(30))
    make_action(plan, **more, title="Runs", status="in_progress")
    late = make_action(plan, **more | {"due_on": on(-1), "start_on": on(-9)}, title="Late", status="in_progress")
    make_action(plan, **more | {"due_on": on(14), "start_on": on(1)}, title="Due", status="approved")
    make_action(plan, **more | {"due_on": on(15)}, title="Later", status="in_progress")
    late.helpers.add(clara)

    assert kinds(boris) == [
        ("action_begin", "Begin the action D-1 Begins", False),
        ("action_due", "Finish the action D-4 Late", True),
        ("action_due", "Finish the action D-5 Due", False),
    ]
    assert kinds(clara) == [("action_due", "Finish the action D-4 Late", True)]
    assert kinds(lena) == []


def test_a_finished_action_without_an_effect_is_a_task_of_its_owner_and_of_the_lead(plan, lena, boris, clara, ana):
    done = make_action(plan, by=lena, owner=boris, title="Letters", status="done")
    done.helpers.add(clara)

    said = [("action_effect", "State the effect of D-1 Letters", False)]
    assert (kinds(boris), kinds(lena), kinds(clara), kinds(ana)) == (said, said, [], [])
    Effect.objects.create(action=done, verdict="improved", stated_by=boris, stated_at=MARCH)
    assert kinds(boris) == []


@pytest.mark.parametrize("stage", ["draft", "approval", "closed"])
def test_nothing_is_to_be_done_in_plans_that_do_not_run(office, lena, boris, stage):
    make_action(make_plan(office, by=lena, stage=stage), by=lena, owner=boris, status="approved", due_on=on(1))
    assert kinds(boris) == []


def test_who_left_the_office_has_nothing_to_do_there(plan, lena, boris):
    make_action(plan, by=lena, owner=boris, status="in_progress", due_on=on(1))
    make_action(plan, by=lena, owner=boris, status="done")
    boris.memberships.update(is_active=False)
    assert kinds(boris) == []


@pytest.mark.parametrize("count", [1, 3])
def test_my_tasks_cost_the_same_reads_however_many_they_are(plan, lena, boris, count, django_assert_num_queries):
    for _number in range(count):
        make_action(plan, by=lena, owner=boris, status="in_progress", due_on=on(1))
        make_action(plan, by=lena, owner=boris, status="done")
    kinds(boris)
    with django_assert_num_queries(3):
        assert len(kinds(boris)) == 2 * count


# --- Words ------------------------------------------------------------------------------------------------------------


@given(before=WORDS, after=WORDS, reason=st.text().map(str.strip))
def test_what_the_log_keeps_of_a_move_is_read_back(before, after, reason):
    assert read_move(Moved(before, after, reason).line) == Moved(before, after, reason)


def test_sums_are_written_with_hundredths_only_where_there_are_some():
    assert [money(one, "PLN") for one in (Decimal("8400.00"), Decimal("1200.50"))] == [
        "8,400\u00a0zł",
        "1,200.50\u00a0zł",
    ]
    assert spent_of(Decimal(8400), Decimal(9000), "EUR") == "8,400 / 9,000\u00a0€"
    assert (spent_of(None, None, "PLN"), spent_of(None, Decimal(9), "PLN")) == ("", "9\u00a0zł")
