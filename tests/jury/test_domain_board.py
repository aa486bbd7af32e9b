"""Places with ties, severity, and the balanced assignment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.jury.domain.assigning import Proposal, Wanted, balanced
from qms.jury.domain.ranking import Entry, Place, Severity, placed, severity

ONE = Decimal(1)


def entries(*totals: str | None) -> list[Entry]:
    return [Entry(number, None if total is None else Decimal(total)) for number, total in enumerate(totals, 1)]


def spans(places: tuple[Place, ...]) -> list[tuple[int, int, int]]:
    return [(place.application, place.first, place.last) for place in places]


# --- Places ----------------------------------------------------------------------------------------------------------


def test_a_higher_total_comes_first():
    assert spans(placed(entries("50", "80", "65"), ONE)) == [(2, 1, 1), (3, 2, 2), (1, 3, 3)]


def test_totals_closer_than_the_rule_says_share_a_place():
    places = placed(entries("80.6", "71.0", "70.8", "59.6"), Decimal(2))

    assert spans(places) == [(1, 1, 1), (2, 2, 3), (3, 2, 3), (4, 4, 4)]
    assert [place.close_to for place in places] == [(), (3,), (2,), ()]


def test_a_difference_that_is_exactly_the_rule_is_no_tie():
    assert spans(placed(entries("71", "70"), ONE)) == [(1, 1, 1), (2, 2, 2)]


def test_a_chain_of_small_differences_ends_where_the_first_of_the_group_reaches():
    places = placed(entries("72", "71.4", "70.8", "70.2"), ONE)

    assert spans(places) == [(1, 1, 2), (2, 1, 2), (3, 3, 4), (4, 3, 4)]


def test_equal_totals_share_a_place_even_where_no_difference_is_a_tie():
    assert spans(placed(entries("70", "70"), Decimal(0))) == [(1, 1, 2), (2, 1, 2)]


def test_without_a_total_there_is_no_place():
    assert spans(placed(entries(None, "0"), ONE)) == [(2, 1, 1)]


def weighed(number: int, total: str, **scores: str | None) -> Entry:
    """Scores by weight: w4="60"."""
    sections = [(Decimal(name[1]), None if score is None else Decimal(score)) for name, score in scores.items()]
    return Entry(number, Decimal(total), tuple(sections))


def test_the_greatest_weight_parts_a_tie_and_then_the_next():
    rows = [
        weighed(1, "70.2", w4="60", w2="70", w1="90"),
        weighed(2, "70.1", w4="65", w2="50"),
        weighed(3, "70.0", w4="60", w2="80"),
    ]

    assert spans(placed(rows, ONE, heaviest=True)) == [(2, 1, 1), (3, 2, 2), (1, 3, 3)]
    assert placed(rows, ONE, heaviest=True)[0].close_to == (1, 3)
    assert spans(placed(rows, ONE)) == [(1, 1, 3), (2, 1, 3), (3, 1, 3)]


def test_what_is_equal_in_every_weight_stays_shared():
    rows = [weighed(1, "70.5", w4="60"), weighed(2, "70.0", w4="60")]

    assert spans(placed(rows, ONE, heaviest=True)) == [(1, 1, 2), (2, 1, 2)]


def test_the_last_digit_of_a_sixth_settles_no_tie():
    sixth, third = Decimal(1) / 6, Decimal(1) / 3
    halves = [(ONE, 50 + part) for part in (sixth, sixth, 2 * third)]
    whole = [(ONE, Decimal(score)) for score in (50, 50, 51)]
    rows = [Entry(1, Decimal("50.333333"), tuple(whole)), Entry(2, Decimal("50.333333"), tuple(halves))]

    assert spans(placed(rows, ONE, heaviest=True)) == [(1, 1, 2), (2, 1, 2)]


def test_a_weight_at_which_somebody_could_not_be_judged_decides_nothing():
    rows = [weighed(1, "70.5", w4=None, w2="40"), weighed(2, "70.0", w4="90", w2="50")]

    assert spans(placed(rows, ONE, heaviest=True)) == [(2, 1, 1), (1, 2, 2)]


@given(
    st.lists(st.one_of(st.none(), st.decimals(0, 100, places=2)), max_size=12),
    st.decimals(0, 20, places=1),
    st.booleans(),
)
def test_places_cover_all_numbers_and_never_turn_a_clear_difference(totals, tie_below, heaviest):
    rows = [Entry(n, total, ((ONE, total),)) for n, total in enumerate(totals)]
    places = placed(rows, tie_below, heaviest=heaviest)

    assert sorted(place.application for place in places) == [one.application for one in rows if one.total is not None]
    assert [place.first <= number <= place.last for number, place in enumerate(places, 1)] == [True] * len(places)
    for above, below in combinations(places, 2):
        assert below.total - above.total < max(tie_below, Decimal("0.000001"))


@given(st.lists(st.decimals(0, 100, places=1), max_size=12), st.decimals(0, 20, places=1))
def test_a_place_is_shared_with_the_first_of_the_group_and_with_nobody_further(totals, tie_below):
    places = placed([Entry(number, total) for number, total in enumerate(totals)], tie_below)

    for place in places:
        first = places[place.first - 1]
        shared = first.total - place.total
        assert (first.first, first.last) == (place.first, place.last)
        assert shared < tie_below or shared == 0
        if place.last < len(places):
            behind = first.total - places[place.last].total
            assert behind >= tie_below
            assert behind > 0


@given(
    st.lists(st.lists(st.integers(0, 100).map(Decimal), min_size=3, max_size=3), min_size=2, max_size=6),
    st.booleans(),
)
def test_the_heaviest_criterion_parts_only_those_who_tie(rows, heaviest):
    weights = (Decimal(3), Decimal(2), ONE)
    asked = [
        Entry(
            number, sum(w * s for w, s in zip(weights, scores, strict=True)) / 6, (*zip(weights, scores, strict=True),)
        )
        for number, scores in enumerate(rows)
    ]
    said = {one.application: [score for _weight, score in one.sections] for one in asked}
    places = placed(asked, Decimal(5), heaviest=heaviest)

    for above, below in combinations(places, 2):
        if below.application in above.close_to and heaviest:
            assert said[above.application] >= said[below.application]
            assert (above.first == below.first) == (said[above.application] == said[below.application])
        else:
            assert above.total >= below.total


# --- Severity --------------------------------------------------------------------------------------------------------


def test_a_strict_juror_gives_less_than_the_others():
    totals = {1: {7: Decimal(40), 8: Decimal(60), 9: Decimal(70)}, 2: {7: Decimal(50), 8: Decimal(54)}}

    assert severity(totals) == {
        7: Severity(7, 2, Decimal("-14.5")),
        8: Severity(8, 2, Decimal("4.5")),
        9: Severity(9, 1, Decimal(20)),
    }


def test_what_nobody_else_scored_says_nothing_of_severity():
    assert severity({1: {7: Decimal(40)}, 2: {}}) == {}


SCORED = st.dictionaries(st.integers(1, 6), st.decimals(0, 100, places=6), max_size=5)


@given(st.dictionaries(st.integers(1, 8), SCORED, max_size=8))
def test_severity_is_the_mean_of_own_minus_others(totals):
    apart: dict[int, list[Fraction]] = {}
    for scores in totals.values():
        for juror, own in scores.items():
            others = [Fraction(score) for other, score in scores.items() if other != juror]
            if others:
                apart.setdefault(juror, []).append(Fraction(own) - sum(others) / len(others))

    found = severity(totals)
    assert {juror: one.n for juror, one in found.items()} == {juror: len(rows) for juror, rows in apart.items()}
    for juror, rows in apart.items():
        exact = sum(rows) / len(rows)
        assert abs(Fraction(found[juror].mean) - exact) < Fraction(1, 10**20)


# --- Assignment ------------------------------------------------------------------------------------------------------


def wanted(number: int, lacks: int, *eligible: int, held: tuple[int, ...] = ()) -> Wanted:
    return Wanted(number, lacks, frozenset(eligible), frozenset(held))


def test_ballots_are_spread_evenly():
    rows = [wanted(number, 2, 1, 2, 3) for number in range(1, 4)]

    found = balanced(rows, {})
    assert found.loads == {1: 2, 2: 2, 3: 2}
    assert found.short == {}
    assert set(found.pairs) == {(1, 1), (1, 2), (2, 1), (2, 3), (3, 2), (3, 3)}


def test_what_stands_is_kept_and_counts():
    found = balanced([wanted(1, 1, 1, 2, held=(1,)), wanted(2, 1, 1, 2)], {1: 3})

    assert found == Proposal(((1, 2), (2, 2)), {1: 3, 2: 2}, {})


def test_too_few_jurors_leave_an_application_short():
    found = balanced([wanted(1, 3, 1, 2), wanted(2, 2)], {1: 0, 2: 0})

    assert found == Proposal(((1, 1), (1, 2)), {1: 1, 2: 1}, {1: 1, 2: 2})


def test_a_chain_of_swaps_frees_a_juror_who_is_the_only_one_for_another_application():
    rows = [wanted(1, 1, 1, 2), wanted(2, 1, 1, 2), wanted(3, 1, 2, 3), wanted(4, 1, 3), wanted(5, 1, 3)]

    assert balanced(rows, {3: 1}).loads == {1: 1, 2: 2, 3: 3}


JURORS = (1, 2, 3, 4)
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(st.sampled_from(JURORS)), st.frozensets(st.sampled_from(JURORS))),
    max_size=4,
)
LOADS = st.dictionaries(st.sampled_from(JURORS), st.integers(0, 4))


def of(rows: list[tuple[int, frozenset[int], frozenset[int]]]) -> list[Wanted]:
    return [Wanted(number, *row) for number, row in enumerate(rows)]


def every_way(rows: list[Wanted], loads: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """The loads of all possible assignments that fill as much as can be filled."""
    free = [sorted(one.eligible - one.held_by) for one in rows]
    choices = [list(combinations(jurors, min(one.lacks, len(jurors)))) for one, jurors in zip(rows, free, strict=True)]
    for chosen in product(*choices):
        taken = [juror for panel in chosen for juror in panel]
        yield tuple(loads.get(juror, 0) + taken.count(juror) for juror in JURORS)


@settings(max_examples=200, deadline=None)
@given(ROWS, LOADS)
def test_nothing_is_more_even_and_nobody_is_excluded_or_doubled(rows, loads):
    asked = of(rows)
    found = balanced(asked, loads)

    by_number = {one.application: one for one in asked}
    assert all(juror in by_number[number].eligible - by_number[number].held_by for number, juror in found.pairs)
    assert len(set(found.pairs)) == len(found.pairs)
    for one in asked:
        many = sum(number == one.application for number, _juror in found.pairs)
        assert many == min(one.lacks, len(one.eligible - one.held_by))
        assert found.short.get(one.application, 0) == one.lacks - many
    own = tuple(found.loads.get(juror, 0) for juror in JURORS)
    ways = list(every_way(asked, loads))
    assert sorted(own) in [sorted(way) for way in ways]
    assert sum(load**2 for load in own) == min(sum(load**2 for load in way) for way in ways)
    assert max(own) - min(own) == min(max(way) - min(way) for way in ways)


@given(ROWS, LOADS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows, loads, luck):
    asked = of(rows)
    turned = asked.copy()
    luck.shuffle(turned)

    assert balanced(turned, loads) == balanced(asked, dict(reversed(list(loads.items()))))
