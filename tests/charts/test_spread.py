"""Columns of unlike width: as large as their counts, whatever their width."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.charts import spread

NAMED = {"ident": "s", "title": "Scores of 23 offices", "description": "Yours 28, median 41."}
KIT = ((20, 32, 5), (32, 40, 6), (40, 51, 6), (51, 70, 6))


def columns(svg):
    found = re.findall(r'<rect x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%" height="([\d.]+)"', svg)
    return [tuple(map(float, one)) for one in found]


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_counts_axis_median_and_own_mark_are_written():
    svg = spread(KIT, own=28, own_name="You 28", median=41, median_name="median 41", **NAMED)

    assert texts(svg) == ["5", "6", "6", "6", "0", "25", "50", "75", "100", "median 41", "You 28"]


def test_densest_column_is_the_highest_and_a_wide_one_is_low():
    heights = [round(height, 1) for _x, _width, height in columns(spread(KIT))]

    assert heights == [32.2, 58.0, 42.2, 24.4]


edges = st.lists(st.integers(0, 100), min_size=2, max_size=9, unique=True).map(sorted)


@given(edges=edges, counts=st.lists(st.integers(1, 60), min_size=8, max_size=8))
def test_area_of_a_column_is_its_count(edges, counts):
    bins = [(low, high, count) for low, high, count in zip(edges, edges[1:], counts, strict=False)]
    areas = [width * height for _x, width, height in columns(spread(bins))]
    densest = max(count / (high - low) for low, high, count in bins)

    assert areas == pytest.approx([58 * count / densest for _low, _high, count in bins], rel=0.02, abs=0.5)


def test_number_of_a_narrow_column_is_left_to_the_table():
    assert texts(spread(((0, 2, 5), (2, 60, 7))))[0] == "7"


def test_words_at_the_right_end_stand_before_their_mark():
    left, right = (spread(KIT, own=own, own_name="You") for own in (20, 90))

    assert ('text-anchor="start" fill="currentColor" dx="10"' in left) is True
    assert ('text-anchor="end" fill="currentColor" dx="-10"' in right) is True


def test_scale_is_that_of_the_framework():
    (column,) = columns(spread(((Decimal(10), Decimal(20), 5),), minimum=0, maximum=40))

    assert column[:2] == (25.0, 25.0)


@pytest.mark.parametrize("wrong", [(), ((30, 20, 5),), ((10, 20, 0),), ((10, 30, 5), (20, 40, 5))])
def test_columns_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"[Cc]olumn"):
        spread(wrong)
