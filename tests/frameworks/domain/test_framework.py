"""The frozen tree: finding things in it, bands, and texts with their fallback."""

from decimal import Decimal

import pytest

from qms.frameworks.domain.framework import rounded, text
from qms.lifecycle import Refused


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0", "none"),
        ("10.4", "none"),
        ("10.5", "weak"),
        ("30", "weak"),
        ("58.75", "strong"),
        ("90.49", "very-strong"),
        ("100", "excellent"),
    ],
)
def test_a_value_is_rounded_half_up_before_its_band_is_found(small, value, code):
    assert small.band_of(Decimal(value)).code == code


def test_rounding_is_half_up_and_not_to_the_even_number():
    assert [rounded(Decimal(value), 0) for value in ("42.5", "43.5", "58.75")] == [43, 44, 59]


def test_scored_nodes_are_the_leaves_in_the_order_of_the_file(small):
    assert [node.identifier for node in small.scored] == ["1.1", "1.2", "1.3", "1.4", "6.1", "6.2"]


def test_a_node_knows_its_criterion_its_group_and_its_scale(small):
    assert small.criterion_of("6.2").identifier == "6"
    assert small.node("6.2").group == "results"
    assert [each.code for each in small.scale("fine-tuned", "6.2").dimensions] == ["trend", "target"]


def test_groups_bands_and_nodes_are_found_by_their_codes(small):
    assert small.group("results").titles["pl"] == "Wyniki"
    assert small.band("strong").holds(51)
    assert (small.has_node("1.1"), small.has_node("9.9")) == (True, False)


def test_beyond_the_scale_the_last_band_holds(small):
    assert small.band_of(101).code == "excellent"


@pytest.mark.parametrize("ask", [lambda f: f.node("9.9"), lambda f: f.panel("x"), lambda f: f.band("x")])
def test_what_is_not_there_is_refused(small, ask):
    with pytest.raises(Refused):
        ask(small)


def test_a_text_falls_back_to_the_first_language(small):
    inspire = small.node("1.3")

    assert text(inspire.titles, "pl") == "Inspire people"
    assert text(small.node("1.2").titles, "pl-pl") == "Zarządzanie"
    assert text(inspire.guidance, "pl") == ""
    assert text(small.node("1.1").examples, "ru") == ("a mission", "a vision")


def test_caf_2020_has_nine_criteria_and_twenty_eight_subcriteria(caf):
    assert [len(criterion.children) for criterion in caf.criteria] == [4, 4, 3, 6, 3, 2, 2, 2, 2]
    assert len(caf.scored) == 28
    assert {panel.code for panel in caf.panels} == {"classical", "fine-tuned"}
