"""What is shown anonymously tells on no group of fewer than five, taken alone or together."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from qms.exchange.domain.distribution import bins_of, distribution_of, may_release, smallest_cell
from qms.exchange.domain.matching import Scale
from qms.exchange.domain.material import Shown
from qms.exchange.domain.releasing import decision_on

TODAY = date(2026, 11, 20)
SCALE = Scale(0, 100)
SCORES = st.lists(st.decimals(0, 100, places=1), max_size=60)
FIVES = [frozenset(range(start, start + 5)) for start in range(0, 25, 5)]
# Groups of five in any number, and now and then somebody more or less: sets that pass the guard and sets that do not.
CANDIDATES = st.builds(
    lambda fives, others: frozenset().union(*fives) ^ others,
    st.lists(st.sampled_from(FIVES)),
    st.one_of(st.just(frozenset()), st.frozensets(st.integers(0, 27), max_size=7)),
)
SETS = st.lists(CANDIDATES, min_size=1, max_size=6)


def decided(scores, shown=(), consenting=None):
    known = range(1000) if consenting is None else consenting
    numbers = {pk: Decimal(score) for pk, score in scores.items()}
    return decision_on("1.1", numbers, shown, consenting=known, scale=SCALE, on=TODAY)


def as_shown(decision, key=1, *, is_own=True, is_withdrawn=False):
    return Shown(key, decision.node, decision.contributors, decision.content, is_own, is_withdrawn)


def test_five_offices_in_one_place_are_one_bin():
    assert bins_of([Decimal(42)] * 5, lowest=0, highest=100) == ((0, 100, 5),)


def test_tenths_are_put_together_until_each_holds_five():
    scores = [Decimal(score) for score in (5, 12, 15, 22, 28, 35, 36, 37, 38, 39, 81, 90, 100)]

    assert bins_of(scores, lowest=0, highest=100) == ((0, 30, 5), (30, 100, 8))


def test_a_distribution_has_the_middle_and_where_the_best_quarter_begins():
    found = distribution_of([Decimal(score) for score in (10, 20, 30, 40, 50, 60, 70, 80)], lowest=0, highest=100)

    assert (found.count, found.median, found.upper) == (8, Decimal(45), Decimal(70))


def test_four_offices_are_too_few():
    assert distribution_of([Decimal(50)] * 4, lowest=0, highest=100) is None


@given(SCORES)
def test_every_bin_holds_five_and_every_office_stands_in_one(scores):
    bins = bins_of(scores, lowest=0, highest=100)

    assert all(count >= 5 for _low, _high, count in bins)
    assert sum(count for *_edges, count in bins) == (len(scores) if len(scores) >= 5 else 0)


@given(SCORES.filter(lambda scores: len(scores) >= 5))
def test_bins_cover_the_scale_without_gaps(scores):
    bins = bins_of(scores, lowest=0, highest=100)

    assert (bins[0][0], bins[-1][1]) == (0, 100)
    assert all(one[1] == other[0] for one, other in pairwise(bins))


def test_one_office_more_is_held_back():
    assert not may_release([range(10)], range(11))


def test_five_offices_more_may_be_shown():
    assert may_release([range(10)], range(15))


def test_one_office_for_another_is_held_back():
    assert not may_release([range(10)], range(1, 11))


def test_two_releases_that_were_each_fine_may_forbid_a_third():
    assert may_release([range(10)], range(5, 15))
    assert not may_release([range(10), range(5, 15)], range(3, 13))


def cut_out(releases):
    """Every set that anybody can cut out with "in this one", "not in that one", put together in any way."""
    everybody = set().union(*releases)
    atoms = []
    for choice in product((True, False), repeat=len(releases)):
        held = set(everybody)
        for is_in, release in zip(choice, releases, strict=True):
            held &= release if is_in else everybody - release
        if held:
            atoms.append(held)
    return atoms


@given(SETS)
def test_no_cell_of_fewer_than_five_can_be_cut_out_of_all_that_was_shown(candidates):
    shown = []
    for candidate in candidates:
        if may_release(shown, candidate):
            shown.append(candidate)

    assert all(len(cell) >= 5 for cell in (cut_out(shown) if shown else []))


@given(SETS)
def test_the_smallest_cell_is_the_one_that_brute_force_finds(releases):
    sizes = [len(cell) for cell in cut_out(releases)]

    assert smallest_cell(releases) == (min(sizes) if sizes else 5)


@given(SETS, st.randoms(use_true_random=False))
def test_what_is_shown_stays_the_same_when_scores_change_places_within_a_cell(candidates, chance):
    first = {pk: chance.randrange(101) for pk in range(28)}
    shown = released(candidates, first)
    second = dict(first)
    for cell in cut_out([set(one.contributors) for one in shown]) if shown else []:
        members = sorted(cell)
        scores = [first[pk] for pk in members]
        chance.shuffle(scores)
        second.update(zip(members, scores, strict=True))

    assert [one.content for one in released(candidates, second)] == [one.content for one in shown]


def released(candidates, scores):
    shown = []
    for key, candidate in enumerate(candidates):
        decision = decided({pk: scores[pk] for pk in candidate}, shown)
        if decision.is_new:
            shown.append(as_shown(decision, key))
    return shown


MORNINGS = st.lists(st.tuples(CANDIDATES, st.sampled_from(("this", "other")), st.booleans()), min_size=1, max_size=7)


@given(MORNINGS)
def test_two_editions_that_plan_for_weeks_never_cut_out_fewer_than_five(mornings):
    remembered: list[tuple[str, Shown]] = []
    for key, (sharing, edition, with_withdrawals) in enumerate(mornings):
        if with_withdrawals:
            remembered = [
                (name, replace(one, is_withdrawn=one.is_withdrawn or not sharing.issuperset(one.contributors)))
                for name, one in remembered
            ]
        shown = [replace(one, is_own=name == edition) for name, one in remembered]
        decision = decided({pk: 40 + pk for pk in sharing}, shown, consenting=sharing if with_withdrawals else None)
        if decision.is_new:
            remembered.append((edition, as_shown(decision, key)))
        elif decision.content is not None:
            standing = {one.key: one for one in shown if one.is_own and not one.is_withdrawn}
            assert standing[decision.release].content == decision.content

    everything = {frozenset(one.contributors) for _name, one in remembered}
    assert all(len(cell) >= 5 for cell in (cut_out(everything) if everything else []))


def test_the_same_offices_are_shown_again_as_they_were():
    first = decided(dict.fromkeys(range(6), 40))

    again = decided(dict.fromkeys(range(6), 40), [as_shown(first, key=7)])

    assert (again.state, again.release, again.is_new) == ("shown", 7, False)


def test_the_last_one_stays_while_a_new_one_would_tell_on_somebody():
    first = as_shown(decided(dict.fromkeys(range(6), 40)), key=7)

    decision = decided(dict.fromkeys(range(7), 40), [first])

    assert (decision.state, decision.release, decision.content["count"]) == ("kept", 7, 6)


def test_nothing_stays_when_one_of_those_behind_it_withdrew():
    first = as_shown(decided(dict.fromkeys(range(6), 40)))

    assert decided(dict.fromkeys(range(5), 40), [first], consenting=range(5)).state == "held_back"


def test_a_withdrawn_distribution_is_still_remembered_by_the_guard():
    first = as_shown(decided(dict.fromkeys(range(6), 40)), is_withdrawn=True)

    assert decided(dict.fromkeys(range(7), 40), [first]).state == "held_back"


def test_what_another_edition_showed_counts_and_is_not_kept_here():
    first = as_shown(decided(dict.fromkeys(range(6), 40)), is_own=False)

    assert decided(dict.fromkeys(range(7), 40), [first]).state == "held_back"
    assert decided(dict.fromkeys(range(6), 40), [first]).is_new


def test_four_offices_are_told_to_be_too_few():
    assert decided(dict.fromkeys(range(4), 40)).told("caf-2020", SCALE) == {
        "framework": "caf-2020",
        "node": "1.1",
        "state": "too_few",
        "release": None,
        "lowest": 0,
        "highest": 100,
        "count": None,
        "median": None,
        "bins": [],
        "on": None,
    }


def test_a_page_keeps_neither_who_stands_behind_it_nor_where_the_best_quarter_begins():
    assert decided(dict.fromkeys(range(6), 40)).told("caf-2020", SCALE) == {
        "framework": "caf-2020",
        "node": "1.1",
        "state": "shown",
        "release": None,
        "lowest": 0,
        "highest": 100,
        "count": 6,
        "median": "40",
        "bins": [[0, 100, 6]],
        "on": "2026-11-20",
    }
