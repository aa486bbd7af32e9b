"""What an action's indicators say: typed values, scores of self-assessments, other offices meanwhile."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.assessments.domain.snapshot import plain
from qms.assessments.queries import RegionChange, changes_in_region, readings_of
from qms.improvements.components.effects.parts import sample_measured
from qms.improvements.domain.effect import Controls, Lack, Reading, Reason, Rule, Test, Verdict, measure
from qms.improvements.domain.effect_record import Measured, Reservation, as_record, from_record
from qms.improvements.models import Action, ActionNode
from qms.improvements.queries import effect_view, practice_draft_of, verdicts_of
from tests.factories.improvements import make_action, make_finding, make_plan
from tests.improvements.effects import (
    AFTER,
    BEFORE,
    NODE,
    make_done,
    make_indicator,
    measured,
    neighbours,
    score,
    scored_indicator,
)

WINDOWS = {"before": (date(2024, 1, 1), date(2024, 12, 31)), "after": (date(2026, 1, 1), date(2026, 12, 31))}


def outcome_of(action):
    return effect_view(action).indicators[0].outcome


def codes_of(action):
    return [one.code for one in effect_view(action).indicators[0].measured.reservations]


# --- Readings of self-assessments ------------------------------------------------------------------------------------


def test_readings_are_the_agreed_scores_of_whole_offices_oldest_first(office, lena):
    second, first = score(office, AFTER, 60, by=lena), score(office, BEFORE, 40, by=lena)
    score(office, date(2025, 5, 5), 90, by=lena, unit="Unit A")
    score(office, date(2025, 6, 5), None, by=lena)

    found = readings_of(office, "small-2020", NODE)

    assert [(one.assessment, one.on, one.score, one.lowest, one.highest, one.count) for one in found] == [
        (first.pk, BEFORE, 40, 30, 50, 5),
        (second.pk, AFTER, 60, 50, 70, 5),
    ]


def test_the_region_is_one_figure_over_five_offices(office, region, lena):
    neighbours(region, [0, 2, -1, 3, 1], by=lena)

    found = changes_in_region(office, "small-2020", NODE, **WINDOWS)

    assert (found.count, found.mean, f"{found.deviation:.6f}") == (5, 1, "1.581139")


def test_under_five_only_the_count_is_known(office, region, lena):
    neighbours(region, [0, 2, -1, 3], by=lena)

    assert changes_in_region(office, "small-2020", NODE, **WINDOWS) == RegionChange(4)


def test_who_shares_nothing_acts_or_lies_elsewhere_is_no_control(office, region, other_region, lena):
    first, *_rest = neighbours(region, [0, 2, -1, 3, 1], by=lena)
    neighbours(region, [9], by=lena, benchmark_consent="nothing")
    neighbours(other_region, [9], by=lena)
    score(office, BEFORE, 10, by=lena)
    score(office, AFTER, 90, by=lena)

    assert changes_in_region(office, "small-2020", NODE, **WINDOWS).count == 5
    assert changes_in_region(office, "small-2020", NODE, **WINDOWS, without=[first.pk]).count == 4


def test_of_each_window_the_last_score_counts(office, region, lena):
    offices = neighbours(region, [0, 2, -1, 3, 1], by=lena)
    for one in offices:
        score(one, date(2024, 2, 1), 0, by=lena)
        score(one, date(2026, 2, 1), 60, by=lena)

    assert changes_in_region(office, "small-2020", NODE, **WINDOWS).mean == 10


# --- The view --------------------------------------------------------------------------------------------------------


def test_typed_records_are_held_against_the_stated_change(office, lena):
    action = make_done(office, by=lena)
    measured(action, 24, 19, by=lena)

    found = outcome_of(action)

    assert (found.verdict, found.test, found.change.difference, found.lack) == (
        Verdict.IMPROVED,
        Test.RECORD,
        -5,
        Lack.NOT_SHARED,
    )


def test_an_agreed_score_has_no_error_and_needs_a_stated_change_or_neighbours(office, region, lena):
    action = make_done(office, by=lena)
    scored_indicator(action)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 60, by=lena)

    assert (outcome_of(action).verdict, outcome_of(action).reason) == (Verdict.NOT_MEASURABLE, Reason.NO_RULE)

    neighbours(region, [0, 2, -1, 3, 1], by=lena)
    found = outcome_of(action)

    assert (found.verdict, found.test, found.against.difference, found.least) == (
        Verdict.IMPROVED,
        Test.CONTROLS,
        19,
        2,
    )
    assert codes_of(action)[:2] == ["not_drawn", "agreed"]


@pytest.mark.parametrize(("status", "count"), [("in_progress", 4), ("done", 4), ("proposed", 5), ("stopped", 5)])
def test_an_office_that_acts_on_the_same_node_is_no_control(office, region, lena, status, count):
    action = make_done(office, by=lena)
    scored_indicator(action)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 60, by=lena)
    first, *_rest = neighbours(region, [0, 2, -1, 3, 1], by=lena)
    theirs = make_action(
        make_plan(first, by=lena, stage="under_way"), by=lena, status=status, start_on=date(2025, 4, 1)
    )
    ActionNode.objects.create(action=theirs, framework="small-2020", node=NODE)

    found = outcome_of(action)

    assert found.controls.count == count
    assert found.lack == (Lack.TOO_FEW if count < 5 else None)


def test_an_action_filed_under_the_whole_criterion_is_at_work_on_its_nodes(office, region, lena):
    action = make_done(office, by=lena)
    scored_indicator(action)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 60, by=lena)
    first, *_rest = neighbours(region, [0, 2, -1, 3, 1], by=lena)
    theirs = make_action(
        make_plan(first, by=lena, stage="under_way"), by=lena, status="done", start_on=date(2025, 4, 1)
    )
    ActionNode.objects.create(action=theirs, framework="small-2020", node="1")

    assert outcome_of(action).controls.count == 4


def test_what_the_result_does_not_say(office, lena):
    action = make_done(office, by=lena)
    action.findings.add(make_finding(office, by=lena, source="low", framework="small-2020", node=NODE))
    scored_indicator(action, least_change=Decimal(5))
    make_indicator(action)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 60, by=lena, panel="classical")
    other = make_action(action.plan, by=lena, status="done", start_on=date(2025, 4, 1))
    ActionNode.objects.create(action=other, framework="small-2020", node=NODE)

    assert codes_of(action) == ["no_cause", "exact", "agreed", "panel", "regression", "beside", "rule_late", "many"]


def test_an_unfinished_action_says_so(office, lena):
    action = make_done(office, by=lena, status="in_progress", done_on=None)
    measured(action, 24, 19, by=lena)

    assert codes_of(action)[0] == "running"
    assert not effect_view(action).is_over


@pytest.mark.parametrize("count", [1, 3])
def test_typed_indicators_are_read_in_three_queries(office, lena, count, django_assert_num_queries):
    action = make_done(office, by=lena)
    for number in range(count):
        measured(action, 24, 19, by=lena, title=f"Indicator {number}")
    action = Action.objects.select_related("plan__office").get(pk=action.pk)

    with django_assert_num_queries(3):
        assert len(effect_view(action).indicators) == count


def test_no_effects_no_verdicts(office, lena):
    assert verdicts_of([make_done(office, by=lena)]) == {}


def test_a_draft_of_a_practice_gathers_what_the_action_says(office, lena):
    evidence = [{"code": "E1", "title": "Minutes"}, {"code": "E1", "title": "Minutes"}]
    action = make_done(office, by=lena, budget=Decimal(9000))
    action.findings.add(make_finding(office, by=lena, evidence=evidence))
    action.tasks.create(position=1, title="Open", done_on=date(2025, 4, 1))
    action.tasks.create(position=0, title="Agree")

    draft = practice_draft_of(action)

    assert [step.title for step in draft.steps] == ["Agree", "Open"]
    assert (draft.evidence, draft.cost, draft.is_cost_planned, draft.stated) == (("E1 Minutes",), 9000, True, None)


# --- What is frozen --------------------------------------------------------------------------------------------------

VALUES = st.decimals(-1000, 1000, places=3)
ERRORS = st.none() | st.decimals(0, 50, places=4)
READINGS = st.builds(
    Reading,
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    value=VALUES,
    standard_error=ERRORS,
    count=st.none() | st.integers(1, 1000),
    label=st.text(max_size=20),
    low=st.none() | VALUES,
    high=st.none() | VALUES,
    assessment=st.none() | st.integers(1, 100),
)
CONTROLS = st.none() | st.builds(
    Controls, st.integers(0, 9), st.none() | VALUES, st.none() | st.decimals(0, 50, places=3)
)


@given(st.lists(READINGS, max_size=5), CONTROLS, st.none() | st.decimals(0, 20, places=2), st.booleans())
def test_what_is_frozen_comes_back_as_it_was(readings, controls, stated, higher):
    start, end = date(2023, 1, 1), date(2024, 1, 1)
    outcome = measure(readings, start=start, end=end, rule=Rule(higher, stated), controls=controls)
    found = Measured(
        "Title",
        "%",
        higher,
        "typed",
        "",
        "",
        stated,
        start,
        end,
        tuple(readings),
        outcome,
        None,
        (Reservation("agreed"),),
    )

    assert from_record(plain(as_record(found))) == found


def test_the_sample_comes_back_too():
    assert from_record(plain(as_record(sample_measured()))) == sample_measured()
