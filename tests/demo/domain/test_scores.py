from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qms.demo.domain.scores import individual_scores, level_of, marks_of


@given(score=st.integers(0, 100), size=st.sampled_from([1, 2, 4]), seed=st.integers(0, 999))
def test_marks_amount_to_the_score_exactly_and_lie_on_the_scale(score, size, seed):
    marks = marks_of(score, [str(code) for code in range(size)], Random(seed))

    assert sum(marks.values()) == score * size
    assert all(0 <= mark <= 100 for mark in marks.values())


@given(low=st.integers(0, 50), wide=st.integers(0, 50), count=st.integers(2, 9), seed=st.integers(0, 999))
def test_somebody_gives_the_lowest_and_somebody_the_highest(low, wide, count, seed):
    scores = individual_scores(near=low + 7, low=low, high=low + wide, count=count, fixed={}, chance=Random(seed))

    assert (len(scores), min(scores), max(scores)) == (count, low, low + wide)


def test_a_dissenting_member_keeps_the_given_score():
    scores = individual_scores(near=36, low=10, high=70, count=8, fixed={6: 70}, chance=Random(1))

    assert scores[6] == 70
    assert sorted(scores)[-2] < 70


def test_sentences_follow_the_score():
    assert [level_of(score) for score in (10, 40, 80)] == ["low", "middle", "high"]
