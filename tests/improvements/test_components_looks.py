"""An action in a few words, and the groups of the plan's table."""

from datetime import date
from decimal import Decimal

import pytest

from qms.improvements.components.looks import due_note, effect_note, groups_of, page_of_groups, source_words
from qms.improvements.components.looks.words import codes_of, due_words, score_words
from qms.improvements.models import ActionNode, Effect
from qms.improvements.queries import plan_view
from tests.factories.assessments import MONDAY
from tests.factories.improvements import make_action, make_finding, make_plan

TODAY = date(2026, 7, 15)


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


def row_of(plan, action):
    return next(row for row in plan_view(plan, on=TODAY).rows if row.action == action)


@pytest.mark.parametrize(
    ("score", "scale", "said"),
    [
        ("34.166667", "0–100", "34"),
        ("3.82", "1–5", "3.82"),
        ("4", "1–5", "4"),
        ("58", "%", "58%"),
    ],
)
def test_a_score_is_cited_as_people_cite_it(score, scale, said):
    assert score_words(Decimal(score), scale) == said


def test_a_day_of_another_year_says_its_year():
    assert (due_words(date(2026, 10, 31), TODAY), due_words(date(2028, 3, 31), TODAY)) == ("31 Oct", "31 Mar 2028")


@pytest.mark.django_db
def test_two_sources_are_named_and_the_others_counted(plan, lena):
    action = make_action(plan, by=lena)
    for number in range(4):
        action.findings.add(make_finding(plan.office, by=lena, source="low", node=f"3.{number}", score=30 + number))

    assert source_words(row_of(plan, action)) == "3.0, score 30; 3.1, score 31 and 2 more"


@pytest.mark.django_db
def test_an_action_without_a_finding_says_so_beside_its_subcriterion(plan, lena):
    action = make_action(plan, by=lena)
    ActionNode.objects.create(action=action, framework="caf-2020", node="3.3")

    assert source_words(row_of(plan, action)) == "3.3, without a finding"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "due", "said"),
    [
        ("in_progress", date(2026, 7, 31), "in 16 days"),
        ("approved", date(2026, 7, 16), "in 1 day"),
        ("approved", TODAY, "today"),
        ("in_progress", date(2026, 6, 30), "15 days late"),
        ("postponed", date(2026, 6, 30), ""),
        ("proposed", date(2026, 7, 31), ""),
    ],
)
def test_the_time_left_is_told_to_who_works_on_it(plan, lena, status, due, said):
    assert due_note(row_of(plan, make_action(plan, by=lena, status=status, due_on=due))) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "numbers", "said"),
    [
        ("in_progress", None, "measured after the end"),
        ("done", None, "not stated yet"),
        ("stopped", None, "stopped"),
        ("done", ("0.35", "0.13", "0.57"), "+0.35 (from +0.13 to +0.57)"),
        ("done", ("-5", None, None), "−5"),
        ("done", ("0", "-0.5", "0.5"), "0.0 (from −0.5 to +0.5)"),
        ("done", (None, None, None), ""),
    ],
)
def test_an_effect_is_told_with_its_interval(plan, lena, status, numbers, said):
    action = make_action(plan, by=lena, status=status)
    if numbers:
        change, low, high = numbers
        Effect.objects.create(
            action=action,
            verdict="improved",
            difference=change,
            low=low,
            high=high,
            stated_by=lena,
            stated_at=MONDAY,
        )
    row = row_of(plan, action)

    assert effect_note(row.effect, row) == said


@pytest.mark.django_db
def test_groups_come_in_the_order_of_urgency_and_pages_keep_their_headings(plan, lena):
    for status in ("stopped", "approved", "done", "in_progress", "proposed"):
        make_action(plan, by=lena, status=status, due_on=date(2027, 1, 1))
    make_action(plan, by=lena, status="in_progress", due_on=date(2026, 7, 1))
    view = plan_view(plan, on=TODAY)
    groups = groups_of(view.rows, view, by="status")
    later = page_of_groups(groups, 4, 6)

    assert [group.title for group in groups] == [
        "Late",
        "In progress",
        "Done, effect not stated yet",
        "Planned",
        "Proposed",
        "Stopped",
    ]
    assert [(group.title, len(group.rows), group.count) for group in later] == [("Proposed", 1, 1), ("Stopped", 1, 1)]


@pytest.mark.django_db
def test_of_many_codes_the_first_twelve_are_named(plan, lena):
    for _number in range(15):
        make_action(plan, by=lena)

    assert codes_of(plan_view(plan, on=TODAY).rows).endswith("D-11, D-12 and 3 more")
