"""Who may apply, and what of the sources goes into which empty question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qms.awards.domain.eligibility import OfficeFacts, meets, months_before
from qms.awards.domain.filling import Laid, Slot, lay_down, names_that_fit
from qms.awards.domain.offer import Offer

TODAY = date(2026, 11, 22)


def facts(**more):
    known = {"kind": "town_hall", "region": "28", "country": "PL", "staff": 31, "assessed_on": None, "today": TODAY}
    return OfficeFacts(**known | more)


def offer(key, length=10):
    return Offer("strength", key, key, "", "x" * length)


# --- Conditions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "known", "answer", "met"),
    [
        ("answer", {}, {}, True, True),
        ("answer", {}, {}, False, False),
        ("answer", {}, {}, None, False),
        ("office_kind", {"kinds": ["town_hall"]}, {}, None, True),
        ("office_kind", {"kinds": ["employment_centre"]}, {}, None, False),
        ("region", {"regions": ["PL-28"]}, {}, None, True),
        ("region", {"regions": ["28"]}, {}, None, True),
        ("region", {"regions": ["PL-28"]}, {"region": "pl-28"}, None, True),
        ("region", {"regions": ["PL-26"]}, {}, None, False),
        ("staff", {"least": 31, "most": 31}, {}, None, True),
        ("staff", {"least": 32}, {}, None, False),
        ("staff", {"most": 30}, {}, None, False),
        ("staff", {}, {"staff": None}, None, False),
        ("assessment", {"months": 24}, {}, None, False),
        ("assessment", {"months": 24}, {"assessed_on": date(2024, 11, 22)}, None, True),
        ("assessment", {"months": 24}, {"assessed_on": date(2024, 11, 21)}, None, False),
        ("assessment", {}, {"assessed_on": date(1999, 1, 1)}, None, True),
    ],
)
def test_a_condition_is_met_by_what_is_known_or_answered(kind, value, known, answer, met):
    assert meets(kind, value, facts(**known), answer=answer) == met


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 13) == date(2025, 12, 15)


# --- Filling ---------------------------------------------------------------------------------------------------------


def test_a_piece_goes_to_the_question_nearest_to_its_node():
    whole = Slot(1, 7, (offer("a"), offer("b")))
    near = Slot(2, 7, (offer("a"),))

    assert lay_down([whole, near]) == Laid({2: (offer("a"),), 1: (offer("b"),)})


def test_what_stands_in_the_application_is_not_laid_down_again():
    assert lay_down([Slot(1, 7, (offer("a"), offer("b")))], used=frozenset({"a"})) == Laid({1: (offer("b"),)})


def test_what_finds_no_room_is_counted_and_shorter_pieces_still_fit():
    slot = Slot(1, 7, (offer("long", 90), offer("short", 20)), room=50)

    assert lay_down([slot]) == Laid({1: (offer("short", 20),)}, left=1)


def test_the_limits_of_the_section_and_of_the_whole_hold_too():
    slots = [Slot(1, 7, (offer("a"),)), Slot(2, 7, (offer("b"),)), Slot(3, 8, (offer("c"),))]

    assert lay_down(slots, rooms={7: 10}) == Laid({1: (offer("a"),), 3: (offer("c"),)}, left=1)
    assert lay_down(slots, whole=20) == Laid({1: (offer("a"),), 2: (offer("b"),)}, left=1)


KEYS = some.sampled_from([f"k{number}" for number in range(8)])
OFFERS = some.builds(offer, KEYS, some.integers(1, 60))
SLOTS = some.lists(
    some.builds(
        Slot,
        some.integers(1, 9),
        some.integers(1, 3),
        some.lists(OFFERS, max_size=6, unique_by=lambda one: one.key).map(tuple),
        some.none() | some.integers(0, 100),
    ),
    max_size=6,
    unique_by=lambda slot: slot.question,
)


@given(SLOTS, some.none() | some.integers(0, 200))
def test_no_limit_is_broken_and_nothing_is_laid_down_twice(slots, whole):
    laid = lay_down(slots, whole=whole)
    pieces = [one for offers in laid.pieces.values() for one in offers]
    rooms = {slot.question: slot.room for slot in slots}

    assert len({one.key for one in pieces}) == len(pieces)
    assert whole is None or sum(len(one.text) for one in pieces) <= whole
    for question, offers in laid.pieces.items():
        assert rooms[question] is None or sum(len(one.text) for one in offers) <= rooms[question]


def test_names_of_surveys_fill_the_cell_whole_and_the_latest_first():
    names = ["Client survey 2026", "Client survey 2025", "Staff survey 2024"]

    assert names_that_fit(names, 200) == "Client survey 2026; Client survey 2025; Staff survey 2024"
    assert names_that_fit(names, 40) == "Client survey 2026; Client survey 2025"
    assert names_that_fit(names, 6) == "Client"
    assert names_that_fit([], 6) == ""


@given(some.lists(some.text(min_size=1, max_size=230), max_size=4), some.integers(min_value=1, max_value=300))
def test_no_cell_holds_more_than_it_has_room_for(names, room):
    told = names_that_fit(names, room)

    assert len(told) <= room
    assert told == "; ".join(names) or len("; ".join(names)) > room
