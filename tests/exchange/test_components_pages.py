"""Why something is proposed, in words; what pages name; what stands in the gallery's samples."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.exchange.components.because import adopted_words, factors_of
from qms.exchange.components.lists import ListSection, Seminars
from qms.exchange.components.needs import NeedSection, change_words, parted
from qms.exchange.components.pieces import How, Spreads, Words
from qms.exchange.components.spreads import Spread, rows_of, spread_of
from qms.exchange.domain.mentions import Block, mentions_of
from tests.factories.exchange_pages import a_distribution


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"adopted": 0}, ""),
        ({"adopted": 1, "measured": 0}, "1 other office took it over; its effect there has not been measured yet."),
        (
            {"adopted": 8, "measured": 6, "improved": 5},
            "8 other offices took it over; it improved in 5 of 6 that measured.",
        ),
    ],
)
def test_adoptions_are_told_in_words(facts, said):
    assert adopted_words(facts) == said


@pytest.mark.parametrize(
    ("score", "before", "said"),
    [
        ("34", "36", "Down from 36 in 2024."),
        ("34", "30", "Up from 30 in 2024."),
        ("34", "34.2", "The same as in 2024."),
    ],
)
def test_change_since_the_assessment_before_is_told(score, before, said):
    assert change_words({"score": score, "before": before, "before_year": 2024}) == said


def test_nothing_is_said_of_a_change_without_an_assessment_before():
    assert change_words({"score": "34", "before": None, "before_year": None}) == ""


def test_factors_end_with_their_product():
    fit = {"total": "0.4051", "need": "0.72", "load": "1"}

    assert [factor.value for factor in factors_of(fit)] == ["0.72", "1.00", "0.41"]


@given(st.lists(st.text(alphabet="abc ąż", min_size=1, max_size=40), max_size=12).map(". ".join))
def test_parted_reason_loses_nothing(text):
    first, rest = parted(text)

    assert " ".join(f"{first} {rest}".split()) == " ".join(text.split())


def test_columns_are_told_as_whole_scores():
    assert rows_of([[20, 32, 5], [32, 100, 6]]) == [("20–31", "5"), ("32–100", "6")]


@pytest.mark.parametrize("state", ["held_back", "too_few"])
def test_distribution_that_is_not_shown_has_no_picture_whatever_it_holds(state):
    assert spread_of(a_distribution(state=state)).picture == ""


def test_own_score_between_two_whole_numbers_is_marked_where_it_is():
    assert 'x1="28.5%"' in spread_of(a_distribution(), own=str(Decimal("28.5"))).picture


def test_page_names_each_key_once():
    need = {"framework": "f", "node": "1.1", "distribution": {"release": 3}, "proposals": []}
    proposal = {"practice": "k", "offer": None, "because": {"host_assessment": 7}}
    blocks = [
        Block("need", "need-1.1", {**need, "proposals": [proposal, proposal]}),
        Block("strong", "strong", {"rows": [{"assessment": 7, "office": 2, "before_assessment": 8}]}),
        Block("asked", "asked", {"rows": [{"call": 5}]}),
        Block("unheard-of", "x", {"told": 1}),
    ]
    found = mentions_of(blocks)

    assert (found.practices, found.assessments, found.offices) == ({"k"}, {7, 8}, {2})
    assert (found.calls, found.releases, found.offers, found.nodes) == ((5,), {3}, frozenset(), {("f", "1.1")})


@pytest.mark.parametrize("part", [NeedSection, Spread, Spreads, ListSection, Seminars, How, Words])
def test_samples_can_be_drawn(part):
    assert all(sample.render_html({}) for sample in part.samples())
