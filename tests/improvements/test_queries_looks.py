"""A plan with all its actions in a few queries."""

from datetime import date
from decimal import Decimal

import pytest

from qms.improvements.models import ActionNode, Effect
from qms.improvements.queries import plan_view
from tests.factories.assessments import MONDAY, make_edition
from tests.factories.improvements import make_action, make_finding, make_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
JUDGED = {"stakeholders": 5, "results": 4, "visibility": 5, "difficulty": 4, "resources": 5, "speed": 4}


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


def fill(plan, lena, boris, eva, size):
    make_edition()
    for number in range(size):
        action = make_action(plan, by=lena, owner=boris, status="in_progress", budget=100, spent=40, **JUDGED)
        action.helpers.add(eva)
        action.findings.add(make_finding(plan.office, by=lena, node="1.1", key=f"own:{plan.pk}-{number}"))
        ActionNode.objects.create(action=action, framework="small-2020", node="1.1")
        Effect.objects.create(action=action, verdict="improved", stated_by=lena, stated_at=MONDAY)


@pytest.mark.parametrize("size", [1, 3])
def test_a_plan_asks_as_much_for_one_action_as_for_many(plan, lena, boris, eva, size, django_assert_num_queries):
    fill(plan, lena, boris, eva, size)
    plan_view(plan, on=TODAY)  # fills what a process remembers of the framework

    with django_assert_num_queries(6):
        view = plan_view(plan, on=TODAY)
        said = [
            (row.action.plan.title, row.owner, row.nodes, row.criteria, row.sources[0].title, row.effect.verdict)
            for row in view.rows
        ]

    assert len(said) == size


def test_a_row_tells_who_until_when_and_how_urgent(plan, lena, boris, eva):
    fill(plan, lena, boris, eva, 1)
    (row,) = plan_view(plan, on=TODAY).rows

    assert (row.owner, row.late, row.days_late, row.priority) == (boris.name, True, 15, Decimal("20.2"))
    assert row.quick
    assert [one.identifier for one in row.criteria] == ["1"]
    assert (row.concerns(boris.pk), row.concerns(eva.pk), row.concerns(lena.pk)) == (True, True, False)


def test_an_action_not_yet_judged_has_no_priority_and_comes_last(plan, lena):
    make_action(plan, by=lena, title="Unjudged", due_on=None)
    make_action(plan, by=lena, title="Judged", **JUDGED)
    view = plan_view(plan, on=TODAY)

    assert [row.priority for row in view.rows] == [None, Decimal("20.2")]
    assert [row.action.title for row in view.quick_wins] == ["Judged"]
    assert (view.rows[0].days_left, view.rows[0].late) == (None, False)


def test_the_budget_leaves_out_what_was_stopped_but_not_what_it_cost(plan, lena):
    make_action(plan, by=lena, budget=1000, spent=300)
    make_action(plan, by=lena, budget=500, spent=50, status="stopped")
    make_action(plan, by=lena)
    view = plan_view(plan, on=TODAY)

    assert (view.budget, view.spent) == (Decimal(1000), Decimal(350))


def test_an_empty_plan_is_a_plan(plan):
    view = plan_view(plan, on=TODAY)

    assert (view.rows, view.late, view.quick_wins, view.budget, view.approved_by) == ((), (), (), None, "")
