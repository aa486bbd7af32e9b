"""Values along the time, and a value with its interval."""

import re
from datetime import date
from decimal import Decimal

import pytest

from qms.charts.readings import Moment, gauge, readings

NAMED = {"ident": "r", "title": "Days", "description": "24, then 19."}


def moment(day, value, **more):
    return Moment(day, value, str(value), ("1 May", str(day.year)), **more)


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_values_days_span_and_target_are_written():
    moments = (moment(date(2025, 1, 1), 24), moment(date(2026, 1, 1), 19))
    span = (date(2025, 3, 1), date(2025, 8, 31))
    svg = readings(moments, span=span, span_name="action", target=18, target_name="target 18", **NAMED)

    assert sorted(texts(svg)) == sorted(["24", "19", "1 May", "1 May", "2025", "2026", "action", "target 18"])


def test_days_that_would_touch_are_left_to_the_table_and_the_last_one_stays():
    moments = [moment(date(2026, 1, day), day) for day in (1, 2, 3)]

    assert {"1", "2"} & set(texts(readings(moments, **NAMED))) == set()
    assert "3" in texts(readings(moments, **NAMED))


def test_an_interval_is_thick_a_range_has_ends_and_what_is_not_used_is_hollow():
    day, ends = date(2026, 1, 1), {"low": 10, "high": 30}
    interval, spread, hollow = (
        readings([moment(day, 20, **ends, **more)], **NAMED)
        for more in ({"ends": "interval"}, {"ends": "range"}, {"is_used": False})
    )

    assert ('stroke-width="5"' in interval, 'stroke-width="5"' in spread) == (True, False)
    assert ("M-4 0H4" in interval, "M-4 0H4" in spread) == (False, True)
    assert ("hollow" in hollow, "hollow" in spread) == (True, False)


def test_a_chart_without_values_is_none():
    with pytest.raises(ValueError, match="at least one"):
        readings([], **NAMED)


def test_bounds_keep_a_small_change_small():
    moments = (moment(date(2025, 1, 1), 40), moment(date(2026, 1, 1), 41))
    drawn = [readings(moments, bounds=bounds, **NAMED) for bounds in (None, (0, 100))]
    heights = [[float(y) for y in re.findall(r'<circle[^>]* cy="([^"]+)"', svg)] for svg in drawn]

    assert heights[0][0] - heights[0][1] > 50
    assert heights[1][0] - heights[1][1] < 2


def test_a_gauge_shows_zero_only_for_a_change():
    plain = gauge(Decimal(4), minimum=0, maximum=10)
    change = gauge(Decimal(4), minimum=-1, maximum=10, low=Decimal(1), high=Decimal(7), zero=True)

    assert (plain.count("<line"), change.count("<line")) == (1, 3)
