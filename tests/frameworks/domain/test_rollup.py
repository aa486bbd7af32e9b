"""From marks to a total: vectors T1 to T5 of caf-efqm-awards 2.7, and laws that hold for any marks."""

import pickle
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.frameworks.domain.framework import Rollup, rounded
from qms.frameworks.domain.rollup import Coverage, SheetRefused, check_sheet, reckon, roll_up

NODES = ("1.1", "1.2", "1.3", "1.4", "6.1", "6.2")
scores = st.fixed_dictionaries(
    {node: st.none() | st.integers(0, 400).map(lambda sum_of_four: Decimal(sum_of_four) / 4) for node in NODES}
)
full_scores = st.fixed_dictionaries({node: st.integers(0, 100).map(Decimal) for node in NODES})
weights = st.fixed_dictionaries({node: st.fractions("1/100", 100) for node in NODES})


def weighted(framework, weight_of, factor=1):
    def with_weight(node):
        if node.is_scored:
            return replace(node, weight=weight_of[node.identifier] * factor)
        return replace(node, children=tuple(with_weight(child) for child in node.children))

    return replace(framework, nodes=tuple(with_weight(node) for node in framework.nodes))


def test_t1_phases_become_a_score_a_figure_shown_and_a_band(small):
    outcome = reckon(small, "fine-tuned", {"1.1": {"plan": 85, "do": 65, "check": 45, "act": 40}})

    assert outcome.nodes["1.1"] == Decimal("58.75")
    assert rounded(outcome.nodes["1.1"], small.rounding.node) == 59
    assert small.band_of(outcome.nodes["1.1"]).code == "strong"


def test_t2_trend_and_target_become_a_score(small):
    assert reckon(small, "fine-tuned", {"6.1": {"trend": 45, "target": 65}}).nodes["6.1"] == 55


def test_t3_a_blank_leaves_the_mean_of_its_criterion_and_shows_in_the_coverage(small):
    outcome = roll_up(small, {"1.1": Decimal("58.75"), "1.2": Decimal(40), "1.3": Decimal(30), "1.4": None})

    assert rounded(outcome.criteria["1"], 4) == Decimal("42.9167")
    assert rounded(outcome.criteria["1"], small.rounding.criterion) == Decimal("42.9")
    assert outcome.coverage_by["1"] == Coverage(3, 4)
    assert outcome.total is None
    assert outcome.coverage == Coverage(3, 6)


def test_t4_all_hundred_makes_nine_hundred(caf):
    marks = {
        node.identifier: dict.fromkeys((each.code for each in caf.scale("fine-tuned", node.identifier).dimensions), 100)
        for node in caf.scored
    }

    outcome = reckon(caf, "fine-tuned", marks)

    assert (outcome.total, outcome.total_of, outcome.total_share) == (900, 900, 100)
    assert outcome.coverage == Coverage(28, 28)


def test_t5_ten_and_a_half_shows_as_eleven_and_is_weak(small):
    outcome = roll_up(small, {"1.1": Decimal(10), "1.2": Decimal(11)})

    assert outcome.criteria["1"] == Decimal("10.5")
    assert small.band_of(outcome.criteria["1"]).code == "weak"


def test_groups_have_the_means_of_their_criteria(small):
    outcome = roll_up(small, {"1.1": Decimal(40), "6.1": Decimal(60), "6.2": Decimal(70)})

    assert outcome.groups == {"enablers": 40, "results": 65}
    assert (outcome.total, outcome.total_share) == (105, Decimal("52.5"))


def test_weights_make_points_of_a_thousand(small):
    """EFQM: points of a part are its share of the scale times its weight (caf-efqm-awards 5.2)."""
    points = weighted(small, {"1.1": 100, "1.2": 100, "1.3": 100, "1.4": 300, "6.1": 200, "6.2": 200})
    points = replace(points, rollup=Rollup(maximum=1000))

    outcome = roll_up(points, {**dict.fromkeys(NODES, Decimal(0)), "1.4": Decimal(50), "6.1": Decimal(100)})

    assert (outcome.total, outcome.total_of) == (350, 1000)


