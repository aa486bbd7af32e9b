"""The verdict on an action: what is compared, and when which word is said."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.improvements.domain.effect import (
    Change,
    Controls,
    Lack,
    Outcome,
    Reading,
    Reason,
    Rule,
    Test,
    Verdict,
    before_and_after,
    difference_in_differences,
    difference_of,
    measure,
)
from qms.stats.agreement import spread_of

START, END = date(2027, 3, 1), date(2027, 8, 31)
BEFORE, AFTER = date(2026, 11, 1), date(2027, 10, 1)
POINTS = Rule(scale=(Decimal(0), Decimal(100)))
VALUES = st.decimals(-1000, 1000, places=3)
ERRORS = st.decimals(0, 50, places=3)


def reading(value, error=None, on=AFTER):
    return Reading(on, Decimal(str(value)), None if error is None else Decimal(str(error)))


def outcome(before, after, rule=POINTS, controls=None) -> Outcome:
    """Of two readings, each a value or a value with its error."""
    one, two = (each if isinstance(each, tuple) else (each,) for each in (before, after))
    readings = [reading(*one, on=BEFORE), reading(*two, on=AFTER)]
    return measure(readings, start=START, end=END, rule=rule, controls=controls)


def controls_of(*changes):
    spread = spread_of(changes)
    return Controls(spread.n, spread.mean, spread.deviation)


def rounded(change: Change) -> tuple[str, str, str]:
    return tuple(f"{value:.4f}" for value in (change.difference, change.low, change.high))


# --- Golden numbers --------------------------------------------------------------------------------------------------


def test_employers_of_goldap():
    """3.82 (3.66 to 3.98) became 4.17 (4.02 to 4.32): +0.35 (+0.13 to +0.57)."""
    before, after = (
        reading("3.82", Decimal("0.16") / Decimal("1.96")),
        reading("4.17", Decimal("0.15") / Decimal("1.96")),
    )

    assert rounded(difference_of(before, after)) == ("0.3500", "0.1307", "0.5693")


def test_interval_of_a_difference():
    assert rounded(difference_of(reading(60, 3), reading(70, 4))) == ("10.0000", "0.2000", "19.8000")


def test_difference_in_differences_of_five_offices():
    """Changes 0, 2, −1, 3, 1: mean 1, s = √2.5; t(4) = 2.776445; margin 2.776445 · 1.581139 · √1.2 = 4.8089."""
    assert rounded(difference_in_differences(Decimal(8), controls_of(0, 2, -1, 3, 1))) == (
        "7.0000",
        "2.1911",
        "11.8089",
    )


def test_two_hundredths_of_the_scale_matter_unless_something_else_is_stated():
    assert Rule(scale=(Decimal(1), Decimal(5))).least == Decimal("0.08")
    assert Rule(scale=(Decimal(0), Decimal(100))).least == 2
    assert Rule(stated=Decimal(5), scale=(Decimal(0), Decimal(100))).least == 5
    assert Rule().least is None


# --- Which readings count --------------------------------------------------------------------------------------------


def test_before_is_the_last_on_or_before_the_start_and_after_the_last_later_than_the_end():
    days = [START - timedelta(1), START, START + timedelta(1), END, END + timedelta(1), END + timedelta(90)]
    before, after = before_and_after([reading(n, on=day) for n, day in enumerate(days)], start=START, end=END)

    assert (before.on, after.on) == (START, END + timedelta(90))


@pytest.mark.parametrize(
    ("days", "start", "end", "reason"),
    [
        ([BEFORE, AFTER], None, END, Reason.NO_START),
        ([BEFORE, AFTER], START, None, Reason.NO_END),
        ([START + timedelta(1), AFTER], START, END, Reason.NO_BEFORE),
        ([BEFORE, END], START, END, Reason.NO_AFTER),
        ([], START, END, Reason.NO_BEFORE),
    ],
)
def test_what_is_missing_is_said(days, start, end, reason):
    found = measure([reading(5, on=day) for day in days], start=start, end=end, rule=POINTS)

    assert (found.verdict, found.test, found.reason) == (Verdict.NOT_MEASURABLE, Test.NONE, reason)


# --- The verdict -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "rule", "verdict", "test"),
    [
        # With standard errors: beyond chance and large enough.
        ((60, 1), (65, 1), POINTS, Verdict.IMPROVED, Test.ERRORS),
        ((65, 1), (60, 1), POINTS, Verdict.WORSE, Test.ERRORS),
        ((65, 1), (60, 1), Rule(higher_is_better=False), Verdict.IMPROVED, Test.ERRORS),
        ((60, 3), (65, 3), POINTS, Verdict.NO_CHANGE, Test.ERRORS),  # the interval includes zero
        (("60", "0.1"), ("61.5", "0.1"), POINTS, Verdict.NO_CHANGE, Test.ERRORS),  # beyond chance, below two points
        (("60", "0.1"), ("62", "0.1"), POINTS, Verdict.IMPROVED, Test.ERRORS),
        (("60", "0.1"), ("61.5", "0.1"), Rule(stated=Decimal(1)), Verdict.IMPROVED, Test.ERRORS),
        (("60", "0.1"), ("60.5", "0.1"), Rule(), Verdict.IMPROVED, Test.ERRORS),  # no scale, nothing stated
        # Complete records: held against the stated smallest change alone.
        (24, 19, Rule(higher_is_better=False, stated=Decimal(2)), Verdict.IMPROVED, Test.RECORD),
        (24, 22, Rule(higher_is_better=False, stated=Decimal(2)), Verdict.IMPROVED, Test.RECORD),
        (24, 23, Rule(higher_is_better=False, stated=Decimal(2)), Verdict.NO_CHANGE, Test.RECORD),
        (24, 27, Rule(higher_is_better=False, stated=Decimal(2)), Verdict.WORSE, Test.RECORD),
        (24, 24, Rule(stated=Decimal(0)), Verdict.NO_CHANGE, Test.RECORD),
        # One error alone is none; the default of the scale is not a stated change.
        ((60, 1), 65, POINTS, Verdict.NOT_MEASURABLE, Test.NONE),
        (60, 90, POINTS, Verdict.NOT_MEASURABLE, Test.NONE),
    ],
)
def test_the_verdict(before, after, rule, verdict, test):
    found = outcome(before, after, rule)

    assert (found.verdict, found.test) == (verdict, test)


def test_without_error_or_stated_change_the_reason_is_told():
    assert outcome(60, 90).reason == Reason.NO_RULE


def test_other_offices_decide_where_there_are_five():
    alike = controls_of(9, 10, 11, 10, 12)
    found = outcome((60, 1), (70, 1), controls=alike)

    assert (found.verdict, found.test) == (Verdict.NO_CHANGE, Test.CONTROLS)
    assert found.change.is_beyond_chance
    assert outcome((60, 1), (70, 1)).verdict == Verdict.IMPROVED


@pytest.mark.parametrize(
    ("controls", "lack"),
    [
        (None, Lack.NOT_SHARED),
        (Controls(0), Lack.TOO_FEW),
        (controls_of(0, 2, -1, 3), Lack.TOO_FEW),
        (controls_of(5, 5, 5, 5, 5), Lack.ALL_ALIKE),
        (controls_of(0, 2, -1, 3, 1), None),
    ],
)
def test_fewer_than_five_or_five_alike_are_not_compared_with(controls, lack):
    found = outcome((60, 1), (70, 1), controls=controls)

    assert found.lack == lack
    assert (found.against is None) == (lack is not None)
    assert found.test == (Test.ERRORS if lack else Test.CONTROLS)


def test_no_change_says_what_it_could_not_have_seen():
    blind, sharp = outcome((60, 3), (61, 3)), outcome(("60", "0.1"), ("60.1", "0.1"))

    assert f"{blind.deciding.detectable:.2f}" == "8.32"
    assert (blind.is_blind, sharp.is_blind) == (True, False)


def test_a_change_beyond_chance_may_be_too_small_to_matter():
    found = outcome(("60", "0.1"), ("61", "0.1"))

    assert (found.verdict, found.is_small, found.is_blind) == (Verdict.NO_CHANGE, True, False)


# --- Always ----------------------------------------------------------------------------------------------------------


@given(VALUES, VALUES, ERRORS, ERRORS)
def test_both_ways_round_say_the_opposite(one, two, first, second):
    mirror = {Verdict.IMPROVED: Verdict.WORSE, Verdict.WORSE: Verdict.IMPROVED}
    there, back = outcome((one, first), (two, second)), outcome((two, second), (one, first))

    assert back.verdict == mirror.get(there.verdict, there.verdict)


@given(VALUES, VALUES, ERRORS, ERRORS)
def test_improved_and_worse_only_outside_zero(one, two, first, second):
    found = outcome((one, first), (two, second))

    outside = found.change.low > 0 or found.change.high < 0
    assert found.verdict == Verdict.NO_CHANGE or (outside and abs(two - one) >= 2)


@given(VALUES, VALUES, ERRORS, ERRORS, st.decimals(0, 50, places=2))
def test_more_error_never_makes_a_verdict(one, two, first, second, more):
    if outcome((one, first), (two, second)).verdict == Verdict.NO_CHANGE:
        assert outcome((one, first + more), (two, second)).verdict == Verdict.NO_CHANGE


@given(VALUES, VALUES, st.decimals(-100, 100, places=2), st.lists(st.integers(-20, 20), min_size=5, max_size=12))
def test_what_befell_all_offices_alike_is_no_effect(one, two, shift, changes):
    """Adding the same to the office and to all others changes nothing."""
    here = outcome(one, two, controls=controls_of(*changes))
    there = outcome(one, two + shift, controls=controls_of(*(change + shift for change in changes)))

    assert (here.test, here.lack) == (there.test, there.lack)
    if here.against:
        assert abs(here.against.difference - there.against.difference) < Decimal("1e-15")


@given(st.lists(st.integers(-20, 20), max_size=4))
def test_under_five_nothing_is_told_of_others(changes):
    found = outcome(1, 2, controls=controls_of(*changes) if changes else Controls(0))

    assert (found.against, found.test) == (None, Test.NONE)
