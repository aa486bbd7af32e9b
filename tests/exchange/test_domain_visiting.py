"""Means of ratings, and days that are still to come."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qms.exchange.domain.visiting import days_ahead, mean_of

RATINGS = st.lists(st.integers(1, 5), max_size=40)


def test_nothing_is_told_of_four_ratings():
    assert mean_of([5, 5, 4, 1]) is None


def test_five_ratings_have_a_mean():
    assert mean_of([5, 5, 4, 1, 3]) == (Decimal("3.6"), 5)


@given(RATINGS, RATINGS)
def test_two_means_that_were_shown_are_alike_or_differ_by_five_ratings_at_least(first, later):
    before, after = mean_of(first), mean_of(first + later)

    if before is not None and after is not None:
        assert (after[1] == before[1] and after == before) or after[1] - before[1] >= 5


@given(RATINGS)
def test_a_mean_lies_between_the_ratings(ratings):
    told = mean_of(ratings)

    assert told is None or min(ratings) <= told[0] <= max(ratings)


def test_days_that_have_passed_are_left_out():
    assert days_ahead(["2026-12-01", "2026-11-01", "2026-11-22"], on=date(2026, 11, 22)) == (
        date(2026, 11, 22),
        date(2026, 12, 1),
    )
