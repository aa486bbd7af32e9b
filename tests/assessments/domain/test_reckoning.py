"""Scores, divergence, agreement and the frozen text, without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.assessments.domain.consensus import check_agreement, lies_outside
from qms.assessments.domain.divergence import divergence_of, divergences, verdict_of
from qms.assessments.domain.scoring import check_agreed, outcome_of, score_of
from qms.assessments.domain.snapshot import canonical, digest, figure
from qms.frameworks.domain.document import read
from qms.lifecycle import Refused

SMALL = read((Path(__file__).parents[2] / "frameworks" / "sample.yaml").read_text("utf-8")).framework
FINE = "fine-tuned"
scores = st.lists(st.none() | st.integers(0, 100).map(Decimal), max_size=8)


def numbers(*values):
    return tuple(Decimal(value) for value in values)


def test_the_manual_s_example():
    assert score_of(SMALL, FINE, "1.1", {"plan": 85, "do": 65, "check": 45, "act": 40}) == Decimal("58.75")
    assert score_of(SMALL, FINE, "6.1", {"trend": 45, "target": 65}) == 55


def test_a_group_may_agree_one_whole_number_for_the_node():
    assert check_agreed(SMALL, FINE, "1.1", {"score": "34"}) == {"score": 34}
    assert score_of(SMALL, FINE, "1.1", {"score": 34}) == 34
    assert check_agreed(SMALL, "classical", "1.1", {"score": "34"}) == {"score": 34}


@given(st.dictionaries(st.sampled_from(["1.1", "1.2", "1.3", "1.4", "6.1", "6.2"]), st.integers(0, 100)))
def test_blank_is_neutral(given_scores):
    marks = {node: {"score": score} for node, score in given_scores.items()}
    blanks = {node: {} for node in ("1.1", "1.2", "1.3", "1.4", "6.1", "6.2") if node not in marks}

    assert outcome_of(SMALL, FINE, marks) == outcome_of(SMALL, FINE, {**marks, **blanks})


@given(scores)
def test_divergence_lies_within_its_scores_and_ignores_order_and_blanks(values):
    divergence = divergence_of(SMALL, "1.1", values)

    assert divergence == divergence_of(SMALL, "1.1", [*reversed(values), None])
    present = [value for value in values if value is not None]
    assert divergence.range == (max(present) - min(present) if present else None)
    if present:
        assert min(present) <= divergence.spread.median <= max(present)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((), "unscored"),
        ((50,), "review"),
        ((30, 51), "discuss"),
        ((30, 50), "review"),
        ((32, 42), "fast_track"),
        ((28, 33), "review"),
    ],
)
def test_the_framework_says_what_is_talked_about(values, verdict):
    assert verdict_of(SMALL, numbers(*values)) == verdict


def test_the_widest_comes_first_and_the_unscored_last():
    given_scores = {"1.1": numbers(10, 20), "1.3": numbers(10, 70), "6.1": numbers(1, 31)}

    assert [each.node for each in divergences(SMALL, given_scores)] == ["1.3", "6.1", "1.1", "1.2", "1.4", "6.2"]


@pytest.mark.parametrize(
    ("score", "values", "outside"),
    [
        ("34", (10, 70), False),
        ("71", (10, 70), True),
        ("9", (10, 70), True),
        ("50", (), True),
        ("13", ("12.5",), False),
    ],
)
def test_outside_means_that_nobody_went_so_far(score, values, outside):
    assert lies_outside(Decimal(score), numbers(*values)) is outside


def test_an_agreement_says_what_is_missing():
    def check(**changes):
        given_fields = {"marks": {}, "left_blank": False, "reason": "", "scores": numbers(20, 40), **changes}
        return check_agreement(SMALL, FINE, "1.1", **given_fields)

    assert check(marks={"score": 30}).score == 30
    assert check(left_blank=True, reason="No data.").score is None
    for wrong in (
        {},
        {"marks": {"plan": 1}},
        {"marks": {"score": 90}},
        {"left_blank": True},
        {"marks": {"score": "x"}},
    ):
        with pytest.raises(Refused):
            check(**wrong)


def test_the_same_content_has_one_text_and_one_fingerprint():
    one = {"b": Decimal("58.750"), "a": [1, None, True, "ż"], "day": date(2026, 11, 2)}
    other = {"day": date(2026, 11, 2), "a": (1, None, True, "ż"), "b": Decimal("58.75")}

    assert canonical(one) == '{"a":[1,null,true,"ż"],"b":"58.75","day":"2026-11-02"}'
    assert digest(one) == digest(other)
    assert digest(one) != digest({**one, "b": Decimal("58.76")})


def test_floats_have_no_exact_form():
    with pytest.raises(ValueError, match="exact"):
        canonical({"score": 0.1})


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=1000))
def test_a_figure_reads_back_exactly(value):
    assert Decimal(figure(value)) == value


def test_moments_keep_their_zone():
    assert canonical({"at": datetime(2026, 11, 2, 9, tzinfo=UTC)}) == '{"at":"2026-11-02T09:00:00+00:00"}'
