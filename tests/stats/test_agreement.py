from decimal import Decimal
from statistics import median, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.stats.agreement import Spread, median_of, spread_of, widest_first

scores = st.lists(st.integers(0, 100), min_size=1, max_size=12)


def test_eight_people_scored_one_subcriterion():
    spread = spread_of([10, 20, 30, 35, 35, 45, 65, 70])

    assert (spread.n, spread.lowest, spread.highest, spread.range) == (8, 10, 70, 60)
    assert (spread.median, spread.mean) == (35, Decimal("38.75"))
    assert spread.deviation == pytest.approx(Decimal("20.6588"), abs=Decimal("0.0001"))


def test_i_do_not_know_enough_is_blank_and_never_zero():
    assert spread_of([None, 40, None, 60]) == spread_of([40, 60])


def test_what_nobody_scored_has_no_spread():
    assert spread_of([]) is None
    assert spread_of([None, None]) is None


def test_a_single_score_has_no_deviation():
    assert spread_of([50]) == Spread(1, Decimal(50), Decimal(50), Decimal(50), Decimal(50), None)


def test_the_median_of_an_even_group_lies_half_the_way():
    assert spread_of([40, 45]).median == Decimal("42.5")


def test_decimal_scores_stay_exact():
    assert spread_of([0.1, Decimal("0.2"), 0.3]).mean == Decimal("0.2")


def test_what_is_not_a_number_is_not_a_score():
    with pytest.raises(ValueError, match="not a score"):
        spread_of([float("nan")])


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="No scores"):
        median_of([])


def test_the_meeting_begins_where_people_differ_most():
    narrow, torn, lonely, blank = spread_of([50, 60, 70]), spread_of([50, 70, 50, 70]), spread_of([50]), None
    wide = spread_of([10, 70])

    assert sorted([blank, lonely, narrow, wide, torn], key=widest_first) == [wide, torn, narrow, lonely, blank]


@given(scores, st.randoms(use_true_random=False))
def test_the_order_of_the_scores_does_not_matter(given_scores, random):
    shuffled = random.sample(given_scores, len(given_scores))

    assert spread_of(shuffled) == spread_of(given_scores)


@given(scores)
def test_the_figures_agree_with_the_standard_library(given_scores):
    spread = spread_of(given_scores)

    assert float(spread.median) == median(given_scores)
    assert spread.lowest <= spread.mean <= spread.highest
    if spread.n > 1:
        assert float(spread.deviation) == pytest.approx(stdev(given_scores), abs=1e-9)


@given(scores, st.integers(-50, 50))
def test_scoring_everything_higher_changes_no_disagreement(given_scores, more):
    before, after = spread_of(given_scores), spread_of(score + more for score in given_scores)

    assert (after.range, after.deviation) == (before.range, before.deviation)
