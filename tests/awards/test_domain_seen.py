"""What somebody had before their eyes, in one short text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain.seen import changed_since, mark_of

CLIENTS = {"questions": [{"paragraphs": [{"text": "Nine of ten clients would recommend us."}]}]}
EMPTY = {"questions": []}
parts = st.dictionaries(st.sampled_from(["7", "8", "9", "annexes", "conditions"]), st.text(max_size=3))


def test_goldaps_section_that_grew_is_named_and_the_others_are_not():
    mark = mark_of({"7": EMPTY, "8": EMPTY, "annexes": []})

    assert changed_since(mark, {"7": CLIENTS, "8": EMPTY, "annexes": []}) == ("7",)


@pytest.mark.parametrize("mark", ["", "  "])
def test_page_without_a_mark_says_nothing_of_what_was_read(mark):
    assert changed_since(mark, {"7": CLIENTS}) == ()


def test_mark_that_cannot_be_read_counts_as_nothing_read():
    assert changed_since("torn", {"7": CLIENTS, "annexes": []}) == ("7", "annexes")


@given(parts.filter(bool), parts)
def test_exactly_what_is_new_or_different_is_named(before, now):
    expected = tuple(name for name in now if name not in before or before[name] != now[name])

    assert changed_since(mark_of(before), now) == expected
