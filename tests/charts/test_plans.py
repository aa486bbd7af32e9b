"""The matrix of importance and feasibility, and the timeline of actions."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.charts import Field, Point, Span, matrix, point_swatch, span_swatch, timeline
from qms.charts.matrix import COMPACT, WIDE, Board, _box, _meet
from qms.charts.timeline import next_quarter, quarter_of, window_of

SVG = "{http://www.w3.org/2000/svg}"
FIELD = Field(across="feasibility", upward="importance", first="At once", careful="Plan", beside="Aside", later="Later")
TODAY = date(2027, 10, 15)
JUDGEMENTS = st.integers(3, 15).map(lambda total: Decimal(total) / 3)
POINTS = st.lists(
    st.builds(
        Point,
        code=st.integers(1, 999).map(lambda number: f"D-{number}"),
        x=JUDGEMENTS,
        y=JUDGEMENTS,
        kind=st.sampled_from(["open", "done", "late"]),
        quick=st.booleans(),
    ),
    max_size=40,
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def spans(draw):
    start, due = sorted((draw(DAYS), draw(DAYS)))
    missing = draw(st.sampled_from(["", "start", "due"]))
    return Span(
        f"D-{draw(st.integers(1, 999))}",
        draw(st.text(min_size=1, max_size=200)),
        None if missing == "start" else start,
        None if missing == "due" else due,
        draw(st.sampled_from(["done", "running", "planned", "late", "stopped"])),
    )


def parsed(svg):
    return ET.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))  # noqa: S314 -- our own drawing


def quarter(day):
    return f"Q{(day.month + 2) // 3}"


def drawn(*rows, **more):
    return timeline(rows, today=TODAY, quarter=quarter, **more)


@given(POINTS, st.sampled_from([WIDE, COMPACT]))
def test_no_code_lies_upon_another_code_or_upon_a_foreign_mark(points, face):
    board = Board(face, FIELD)
    placed = board.placed(points)
    middles = [(board.across(point.x) + dx, board.down(point.y) + dy) for point, (dx, dy) in placed]
    boxes = [
        (place, _box(point.code, middles[place], label))
        for place, ((point, _step), label) in enumerate(zip(placed, board.labels(placed), strict=True))
        if label is not None
    ]

    assert not any(_meet(one, other) for (_a, one), (_b, other) in combinations(boxes, 2))
    for place, (left, top, right, bottom) in boxes:
        assert not any(left < x < right and top < y < bottom for other, (x, y) in enumerate(middles) if other != place)


@given(POINTS, st.booleans())
def test_every_point_is_drawn_and_the_drawing_is_the_same_each_time(points, compact):
    svg = matrix(points, FIELD, compact=compact)

    assert len(re.findall(r'<path d="M-6.5|<path d="M0-9', svg)) == len(points)
    assert svg == matrix(points, FIELD, compact=compact)


def test_points_of_the_same_judgements_stand_side_by_side():
    svg = matrix([Point("D-1", 3, 4), Point("D-2", 3, 4)], FIELD)

    assert svg.count('transform="translate(16 0)"') == 1


def test_a_point_that_leads_somewhere_makes_the_matrix_a_group_and_says_its_name():
    svg = matrix(
        [Point("D-1", 3, 4, "Plain words", url="/d/1", ident="1")], FIELD, ident="m", title="M", description="D"
    )
    (link,) = parsed(svg).iter(f"{SVG}a")

    assert parsed(svg).get("role") == "group"
    assert (link.get("href"), link.findtext(f"{SVG}title"), link.get("data-point")) == ("/d/1", "D-1 Plain words", "1")


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("corner", [(1, 1), (1, 5), (5, 1), (5, 5)])
def test_a_point_in_a_corner_has_its_code(corner, compact):
    assert ">D-17<" in matrix([Point("D-17", *corner)], FIELD, compact=compact)


def test_importance_rises_and_feasibility_goes_to_the_right():
    root = parsed(matrix([Point("low", 1, 1), Point("high", 5, 5)], FIELD))
    low, high = (mark for mark in root.iter(f"{SVG}svg") if mark.get("x"))

    assert (low.get("x"), high.get("x")) == ("5%", "95%")
    assert float(low.get("y")) > float(high.get("y"))


def test_kinds_of_points_are_told_apart_without_their_colours():
    shapes = [re.sub(r'color="[^"]*"', "", point_swatch(kind)) for kind in ("quick", "open", "done", "late")]

    assert len(set(shapes)) == 4


def test_a_judgement_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="outside the scale"):
        matrix([Point("D-1", 0, 3)], FIELD)


@given(st.lists(spans(), min_size=1, max_size=12), DAYS, st.booleans())
def test_any_plan_makes_a_drawing_with_one_name_a_row(rows, today, compact):
    root = parsed(timeline(rows, today=today, quarter=quarter, compact=compact, ident="t", title="T", description="D"))

    assert len([text for text in root.iter(f"{SVG}text") if text.get("class") == "q-label"]) == len(rows)


@given(st.lists(spans(), min_size=1, max_size=12), DAYS)
def test_the_window_begins_and_ends_with_a_quarter_and_holds_every_day(rows, today):
    window = window_of(rows, today, 520)

    assert (quarter_of(window.start), quarter_of(window.end)) == (window.start, window.end)
    assert all(window.shows(day) for row in rows for day in (row.first, row.last))


@given(DAYS)
def test_the_next_quarter_begins_after_the_day_and_at_most_92_days_on(day):
    assert day < next_quarter(day) <= day + timedelta(days=92)


def test_a_bar_lasts_from_its_start_to_its_last_day():
    svg = drawn(Span("D-1", "Plain words", date(2027, 1, 1), date(2027, 7, 1), "done"))
    bar = parsed(svg).find(f".//{SVG}rect")

    assert (bar.get("x"), bar.get("width")) == ("0%", "66.30%")


def test_today_is_marked_only_where_it_is_in_sight():
    seen = drawn(Span("D-1", "A", date(2027, 9, 1), date(2027, 11, 1), "running"))
    unseen = drawn(Span("D-1", "A", date(2026, 1, 1), date(2026, 2, 1), "done"))

    assert ("q-benchmark" in seen, "q-benchmark" in unseen) == (True, False)


def test_what_is_late_is_hatched_until_today():
    svg = drawn(Span("D-17", "Answer ideas", date(2027, 3, 15), date(2027, 9, 30), "late"))

    assert 'stroke-dasharray="3 2"' in svg
    assert "q-benchmark" in svg


def test_long_names_are_cut_and_told_in_full_by_the_link():
    title = "Every idea of a colleague gets an answer within ten days " * 3
    svg = drawn(Span("D-1", title, date(2027, 1, 1), date(2027, 12, 1), url="/d/1"), compact=True)

    (name,) = (text for text in parsed(svg).iter(f"{SVG}text") if text.get("class") == "q-label")

    assert "".join(name.itertext()).endswith("…")
    assert f'aria-label="D-1 {title}"' in svg


def test_kinds_of_bars_are_told_apart_without_their_colours():
    kinds = ("done", "running", "planned", "late", "stopped", "today")
    shapes = [re.sub(r'color="[^"]*"|class="[^"]*"', "", span_swatch(kind)) for kind in kinds]

    assert len(set(shapes)) == 6


@pytest.mark.parametrize(
    "nonsense",
    [drawn, lambda: drawn(Span("D-1", "A", None, None))],
    ids=["no action", "an action without a day"],
)
def test_nothing_to_draw_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"at least one|no day"):
        nonsense()


@pytest.mark.parametrize("compact", [True, False])
def test_these_charts_use_plain_attributes_only(compact):
    span = Span("D-1", "A", date(2027, 1, 1), TODAY, "late", "/d/1")
    for svg in (
        matrix([Point("D-1", 2, 3, "A", "late", quick=True, url="/d/1")], FIELD, compact=compact),
        drawn(span, compact=compact),
    ):
        assert "style" not in svg
        assert "var(" not in svg
