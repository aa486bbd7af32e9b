import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.stats.tally import Tally

answers = st.lists(st.integers(1, 5), max_size=60)
tallies = answers.map(Tally.of)


def test_a_tally_of_twelve_answers_gives_their_mean_and_variance():
    tally = Tally.of([5, 5, 4, 4, 4, 3, 5, 2, 4, 5, 5, 4])

    assert tally == Tally(count=12, total=50.0, squares=218.0)
    assert tally.mean == pytest.approx(4.166667, abs=1e-6)
    assert tally.variance == pytest.approx(0.878788, abs=1e-6)


def test_no_answers_have_no_mean():
    with pytest.raises(ValueError, match="No answers"):
        _ = Tally().mean


def test_one_answer_has_no_variance():
    with pytest.raises(ValueError, match="two answers"):
        _ = Tally.of([4]).variance


@given(answers, answers)
def test_the_tally_of_two_batches_is_the_sum_of_their_tallies(first, second):
    assert Tally.of(first + second) == Tally.of(first) + Tally.of(second)


@given(tallies, tallies, tallies)
def test_adding_tallies_commutes_and_associates(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + Tally() == one


@given(st.floats(0, 100), st.integers(2, 50))
def test_equal_answers_do_not_vary(answer, count):
    assert Tally.of([answer] * count).variance == pytest.approx(0, abs=1e-8)
