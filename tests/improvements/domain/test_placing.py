"""Which judgements a place in the matrix stands for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.improvements.domain.placing import judgements_near
from qms.improvements.domain.priority import mean_of

JUDGEMENTS = st.tuples(*[st.none() | st.integers(1, 5)] * 3)
GIVEN = st.tuples(*[st.integers(1, 5)] * 3)
TARGETS = st.decimals(0, 6, places=2)


@pytest.mark.parametrize(
    ("current", "target", "after"),
    [
        ((3, 3, 3), "3", (3, 3, 3)),
        ((3, 3, 3), "3.4", (4, 3, 3)),
        ((5, 1, 3), "4", (5, 4, 3)),
        ((5, 1, 3), "1", (1, 1, 1)),
        ((None, None, None), "4.3", (5, 4, 4)),
        ((2, None, 2), "9", (5, 5, 5)),
    ],
)
def test_judgements_move_until_their_mean_is_nearest(current, target, after):
    assert judgements_near(current, Decimal(target)) == after


@given(JUDGEMENTS, TARGETS)
def test_judgements_stay_whole_between_one_and_five(current, target):
    assert all(1 <= one <= 5 for one in judgements_near(current, target))


@given(JUDGEMENTS, st.decimals(1, 5, places=2))
def test_the_mean_is_at_most_a_sixth_from_the_place(current, target):
    assert abs(mean_of(judgements_near(current, target)) - target) <= Decimal(1) / 6 + Decimal("1e-20")


@given(GIVEN)
def test_a_place_where_it_already_stands_changes_nothing(current):
    assert judgements_near(current, mean_of(current)) == current


@given(GIVEN, TARGETS)
def test_no_judgement_moves_against_the_others(current, target):
    steps = [new - old for old, new in zip(current, judgements_near(current, target), strict=True)]

    assert all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
