"""How marks become totals: blank and "cannot be judged" are never zero."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qms.jury.domain.ballot import Answer, answer_of, is_outside, laid_together
from qms.jury.domain.scoring import SectionScore, ballot_total, is_revealed, to_talk_about, total_of, weighted

D = Decimal
points = st.integers(0, 100).map(Decimal)
weights = st.integers(1, 30).map(Decimal)
pairs = st.lists(st.tuples(weights, st.one_of(st.none(), points)), min_size=1, max_size=9)


def section(number, *given_scores, weight=1, **more):
    return SectionScore(number, D(weight), tuple(map(D, given_scores)), **more)


def test_total_is_the_mean_by_weight():
    assert weighted([(D(3), D(40)), (D(1), D(80))]) == 50


def test_what_has_no_score_takes_its_weight_with_it():
    assert weighted([(D(3), None), (D(1), D(80))]) == 80
    assert weighted([(D(3), None)]) is None


def test_section_without_weight_counts_for_nothing():
    assert weighted([(D(0), D(10)), (D(1), D(80))]) == 80
    assert weighted([(D(0), D(10))]) is None


@given(pairs)
def test_total_lies_between_the_lowest_and_the_highest_score(given_pairs):
    scores = [score for _weight, score in given_pairs if score is not None]
    total = weighted(given_pairs)

    assert (total is None) == (not scores)
    assert total is None or min(scores) <= total <= max(scores)


@given(pairs, st.integers(2, 9))
def test_weights_count_by_their_proportion_alone(given_pairs, times):
    assert weighted(given_pairs) == weighted([(weight * times, score) for weight, score in given_pairs])


@given(pairs)
def test_total_is_what_fractions_give(given_pairs):
    counted = [(Fraction(weight), Fraction(score)) for weight, score in given_pairs if score is not None]
    exact = sum(w * s for w, s in counted) / sum(w for w, _s in counted) if counted else None

    assert weighted(given_pairs) == (None if exact is None else D(exact.numerator) / D(exact.denominator))


@given(st.permutations(range(4)), st.lists(points, min_size=4, max_size=4))
def test_order_of_sections_changes_nothing(order, scores):
    by_section = dict(enumerate(scores))
    weight = {number: D(number + 1) for number in by_section}

    assert ballot_total({number: by_section[number] for number in order}, weight) == ballot_total(by_section, weight)


def test_ballot_leaves_out_what_its_juror_could_not_judge():
    assert ballot_total({1: D(40), 2: None}, {1: D(1), 2: D(5)}) == 40


def test_section_counts_what_was_agreed_else_the_mean_else_nothing():
    assert section(1, 40, 50).counts == 45
    assert section(1, 40, 50, agreed=D(48)).counts == 48
    assert section(1, 40, 50, agreed_na=True).counts is None
    assert section(1).counts is None


def test_application_stands_at_what_counts_by_weight():
    parts = [section(1, 40, 60, weight=3), section(2, 90, agreed=D(80)), section(3, 10, agreed_na=True, weight=9)]

    assert total_of(parts) == D("57.5")


def test_numbers_are_revealed_when_every_ballot_is_in_and_there_are_two():
    assert [is_revealed(*counts) for counts in ((1, 1), (2, 1), (2, 2), (3, 2), (0, 0))] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_nothing_waits_for_a_talk_while_totals_lie_close():
    assert to_talk_about([D(40), D(60)], [section(1, 10, 90)], D(20)) == ()


def test_sections_as_wide_as_the_rule_wait_widest_first():
    parts = [section(1, 40, 65), section(2, 50, 55), section(3, 10, 90)]

    assert to_talk_about([D(30), D(70)], parts, D(20)) == (3, 1)


def test_the_widest_section_waits_where_none_is_as_wide_as_the_rule():
    parts = [section(1, 40, 55), section(2, 50, 68), section(3, 50, 68)]

    assert to_talk_about([D(40), D(61)], parts, D(20)) == (2,)


def test_what_was_agreed_waits_no_more():
    parts = [section(1, 10, 90, agreed=D(50)), section(2, 10, 60, agreed_na=True), section(3, 20, 50)]

    assert to_talk_about([D(30), D(70)], parts, D(20)) == (3,)
    assert to_talk_about([D(30), D(70)], parts[:2], D(20)) == ()


sheets = st.lists(st.tuples(st.lists(points, max_size=4), st.booleans()), max_size=6)


@given(st.lists(points, max_size=5), sheets, points)
def test_a_talk_is_asked_for_by_the_totals_alone_and_by_no_section_that_is_agreed(totals, rows, above):
    parts = [section(number, *scores, agreed_na=settled) for number, (scores, settled) in enumerate(rows)]
    ranges = {number: max(scores) - min(scores) for number, (scores, _settled) in enumerate(rows) if scores}
    waiting = to_talk_about(totals, parts, above)

    if not totals or max(totals) - min(totals) <= above:
        assert waiting == ()
    assert [ranges[one] for one in waiting] == sorted((ranges[one] for one in waiting), reverse=True)
    assert not any(rows[one][1] for one in waiting)
    wide = {one for one, apart in ranges.items() if apart > above}
    if totals and max(totals) - min(totals) > above:
        assert wide - {one for one in wide if rows[one][1]} == set(waiting) if wide else len(waiting) <= 1


def test_totals_of_nobody_need_no_talk():
    assert to_talk_about([], [], D(20)) == ()


def test_cannot_be_judged_is_an_answer_only_with_its_reason():
    blank = {"marks": {}, "score": None, "is_na": True}

    assert answer_of(**blank, reason="") == Answer.PARTIAL
    assert answer_of(**blank, reason="No annex.") == Answer.NOT_JUDGED


def test_section_is_scored_when_no_mark_is_missing():
    none = {"is_na": False, "reason": ""}

    assert answer_of(marks={}, score=None, **none) == Answer.EMPTY
    assert answer_of(marks={"plan": 0}, score=None, **none) == Answer.PARTIAL
    assert answer_of(marks={"score": 0}, score=D(0), **none) == Answer.SCORED


def test_agreement_outside_what_was_given_needs_a_reason():
    gave = (D(40), D(60))

    assert [is_outside(D(score), gave) for score in (39, 40, 50, 60, 61)] == [True, False, False, False, True]
    assert is_outside(None, gave)
    assert not is_outside(None, ())
    assert is_outside(D(50), ())


def test_comments_stand_one_under_another_each_once():
    assert laid_together([" Clear aims.\r\n", "", "No proof.", "Clear aims."]) == "Clear aims.\n\nNo proof."
