"""Who fits whom: each factor, the product, and that no host is asked too often."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.exchange.domain.inviting import invited_to, with_visits
from qms.exchange.domain.matching import (
    Fit,
    Market,
    Need,
    Offer,
    Practice,
    Scale,
    fit_of,
    load_of,
    need_of,
    proposals_of,
    strength_of,
)
from qms.exchange.domain.similarity import Place, similarity_of

SCALE = Scale(0, 100)
LABOUR, TOWN = "county_labour_office", "town_hall"
CRITERIA = {"1.1": "1", "1.2": "1", "2.1": "2"}
D = Decimal


def market_with(*practices, offers=(), places=None, **more):
    offices = places or {key: Place(key, LABOUR, 40) for key in range(10)}
    return Market(SCALE, offices, practices, offers=tuple(offers), criteria=CRITERIA, **more)


def practice_of(office, key="p", nodes=("1.1",), **more):
    return Practice(key, office, frozenset(nodes), **more)


def needing(*offices, node="1.1", score=40):
    return [Need(office, node, D(score)) for office in offices]


def keys_for(market, need, *, each=3):
    return [one.practice for one in proposals_of(market, [need], each=each)[need.office, need.node]]


@pytest.mark.parametrize(("score", "need"), [("0", "1"), ("40", "0.6"), ("99.9", "0.01"), ("100", "0.01")])
def test_need_is_the_share_of_the_scale_that_is_missing(score, need):
    assert need_of(SCALE, D(score)) == D(need)


@pytest.mark.parametrize(
    ("practice", "host_share", "strength"),
    [
        (practice_of(1, effect="proven"), None, "1"),
        (practice_of(1, effect="told"), None, "0.7"),
        (practice_of(1), None, "0.4"),
        (practice_of(1, adopted=3, measured=2, improved=1), None, "0.55"),
        (practice_of(1, adopted=3), None, "0.4"),
        (practice_of(1), D("0.8"), "0.64"),
        (practice_of(1, measured=2, improved=1), D("0.8"), "0.73"),
    ],
)
def test_strength_grows_with_what_others_measured_and_how_strong_the_host_is(practice, host_share, strength):
    assert strength_of(practice, host_share) == D(strength)


def test_a_practice_from_beside_counts_half():
    assert strength_of(practice_of(1, effect="told"), halved=1) == D("0.35")


def test_a_practice_from_beside_never_comes_before_one_filed_here():
    here, beside = practice_of(2, "here"), practice_of(3, "beside", ("1.2",), effect="proven")

    assert keys_for(market_with(here, beside), needing(1)[0]) == ["here", "beside"]


def test_a_practice_that_must_be_translated_counts_half_and_comes_last():
    places = {key: Place(key, LABOUR, 40, "pl") for key in range(10)}
    read = practice_of(2, "read", languages=frozenset({"pl", "en"}))
    foreign = practice_of(3, "foreign", effect="proven", languages=frozenset({"ru"}))
    rows = proposals_of(market_with(read, foreign, places=places), needing(1), each=2)[1, "1.1"]

    assert [(one.practice, one.is_foreign, one.fit.strength) for one in rows] == [
        ("read", False, D("0.4")),
        ("foreign", True, D("0.5")),
    ]


def test_an_office_is_proposed_a_practice_once_for_the_weaker_point():
    market = market_with(practice_of(2, "both", ("1.1", "2.1")), practice_of(3, "other", ("1.1", "2.1")))
    needs = [*needing(1, node="1.1", score=40), *needing(1, node="2.1", score=30)]
    rows = proposals_of(market, needs, each=1)

    assert (rows[1, "2.1"][0].practice, rows[1, "1.1"][0].practice) == ("both", "other")


@pytest.mark.parametrize(
    ("host", "clients", "similarity"),
    [
        (Place(2, LABOUR, 40), ("unemployed",), "1"),
        (Place(2, LABOUR, 20), ("unemployed",), "0.88"),
        (Place(2, LABOUR), ("unemployed",), "0.88"),
        (Place(2, TOWN, 40), ("unemployed", "residents"), "0.56"),
        (Place(2, TOWN, 4000), ("residents",), "0.202"),
        (Place(2, LABOUR, 40), (), "0.88"),
    ],
)
def test_similarity_looks_at_kind_size_and_clients(host, clients, similarity):
    assert similarity_of(Place(1, LABOUR, 40), host, clients) == D(similarity)


@pytest.mark.parametrize(
    ("offers", "load"),
    [
        ((), "1"),
        ((Offer(1, 2, allowed=4, free=4),), "1"),
        ((Offer(1, 2, allowed=4, free=3), Offer(2, 2, allowed=6, free=2)), "0.5"),
        ((Offer(1, 2, allowed=4, free=0),), "0.2"),
    ],
)
def test_load_is_the_share_of_visits_that_a_host_still_has_to_give(offers, load):
    assert load_of(offers) == D(load)


def test_the_fit_is_the_product_of_its_factors():
    assert fit_of(D("0.6"), D("0.7"), D("0.88"), D("0.8"), D("1")) == Fit(
        D("0.295680"), D("0.6"), D("0.7"), D("0.88"), D("0.8"), D("1")
    )


def test_the_best_fit_comes_first_and_of_equal_ones_the_smaller_key():
    market = market_with(practice_of(2, "b"), practice_of(3, "a"), practice_of(4, "c", effect="proven"))

    assert keys_for(market, Need(1, "1.1", D(40))) == ["c", "a", "b"]


def test_own_practices_are_not_proposed():
    assert keys_for(market_with(practice_of(1)), Need(1, "1.1", D(40))) == []


def test_what_was_set_aside_is_not_proposed_for_that_weak_point():
    market = market_with(practice_of(2, nodes=("1.1", "2.1")), dismissed=frozenset({(1, "p", "1.1")}))

    assert keys_for(market, Need(1, "1.1", D(40))) == []
    assert keys_for(market, Need(1, "2.1", D(40))) == ["p"]


def test_what_was_taken_over_is_not_proposed_again():
    assert keys_for(market_with(practice_of(2), adopted=frozenset({(1, "p")})), Need(1, "1.1", D(40))) == []


def test_neighbours_fill_up_where_there_are_too_few():
    market = market_with(practice_of(2, "here"), practice_of(3, "beside", ("1.2",)), practice_of(4, "far", ("2.1",)))

    rows = proposals_of(market, needing(1), each=2)[1, "1.1"]

    assert [(one.practice, one.beside) for one in rows] == [("here", ""), ("beside", "1.2")]
    assert keys_for(market, Need(1, "1.1", D(40)), each=1) == ["here"]


def test_a_score_that_is_not_shown_by_name_does_not_count():
    silent, named = market_with(practice_of(2)), market_with(practice_of(2), shown={(2, "1.1"): D(80)})

    assert [market.practices and strengths(market) for market in (silent, named)] == [[D("0.4")], [D("0.64")]]


def strengths(market):
    return [one.fit.strength for one in proposals_of(market, needing(1), each=2)[1, "1.1"]]


@pytest.mark.parametrize(
    ("practice", "offers", "willingness"),
    [
        (practice_of(2), (), "0.5"),
        (practice_of(2, has_contact=True), (), "0.8"),
        (practice_of(2), (Offer(1, 2, frozenset({"1.1"})),), "1"),
        (practice_of(2), (Offer(1, 2, frozenset({"2.1"})),), "0.5"),
        (practice_of(2), (Offer(1, 2, frozenset({"2.1"}), practice="p"),), "1"),
        (practice_of(2), (Offer(1, 2, frozenset({"1.1"}), practice="other"),), "0.5"),
        (practice_of(2), (Offer(1, 2, frozenset({"1.1"}), free=0),), "0.5"),
    ],
)
def test_willing_is_who_hosts_visits_to_it_then_who_names_a_contact(practice, offers, willingness):
    rows = proposals_of(market_with(practice, offers=offers), needing(1), each=1)[1, "1.1"]

    assert [one.fit.willingness for one in rows] == [D(willingness)]


def planned(market, needs, *, each=2):
    proposals = proposals_of(market, needs, each=each)
    invited = invited_to(market, needs, proposals)
    return with_visits(market, proposals, invited), invited


def test_a_visit_is_proposed_to_the_offices_that_it_fits_best_and_the_practice_to_all():
    offer = Offer(7, 2, frozenset({"1.1"}), allowed=2, free=2)
    needs = [*needing(1, 3, score=40), *needing(4, score=10)]

    seen, invited = planned(market_with(practice_of(2), offers=[offer]), needs)

    assert invited == {7: frozenset({1, 4})}
    assert {office: rows[0].offer for (office, _node), rows in seen.items()} == {1: 7, 3: None, 4: 7}


def test_a_visit_without_a_practice_reaches_offices_that_are_weak_there():
    offer = Offer(7, 2, frozenset({"1.1"}), allowed=5, free=1)

    assert planned(market_with(offers=[offer]), [*needing(1), *needing(3, score=20)])[1] == {7: frozenset({3})}


def test_a_host_is_not_invited_to_itself():
    assert planned(market_with(offers=[Offer(7, 2, frozenset({"1.1"}))]), needing(2))[1] == {}


def test_who_set_the_practice_aside_is_not_invited_to_see_it():
    offer = Offer(7, 2, frozenset({"1.1"}), practice="p")
    market = market_with(practice_of(2), offers=[offer], dismissed=frozenset({(1, "p", "1.1")}))

    assert planned(market, needing(1))[1] == {}


def test_who_has_asked_keeps_the_offer_and_takes_no_place_twice():
    offer = Offer(7, 2, frozenset({"1.1"}), allowed=2, free=1)

    _seen, invited = planned(market_with(practice_of(2), offers=[offer], guests={(7, 1): True}), needing(1, 3, 4))

    assert invited == {7: frozenset({1, 3})}


def test_who_has_been_there_is_not_invited_again():
    offer = Offer(7, 2, frozenset({"1.1"}), allowed=2, free=1)

    _seen, invited = planned(market_with(practice_of(2), offers=[offer], guests={(7, 1): False}), needing(1))

    assert invited == {}


OFFICES = st.integers(0, 9)
NODES = st.sampled_from(sorted(CRITERIA))
NODE_SETS = st.frozensets(NODES, min_size=1)
GROUPS = st.frozensets(st.sampled_from(("unemployed", "employers", "residents", "offices")))
PLACES = st.fixed_dictionaries(
    {
        key: st.builds(Place, st.just(key), st.sampled_from((LABOUR, TOWN)), st.none() | st.integers(1, 400))
        for key in range(10)
    }
)
PRACTICES = st.lists(
    st.builds(
        Practice,
        key=st.sampled_from("abcdefgh"),
        office=OFFICES,
        nodes=NODE_SETS,
        clients=GROUPS,
        effect=st.sampled_from(("proven", "told", "none")),
        measured=st.integers(2, 5),
        improved=st.integers(0, 2),
        has_contact=st.booleans(),
    ),
    unique_by=lambda one: one.key,
)
OFFERS = st.lists(
    st.builds(
        Offer,
        key=st.integers(1, 6),
        office=OFFICES,
        nodes=NODE_SETS,
        practice=st.sampled_from(("", "a", "b")),
        allowed=st.just(4),
        free=st.integers(0, 4),
    ),
    unique_by=lambda one: one.key,
)
SCORES = st.decimals(0, 100, places=2)
MARKETS = st.builds(
    Market,
    scale=st.just(SCALE),
    places=PLACES,
    practices=PRACTICES.map(tuple),
    offers=OFFERS.map(tuple),
    criteria=st.just(CRITERIA),
    shown=st.dictionaries(st.tuples(OFFICES, NODES), SCORES),
    adopted=st.frozensets(st.tuples(OFFICES, st.sampled_from("abcdefgh")), max_size=5),
    dismissed=st.frozensets(st.tuples(OFFICES, st.sampled_from("abcdefgh"), NODES), max_size=5),
    guests=st.dictionaries(st.tuples(st.integers(1, 6), OFFICES), st.booleans(), max_size=5),
)
NEEDS = st.lists(st.builds(Need, OFFICES, NODES, SCORES), unique_by=lambda one: (one.office, one.node), max_size=20)


@settings(max_examples=60)
@given(MARKETS, NEEDS)
def test_no_host_is_proposed_to_more_offices_than_it_has_visits_left(market, needs):
    seen, invited = planned(market, needs)

    for offer in market.offers:
        told = {office for (office, _node), rows in seen.items() for one in rows if one.offer == offer.key}
        told |= invited.get(offer.key, frozenset())
        new = {office for office in told if not market.guests.get((offer.key, office))}
        assert len(new) <= offer.free
        assert offer.office not in new


@settings(max_examples=60)
@given(MARKETS, NEEDS, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(market, needs, chance):
    turned = replace(
        market,
        practices=tuple(chance.sample(market.practices, len(market.practices))),
        offers=tuple(chance.sample(market.offers, len(market.offers))),
        shown=dict(chance.sample(list(market.shown.items()), len(market.shown))),
    )
    turned_needs = chance.sample(needs, len(needs))

    assert planned(turned, turned_needs) == planned(market, needs)


@settings(max_examples=60)
@given(MARKETS, NEEDS)
def test_every_fit_can_be_reckoned_again_from_factors_between_nought_and_one(market, needs):
    fits = [one.fit for rows in planned(market, needs)[0].values() for one in rows]

    for fit in fits:
        factors = (fit.need, fit.strength, fit.similarity, fit.willingness, fit.load)
        assert all(0 < factor <= 1 for factor in factors)
        assert fit_of(*factors) == fit


@settings(max_examples=60)
@given(MARKETS, NEEDS)
def test_nothing_own_set_aside_or_taken_over_is_ever_proposed(market, needs):
    known = {one.key: one for one in market.practices}
    for (office, node), rows in planned(market, needs)[0].items():
        for one in rows:
            assert known[one.practice].office != office
            assert (office, one.practice) not in market.adopted
            assert (office, one.practice, node) not in market.dismissed
