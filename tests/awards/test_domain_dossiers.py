"""Where the pages of annexes are placed, and how codes are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain.binding import (
    TALL,
    BoundAnnex,
    Page,
    first_pages,
    frame_of,
    grouped,
    hyphened,
    placed,
    read_code,
)

SIDE = st.floats(min_value=20, max_value=4000)


def bound(*pages: Page, outcome="merged"):
    return BoundAnnex("A", "a.pdf", "pdf", 1, "0" * 64, "", "", "a.pdf", outcome, pages=pages)


@given(width=SIDE, height=SIDE)
def test_a_page_stays_inside_its_room_and_keeps_its_proportions(width, height):
    page = Page(width, height)
    scale, frame = placed(page)
    room = frame_of(page)

    assert 0 < scale <= 1
    assert frame.width / width == pytest.approx(scale)
    assert frame.height / height == pytest.approx(scale)
    assert room.x - 0.01 <= frame.x
    assert frame.x + frame.width <= room.x + room.width + 0.01
    assert room.y - 0.01 <= frame.y
    assert frame.y + frame.height == pytest.approx(room.y + room.height)


def test_a_small_page_is_not_enlarged():
    scale, frame = placed(Page(100, 200))

    assert (scale, frame.width, frame.height) == (1.0, 100, 200)
    assert frame.x + frame.width / 2 == pytest.approx(TALL.x + TALL.width / 2)


def test_a_wide_page_gets_a_wide_sheet():
    assert (Page(300, 200).is_wide, Page(200, 300).is_wide, Page(200, 200).is_wide) == (True, False, False)


@given(st.lists(st.integers(min_value=0, max_value=9), max_size=8), st.integers(min_value=0, max_value=50))
def test_annexes_fill_the_whole_from_its_end(counts, before):
    annexes = tuple(bound(*[Page(1, 2)] * count) for count in counts)
    total = before + sum(annex.sheets for annex in annexes)

    firsts = first_pages(annexes, total)

    ends = [first + annex.sheets for first, annex in zip(firsts, annexes, strict=True)]
    assert [*firsts, total + 1] == [before + 1, *ends]


def test_an_annex_that_is_not_set_in_still_has_its_title_sheet():
    assert bound(outcome="broken").sheets == 1


def test_codes_and_fingerprints_are_grouped_for_the_eye():
    assert hyphened("ABCDEFGHJKLM") == "ABCD-EFGH-JKLM"
    assert grouped("0123456789abcdef01") == "01234567 89abcdef 01"


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKLM", " abcd efgh jklm ", "ABCDEFGHJKLM"])
def test_a_code_is_read_however_it_was_typed(typed):
    assert read_code(typed) == "ABCDEFGHJKLM"
