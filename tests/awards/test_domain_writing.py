"""How long a text is, what changed between two, which version was read, and whether a target was met."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain import limits
from qms.awards.domain.diff import Piece, difference
from qms.awards.domain.limits import Measure
from qms.awards.domain.results import is_met, years_of
from qms.awards.domain.writing import Read, is_blank, mark_of, tidy

ROW = {
    "title": "Satisfied",
    "unit": "%",
    "values": ["84", None, "89"],
    "target": "88",
    "comparison": None,
    "comparison_note": "",
    "evidence": "E21",
}


def section(*texts, rows=(), max_pages=None):
    paragraphs = [{"text": text} for text in texts]
    return {"questions": [{"paragraphs": paragraphs}, {"rows": list(rows)}], "max_pages": max_pages}


def test_characters_count_without_space_around_and_a_line_end_once():
    assert limits.characters("  ąż\r\nb  ") == 4


def test_row_of_results_counts_the_characters_of_its_cells():
    assert limits.characters_of_row(ROW) == len("Satisfied") + len("%") + 2 + 2 + 2 + 3


def test_section_counts_its_paragraphs_and_rows():
    assert limits.characters_of_section(section("abc", "de", rows=[ROW])) == 5 + limits.characters_of_row(ROW)


def test_page_is_the_polish_standard_page():
    assert limits.pages(4500) == Decimal("2.5")


@pytest.mark.parametrize(("length", "level"), [(1619, ""), (1620, "near"), (1800, "near"), (1801, "over")])
def test_last_tenth_is_near_and_the_limit_itself_is_allowed(length, level):
    assert Measure(length, 1800).level == level


def test_text_over_its_limit_is_never_told_as_the_limit():
    assert limits.shown_pages(12601) == Decimal("7.1")


def test_whole_counts_all_sections_against_the_most_pages():
    assert limits.measure_of_whole([section("a" * 900), section("b" * 901)], 1) == Measure(1801, 1800)


def test_section_takes_half_pages():
    assert limits.measure_of_section(section("a", max_pages="2.5")) == Measure(1, 4500)


def test_no_limit_is_never_over():
    assert Measure(10**9).level == ""


@given(st.text(), st.text())
def test_difference_tells_both_texts_again(earlier, later):
    pieces = difference(earlier, later)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == earlier
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == later


@given(st.text(min_size=1))
def test_same_text_does_not_differ(text):
    assert difference(text, text) == (Piece("same", text),)


def test_difference_goes_word_by_word():
    assert difference("from 21 to 14 days", "from 21 to 15 days") == (
        Piece("same", "from 21 to "),
        Piece("gone", "14"),
        Piece("new", "15"),
        Piece("same", " days"),
    )


@given(st.integers(0, 10**8), st.text())
def test_reading_survives_the_page(version, text):
    read = Read.of(version, text)

    assert Read.parse(str(read)) == read


@pytest.mark.parametrize("written", ["", "x", "-1:ab", "12345678901:ab", "²:ab"])
def test_unreadable_reading_counts_as_never_read(written):
    assert Read.parse(written) == Read()


@given(st.text())
def test_line_ends_of_a_browser_make_no_other_text(text):
    assert mark_of(tidy(text).replace("\n", "\r\n")) == mark_of(text)


def test_row_with_only_a_year_is_blank():
    assert is_blank({"year": 2026, "better": "higher", "title": ""})


@pytest.mark.parametrize(
    ("last", "better", "met"), [("14", "lower", True), ("14", "higher", False), ("15", "higher", True)]
)
def test_target_is_met_in_the_good_direction(last, better, met):
    assert is_met(Decimal(last), Decimal(15), better) is met


def test_target_without_a_value_is_neither():
    assert is_met(None, Decimal(15), "higher") is None


def test_three_years_end_with_the_last():
    assert years_of(2026) == (2024, 2025, 2026)
