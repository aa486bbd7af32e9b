"""How far an office is on the ten steps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qms.improvements.domain.cycle import STEPS, Fact, Mark, next_of, standings

DAY = date(2026, 3, 2)


def states(facts=None, marks=None):
    return [one.state for one in standings(facts or {}, marks or {})]


def test_ten_steps_in_three_phases():
    assert [step.number for step in STEPS] == list(range(1, 11))
    assert [step.phase for step in STEPS] == [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]


def test_office_without_anything_begins_at_the_first_step():
    assert states() == ["next", *["planned"] * 9]


def test_step_behind_the_furthest_that_was_not_noted_stands_as_missed():
    facts = {1: Fact(DAY), 3: Fact(DAY), 5: Fact(begun=True)}

    assert states(facts, {4: Mark(DAY)}) == [
        "done",
        "missed",
        "done",
        "done",
        "now",
        "next",
        "planned",
        "planned",
        "planned",
        "planned",
    ]


def test_next_self_assessment_is_planned_as_soon_as_it_has_a_day():
    assert states({}, {10: Mark(planned_on=DAY)})[9] == "done"


def test_platforms_own_day_goes_before_a_noted_one_and_a_noted_plan_before_its_own():
    six = standings({6: Fact(done_on=DAY, planned_on=DAY)}, {6: Mark(date(2026, 1, 1), date(2026, 2, 2), "Note")})[5]

    assert (six.done_on, six.planned_on, six.note) == (DAY, date(2026, 2, 2), "Note")


def test_step_is_late_when_its_planned_day_passed_and_nobody_did_it():
    two = standings({}, {2: Mark(planned_on=DAY)})[1]

    assert (two.is_late(DAY), two.is_late(DAY + timedelta(days=1))) == (False, True)


def test_what_is_under_way_comes_before_what_is_next():
    stand = standings({1: Fact(DAY), 3: Fact(begun=True)}, {})

    assert next_of(stand).step.number == 3
    assert next_of(standings({n: Fact(DAY) for n in range(1, 11)}, {})) is None


@given(st.dictionaries(st.integers(1, 10), st.builds(Fact, st.none() | st.just(DAY), st.booleans())))
def test_there_is_at_most_one_next_step_and_nothing_done_after_it(facts):
    told = states(facts)

    assert told.count("next") == (0 if told[-1] in ("done", "now") else 1)
    assert "next" not in told or set(told[told.index("next") + 1 :]) <= {"planned"}
