"""What hinders the closing of a list, what the threshold proposes, how wide an interval is."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.jury.domain.deciding import (
    Candidate,
    Hindrance,
    Limit,
    Verdict,
    by_threshold,
    differing,
    filled,
    hindrances_of_prizes,
    hindrances_of_visits,
    margin_of,
    scale_for,
    with_common_reason,
)

D = Decimal


def candidate(pk, total="70", place=None, **more):
    facts = {"total": D(total) if total else None, "is_revealed": True, "first": place or pk, "last": place or pk}
    return Candidate(pk, f"A-{pk}", **facts | more)


def said(*verdicts):
    return {one.application: one for one in verdicts}


def test_a_list_without_applications_is_not_closed():
    assert hindrances_of_visits((), {}) == (Hindrance("nothing"),)


def test_hidden_scores_and_open_talks_hinder_every_list():
    rows = (candidate(1, None, is_revealed=False), candidate(2, needs_talk=True))
    verdicts = said(Verdict(1, "visit"), Verdict(2, "visit"))
    expected = (Hindrance("hidden", ("A-1",)), Hindrance("talk", ("A-2",)))

    assert hindrances_of_visits(rows, verdicts) == expected
    assert hindrances_of_prizes(rows, said(Verdict(1, "no_prize"), Verdict(2, "no_prize")), ()) == expected
    assert [one.is_outside for one in expected] == [True, True]


def test_each_application_needs_a_decision_and_no_visit_a_reason():
    rows = tuple(candidate(pk) for pk in (1, 2, 3, 4))
    verdicts = said(Verdict(1, "visit"), Verdict(2, "talk"), Verdict(3, "no_visit", reason="  "))

    assert hindrances_of_visits(rows, verdicts) == (
        Hindrance("empty", ("A-4",)),
        Hindrance("talk_first", ("A-2",)),
        Hindrance("no_reason", ("A-3",)),
    )


def test_a_visit_below_the_threshold_needs_a_reason():
    rows = (candidate(1, "65"), candidate(2, "64.9"), candidate(3, "50"))
    verdicts = said(Verdict(1, "visit"), Verdict(2, "visit"), Verdict(3, "visit", reason="A new idea."))

    assert hindrances_of_visits(rows, verdicts, visit_from=D(65)) == (Hindrance("below", ("A-2",)),)


def test_there_are_no_more_visits_than_announced():
    rows = (candidate(1), candidate(2))
    verdicts = said(Verdict(1, "visit"), Verdict(2, "visit"))

    assert hindrances_of_visits(rows, verdicts, most_visits=2) == ()
    assert hindrances_of_visits(rows, verdicts, most_visits=1) == (
        Hindrance("too_many_visits", ("A-1", "A-2"), most=1),
    )


def test_prizes_keep_to_their_number_and_points():
    rows = (candidate(1, "80"), candidate(2, "60"), candidate(3, "40"))
    limits = (Limit(7, at_most=1, from_points=D(65)), Limit(8))
    verdicts = said(Verdict(1, "prize", 7), Verdict(2, "prize", 7), Verdict(3, "prize", 8))

    assert hindrances_of_prizes(rows, verdicts, limits) == (
        Hindrance("below", ("A-2",), prize=7),
        Hindrance("too_many", ("A-1", "A-2"), prize=7, most=1),
    )
    assert hindrances_of_prizes(rows, verdicts | said(Verdict(2, "prize", 8)), limits) == ()


def test_a_visit_that_was_decided_is_held_or_cancelled_before_prizes():
    rows = (candidate(1, visit="due"), candidate(2, visit="planned"), candidate(3, visit="done"), candidate(4))
    verdicts = said(*(Verdict(pk, "no_prize") for pk in (1, 2, 3, 4)))

    assert hindrances_of_prizes(rows, verdicts, ()) == (Hindrance("visit", ("A-1", "A-2")),)


@pytest.mark.parametrize("visit", ["due", "planned"])
def test_no_visit_is_awaited_of_what_nobody_judges(visit):
    row = candidate(1, visit=visit, is_revealed=False, is_out=True)

    assert hindrances_of_prizes((row,), said(Verdict(1, "out")), ()) == ()


def test_the_threshold_proposes_and_leaves_a_shared_place_across_the_limit_to_the_jury():
    rows = (
        candidate(1, "80"),
        candidate(2, "70", first=2, last=3),
        candidate(3, "70", first=2, last=3),
        candidate(4, "66"),
        candidate(5, "40"),
        candidate(6, "90", needs_talk=True),
        candidate(7, None, is_revealed=False),
    )

    assert by_threshold(rows, visit_from=D(65), most_visits=2) == {1: "visit", 4: "no_visit", 5: "no_visit", 6: "talk"}
    assert by_threshold(rows[:2], visit_from=None, most_visits=None) == {1: "visit", 2: "visit"}


def test_what_was_decided_is_not_filled_over():
    verdicts = (Verdict(1, "no_visit", reason="Weak."), Verdict(2), Verdict(3))

    assert filled(verdicts, {1: "visit", 2: "visit"}) == (verdicts[0], Verdict(2, "visit"), Verdict(3))


def test_the_common_reason_goes_to_those_without_one():
    verdicts = (Verdict(1, "no_visit", reason="Weak."), Verdict(2, "no_visit"), Verdict(3, "visit"))

    assert with_common_reason(verdicts, "Below 65.") == (
        verdicts[0],
        Verdict(2, "no_visit", reason="Below 65."),
        verdicts[2],
    )


def test_where_two_pages_differ():
    mine, theirs = (Verdict(1, "visit"), Verdict(2)), said(Verdict(1, "visit"), Verdict(2, "talk"))

    assert list(differing(mine, theirs)) == [(Verdict(2), Verdict(2, "talk"))]


def test_the_interval_of_five_jurors():
    margin = margin_of([D(82), D(78), D(80), D(84), D(79)])

    assert (round(margin.low, 1), round(margin.high, 1)) == (77.6, 83.6)


def test_one_score_has_no_interval():
    assert margin_of([D(50)]) is None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=2, max_size=9))
def test_an_interval_stays_on_the_scale(tenths):
    margin = margin_of([D(one) / 10 for one in tenths])

    assert 0 <= margin.low <= margin.high <= 100


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.floats(0, 100), max_size=9))
def test_the_scale_holds_every_value(values):
    low, high = scale_for(values)

    assert 0 <= low < high <= 100
    assert all(low <= value <= high for value in values)
