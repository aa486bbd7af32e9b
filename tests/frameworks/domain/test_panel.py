"""How one node is scored: the vectors T1, T2 and T6 of caf-efqm-awards 2.7, and what is refused."""

from decimal import Decimal

import pytest

from qms.frameworks.domain.panel import Band, Dimension, Scale
from qms.lifecycle import Refused

BANDS = (
    Band("none", 0, 0, 10, {"en": "none"}),
    Band("weak", 1, 11, 70, {"en": "weak"}),
    Band("act", 2, 71, 90, {"en": "act"}),
    Band("excellent", 3, 91, 100, {"en": "excellent"}),
)


def scale(*codes, combination="mean", by="", step=1):
    return Scale(tuple(Dimension(code, {"en": code}, 0, 100, step=step) for code in codes), combination, BANDS, by=by)


def test_fine_tuned_enabler_is_the_mean_of_its_four_phases():
    pdca = scale("plan", "do", "check", "act")

    assert pdca.score({"plan": 85, "do": 65, "check": 45, "act": 40}) == Decimal("58.75")


def test_fine_tuned_result_is_the_mean_of_trend_and_target():
    assert scale("trend", "target").score({"trend": 45, "target": 65}) == Decimal(55)


def test_a_blank_phase_leaves_the_score_blank():
    assert scale("trend", "target").score({"trend": 45}) is None
    assert scale("trend", "target").score({}) is None
    assert scale("trend", "target").score(None) is None


def test_partial_marks_are_told_from_blank_and_full_ones():
    both = scale("trend", "target")

    assert [both.is_partial(marks) for marks in ({}, {"trend": 0}, {"trend": 0, "target": 0})] == [False, True, False]


def test_a_capped_scale_never_exceeds_its_capping_attribute():
    radar = scale("sound", "implemented", combination="capped", by="sound")

    assert radar.score({"sound": 40, "implemented": 80}) == Decimal(40)
    assert radar.score({"sound": 80, "implemented": 40}) == Decimal(60)


def test_marks_come_as_text_from_forms_and_as_numbers_from_files():
    assert scale("trend", "target").check({"trend": " 45 ", "target": 65.0}) == {"trend": 45, "target": 65}


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_is_left_out_and_never_zero(blank):
    assert scale("trend", "target").check({"trend": blank, "target": "0"}) == {"target": 0}


@pytest.mark.parametrize(
    "mark", ["45.5", "45,5", 45.5, "101", 101, -1, "-1", "−1", "abc", "²", True, [1], "1e2", "9" * 99, float("nan")]
)
def test_anything_but_a_whole_number_of_the_scale_is_refused(mark):
    with pytest.raises(Refused):
        scale("score").check({"score": mark})


def test_an_unknown_dimension_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match="plan") as refusal:
        scale("trend", "target").check({"plan": 10})

    assert refusal.value.values["known"] == "trend, target"


def test_steps_are_kept():
    assert scale("sound", step=5).check({"sound": 35}) == {"sound": 35}
    with pytest.raises(Refused):
        scale("sound", step=5).check({"sound": 36})


def test_a_mark_outside_the_band_it_claims_is_refused():
    classical = scale("score", combination="single")

    assert classical.check({"score": 75}, claimed={"score": "act"}) == {"score": 75}
    with pytest.raises(Refused) as refusal:
        classical.check({"score": 95}, claimed={"score": "act"})
    assert str(refusal.value) == "95 lies outside the chosen band, which is 71 to 90."


def test_a_claim_of_a_band_that_does_not_exist_is_refused():
    with pytest.raises(Refused, match="no band"):
        scale("score").check({"score": 95}, claimed={"score": "plan"})
