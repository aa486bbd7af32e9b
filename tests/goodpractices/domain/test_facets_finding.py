"""Counting with bits gives what counting with lists gives; questions read from an address are written as they came."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from qms.goodpractices.domain.asking import PracticeQuery, query_of
from qms.goodpractices.domain.facets import COSTS, FACETS, Entry, band_of, catalogue_of, most_first

KNOWN = {"criterion": {"caf-2020:5"}, "region": {"28", "26"}, "effect": {"proven"}}
SOME = st.sets(st.sampled_from("abc"), max_size=3)
ENTRIES = st.lists(st.tuples(SOME, SOME, SOME), max_size=40)
CHOICES = st.fixed_dictionaries({"criterion": SOME, "clients": SOME, "region": SOME})


def library(rows):
    entries = [
        Entry(100 + place, {name: tuple(sorted(values)) for name, values in zip(CHOSEN, row, strict=True)}, -place)
        for place, row in enumerate(rows)
    ]
    return catalogue_of(entries)


CHOSEN = ("criterion", "clients", "region")


def fits(row, choices, but=""):
    held = dict(zip(CHOSEN, row, strict=True))
    return all(not values or held[name] & values for name, values in choices.items() if name != but)


@given(rows=ENTRIES, choices=CHOICES)
def test_practices_left_are_those_that_fit_every_facet(rows, choices):
    known = library(rows)
    left = known.proven_first(known.narrowed(known.everything, choices))
    assert left == [100 + place for place, row in enumerate(rows) if fits(row, choices)]


@given(rows=ENTRIES, choices=CHOICES)
def test_count_of_a_value_respects_the_other_facets(rows, choices):
    known = library(rows)
    counts = known.counts(known.everything, choices)
    for place, name in enumerate(CHOSEN):
        for value in "abc":
            expected = sum(value in row[place] and fits(row, choices, but=name) for row in rows)
            assert counts[name].get(value, 0) == expected


@given(rows=ENTRIES)
def test_newest_first_turns_the_order_around(rows):
    known = library(rows)
    assert known.newest_first(known.everything) == list(reversed(known.proven_first(known.everything)))


def test_keys_of_another_library_count_for_nothing():
    known = library([({"a"}, set(), set())])
    assert known.bits_of([100, 7, 100]) == 1


def test_amounts_lie_in_bands():
    assert [band_of(amount, COSTS) for amount in (None, 0, 1000, 1000.5, 10_001)] == [
        (),
        ("none",),
        ("small",),
        ("middle",),
        ("large",),
    ]


def test_question_is_read_from_an_address():
    asked = {"q": [" pracodawca   oferta "], "criterion": ["caf-2020:5"], "region": ["28", "26"], "sort": ["newest"]}
    query = query_of(asked, language="pl", known=KNOWN)
    assert query.words == "pracodawca oferta"
    assert query.address == "q=pracodawca+oferta&criterion=caf-2020%3A5&region=26&region=28&sort=newest"


def test_values_that_are_not_known_are_left_out_and_named():
    asked = {"region": ["28", "99"], "sort": ["loudest"], "page": ["-1"], "effect": ["<script>"]}
    query = query_of(asked, language="pl", known=KNOWN)
    assert query.choices["region"] == {"28"}
    assert query.page == 1
    assert query.ignored == ("99", "<script>", "loudest", "-1")


def test_choice_can_be_taken_away():
    query = PracticeQuery("pl", "oferta", {"region": frozenset({"28", "26"})})
    assert query.without("region", "28").address == "q=oferta&region=26"
    assert query.without().address == "region=26&region=28"


@given(st.dictionaries(st.sampled_from([*FACETS, "q", "sort", "page"]), st.lists(st.text(), max_size=3)))
def test_address_of_a_question_is_the_same_question(asked):
    query = query_of(asked, language="pl", known=KNOWN)
    again = query_of(parse_qs(query.address), language="pl", known=KNOWN)
    assert again.address == query.address
    assert again.ignored == ()


@given(st.integers(0, 2**40 - 1), st.lists(st.integers(0, 2**40 - 1), max_size=4))
def test_bits_that_most_masks_hold_come_first(among, masks):
    parted = most_first(among, masks)

    for place, bits in enumerate(parted):
        for bit in (1 << shift for shift in range(40)):
            is_here = bool(among & bit) and sum(bool(mask & bit) for mask in masks) == len(masks) - place
            assert bool(bits & bit) == is_here