@pytest.mark.parametrize(("requires", "total"), [("all-criteria", None), ("all-nodes", None), ("any", 40)])
def test_what_a_total_requires_is_data(small, requires, total):
    mean = replace(small, rollup=Rollup(total="mean", requires=requires))

    assert roll_up(mean, {"1.1": Decimal(40)}).total == total


def test_nothing_scored_is_nothing_and_not_zero(small):
    outcome = reckon(small, "classical", {})

    assert set(outcome.nodes.values()) | set(outcome.criteria.values()) | set(outcome.groups.values()) == {None}
    assert (outcome.total, outcome.coverage) == (None, Coverage(0, 6))


def test_a_tree_of_three_levels_rolls_up_level_by_level(small):
    deep = replace(small.node("1.1"), children=(small.node("1.2"), small.node("1.3")))
    tree = replace(small, nodes=(replace(small.node("1"), children=(deep, small.node("1.4"))),))

    outcome = roll_up(tree, {"1.2": Decimal(10), "1.3": Decimal(20), "1.4": Decimal(45)})

    assert outcome.sections == {"1.1": 15}
    assert outcome.criteria == {"1": 30}
    assert list(outcome.nodes) == ["1.2", "1.3", "1.4"]


def test_a_sheet_is_checked_whole_and_every_fault_named(small):
    with pytest.raises(SheetRefused) as refusal:
        check_sheet(
            small,
            "classical",
            {"1.1": {"score": 101}, "1.2": None, "9.9": {}, "1": {"score": 5}, "1.3": 45, "6.1": {"score": 4}},
        )

    assert [node for node, _ in refusal.value.faults] == ["1.1", "9.9", "1", "1.3"]
    assert str(refusal.value).splitlines()[0] == "1.1: A score lies between 0 and 100: 101 does not."
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)  # noqa: S301  our own


def test_a_sound_sheet_becomes_whole_marks_without_its_blanks(small):
    sheet = {"1.1": {"score": "45"}, "1.2": None, "1.3": {"score": ""}}

    assert check_sheet(small, "classical", sheet) == {"1.1": {"score": 45}}


@given(given_scores=scores)
def test_blank_is_neutral(small, given_scores):
    """Leaving a node out, and a node being blank, are the same; the rest is not moved by it."""
    present = {node: score for node, score in given_scores.items() if score is not None}

    outcome = roll_up(small, given_scores)

    assert outcome == roll_up(small, present)
    for root in small.criteria:
        values = [Fraction(present[node.identifier]) for node in root.children if node.identifier in present]
        mean = sum(values) / len(values) if values else None
        assert outcome.criteria[root.identifier] == (
            None if mean is None else Decimal(mean.numerator) / mean.denominator
        )


@given(given_scores=scores, weight_of=weights)
def test_roll_up_lies_within_its_inputs(small, given_scores, weight_of):
    outcome = roll_up(weighted(small, weight_of), given_scores)

    for root in small.criteria:
        values = [given_scores[node.identifier] for node in root.children if given_scores[node.identifier] is not None]
        value = outcome.criteria[root.identifier]
        assert value is None if not values else min(values) <= value <= max(values)
    if outcome.level is not None:
        present = [value for value in outcome.criteria.values() if value is not None]
        assert min(present) <= outcome.level <= max(present)
        assert 0 <= outcome.total <= outcome.total_of


@given(given_scores=scores, weight_of=weights, factor=st.fractions("1/50", 50))
def test_scaling_all_weights_changes_nothing(small, given_scores, weight_of, factor):
    assert roll_up(weighted(small, weight_of), given_scores) == roll_up(
        weighted(small, weight_of, factor), given_scores
    )


@given(given_scores=full_scores, weight=st.fractions("1/50", 50))
def test_equal_weights_are_no_weights_within_a_criterion(small, given_scores, weight):
    equal = weighted(small, dict.fromkeys(NODES, weight))

    assert roll_up(equal, given_scores).criteria == roll_up(small, given_scores).criteria


@given(given_scores=full_scores, node=st.sampled_from(NODES), more=st.integers(0, 100))
def test_a_better_mark_never_lowers_anything(small, given_scores, node, more):
    better = {**given_scores, node: max(given_scores[node], Decimal(more))}

    before, after = roll_up(small, given_scores), roll_up(small, better)

    assert after.total >= before.total
    assert all(after.criteria[each] >= before.criteria[each] for each in before.criteria)
