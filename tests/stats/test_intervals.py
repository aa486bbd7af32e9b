import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.stats.intervals import Interval, mean_interval, share_interval
from qms.stats.tally import Tally

TWELVE = Tally.of([5, 5, 4, 4, 4, 3, 5, 2, 4, 5, 5, 4])


def ends(interval):
    return interval.low, interval.high


def test_the_mean_of_twelve_among_forty_clients():
    assert ends(mean_interval(TWELVE, population=40)) == pytest.approx((3.668336, 4.664997), abs=1e-6)


def test_the_mean_without_a_finite_population_is_less_certain():
    t, error = 2.200985, 0.270615

    assert ends(mean_interval(TWELVE)) == pytest.approx((4.166667 - t * error, 4.166667 + t * error), abs=2e-6)


def test_the_mean_of_everybody_is_certain():
    assert mean_interval(TWELVE, population=12).width == 0


@pytest.mark.parametrize(
    ("hits", "count", "population", "low", "high", "within"),
    [
        (6, 7, None, 0.487, 0.974, 5e-4),
        (9, 12, None, 0.467695, 0.911058, 1e-6),
        (9, 12, 40, 0.510348, 0.896212, 1e-6),
        (30, 35, None, 0.706, 0.937, 5e-4),
        (28, 35, None, 0.641, 0.900, 5e-4),
        (25, 35, None, 0.549, 0.837, 5e-4),
    ],
)
def test_shares_of_the_published_studies(hits, count, population, low, high, within):
    assert ends(share_interval(hits, count, population=population)) == pytest.approx((low, high), abs=within)


def test_the_podium_of_the_mystery_client_study_cannot_be_told_apart():
    first, third = share_interval(30, 35), share_interval(25, 35)

    assert first.overlaps(third)


def test_the_share_of_everybody_is_exact():
    assert share_interval(9, 12, population=12) == Interval(0.75, 0.75)


@given(st.integers(1, 400), st.data())
def test_a_share_lies_in_its_interval_and_the_interval_in_the_scale(count, data):
    hits = data.draw(st.integers(0, count))
    interval = share_interval(hits, count)

    assert hits / count in interval
    assert interval.low >= 0
    assert interval.high <= 1


@given(st.integers(1, 30), st.integers(0, 30), st.integers(2, 9))
def test_a_share_gets_more_certain_as_more_are_asked(hits, misses, times):
    few, many = share_interval(hits, hits + misses), share_interval(hits * times, (hits + misses) * times)

    assert many.width < few.width


@given(st.lists(st.integers(1, 5), min_size=2, max_size=30), st.integers(2, 9))
def test_a_mean_gets_no_less_certain_as_more_are_asked(answers, times):
    few, many = mean_interval(Tally.of(answers)), mean_interval(Tally.of(answers * times))

    assert many.width <= few.width + 1e-9


@given(st.lists(st.integers(1, 5), min_size=2, max_size=30), st.floats(0.5, 0.9))
def test_more_certainty_costs_a_wider_interval(answers, level):
    tally = Tally.of(answers)

    assert mean_interval(tally, level=level).width <= mean_interval(tally, level=0.99).width


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: share_interval(1, 0),
        lambda: share_interval(-1, 5),
        lambda: share_interval(6, 5),
        lambda: share_interval(1, 5, level=1),
        lambda: share_interval(1, 5, population=4),
        lambda: mean_interval(Tally.of([3])),
        lambda: mean_interval(TWELVE, level=0),
        lambda: mean_interval(TWELVE, population=11),
        lambda: Interval(2, 1),
        lambda: Interval(0, float("nan")),
    ],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"."):
        nonsense()


def test_intervals_that_do_not_meet_do_not_overlap():
    assert not Interval(1, 2).overlaps(Interval(2.1, 3))
