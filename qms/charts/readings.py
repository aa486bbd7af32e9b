"""Measured values along the time, and one value or change with its interval beside words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Number, Scale, element, level, line, picture, tinted, words

TOP, FLOOR, HEIGHT = 34, 164, 204
EDGE = 7  # per cent of the width that stay free on both sides
AIR = 0.12  # of the height, above and below
SMALLEST = timedelta(days=60)
RADIUS = 5.5
AXIS = 26  # nearer to the axis than that, a value is written above its mark

Ends = Literal["", "interval", "range"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One measured value: its day, its text, two lines under the axis, and how far its line reaches.

    An interval is drawn thick and pale; a range (such as the scores of a group's members) thin with ends, because it
    says something else. A value that nothing was reckoned from is hollow.
    """

    on: date
    value: Number
    text: str
    lines: tuple[str, str]
    low: Number | None = None
    high: Number | None = None
    ends: Ends = ""
    is_used: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where days and values lie in the picture."""

    days: Scale
    values: Scale

    def x(self, day: date) -> str:
        """The level place of a day, held at the edges."""
        held = min(max(day.toordinal(), int(self.days.low)), int(self.days.high))
        return self.days.at(held)

    def share(self, day: date) -> float:
        """The same in per cent."""
        return float(self.x(day).rstrip("%"))

    def y(self, value: Number) -> float:
        """The height of a value."""
        return FLOOR - (FLOOR - TOP) * self.values.share(value)


def readings(  # noqa: PLR0913 -- a chart has as many parts
    moments: Sequence[Moment],
    *,
    span: tuple[date, date] | None = None,
    span_name: str = "",
    bounds: tuple[Number, Number] | None = None,
    target: Number | None = None,
    target_name: str = "",
    ident: str = "",
    title: str = "",
    description: str = "",
    compact: bool = False,
    palette: Palette = PAPER,
) -> str:
    """Values along the time, oldest first; a tinted stretch is the action, a dashed line what it aims at.

    Bounds are what the picture reaches at least; without them it shows no more than the values need.
    """
    if not moments:
        raise ValueError("A chart of readings has at least one.")
    place = Place(_days(moments, span, compact=compact), _values(moments, target, bounds))
    room = 22 if compact else 13
    return picture(
        *_span(place, span, span_name, palette),
        *_target(place, target, target_name, palette),
        tinted("grid", palette.grid, level("0", "100%", FLOOR)),
        tinted("current", palette.current, *_course(place, moments), *(_mark(place, one) for one in moments)),
        *_texts(place, moments, room),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=HEIGHT,
        font=palette.font,
    )


def _days(moments: Sequence[Moment], span: tuple[date, date] | None, *, compact: bool) -> Scale:
    days = [moment.on for moment in moments] + list(span or ())
    first, last = min(days), max(days)
    if last - first < SMALLEST:
        first, last = first - SMALLEST / 2, last + SMALLEST / 2
    return Scale(first.toordinal(), last.toordinal(), EDGE * (2 if compact else 1))


def _values(moments: Sequence[Moment], target: Number | None, bounds: tuple[Number, Number] | None) -> Scale:
    ends: Iterable[Number | None] = (end for one in moments for end in (one.value, one.low, one.high))
    values = [float(value) for value in (*ends, target) if value is not None]
    low, high = min(values), max(values)
    if bounds is not None:
        return Scale(min(low, float(bounds[0])), max(high, float(bounds[1])))
    air = (high - low) * AIR or max(abs(high) * AIR, 1)
    return Scale(low - air, high + air)


def _span(place: Place, span: tuple[date, date] | None, name: str, palette: Palette) -> list[str]:
    if span is None:
        return []
    start, end = place.share(span[0]), place.share(span[1])
    box = element(
        "rect",
        x=f"{start}%",
        y=8,
        width=f"{max(end - start, 0.4):.2f}%",
        height=FLOOR - 8,
        fill="currentColor",
        fill_opacity=0.12,
    )
    label = element("text", words(name), x=f"{start + 0.8:.2f}%", y=22, font_size=11.5, fill="currentColor")
    return [tinted("current", palette.current, box), label]


def _target(place: Place, target: Number | None, name: str, palette: Palette) -> list[str]:
    if target is None:
        return []
    y = place.y(target)
    rule = level("0", "100%", y, stroke_width=2, stroke_dasharray="6 4")
    label = element("text", words(name), x=0, y=y - 6, font_size=12, fill="currentColor")
    return [tinted("benchmark", palette.benchmark, rule), label]


def _course(place: Place, moments: Sequence[Moment]) -> list[str]:
    """The line from value to value."""
    return [
        element(
            "line",
            x1=place.x(one.on),
            y1=place.y(one.value),
            x2=place.x(two.on),
            y2=place.y(two.value),
            **STROKE,
            stroke_width=1.5,
        )
        for one, two in pairwise(moments)
    ]


def _mark(place: Place, moment: Moment) -> str:
    x, y = place.x(moment.on), place.y(moment.value)
    fill = {"fill": "currentColor"} if moment.is_used else {**STROKE, "stroke_width": 2, "class_": "hollow"}
    dot = element("circle", cx=x, cy=y, r=RADIUS, **fill)
    return "".join((*_whisker(place, moment, x), dot))


def _whisker(place: Place, moment: Moment, x: str) -> list[str]:
    if not moment.ends or moment.low is None or moment.high is None:
        return []
    top, bottom = place.y(moment.high), place.y(moment.low)
    if moment.ends == "interval":
        return [element("line", x1=x, x2=x, y1=top, y2=bottom, **STROKE, stroke_width=5, stroke_opacity=0.4)]
    ends = (
        element("svg", element("path", d="M-4 0H4", **STROKE, stroke_width=1.5), x=x, y=end, overflow="visible")
        for end in (top, bottom)
    )
    return [line(x, top, bottom, 1.5), *ends]


def _texts(place: Place, moments: Sequence[Moment], room: float) -> list[str]:
    """The value beside each mark and its day under the axis; days that would touch are left to the table."""
    written: list[str] = []
    taken: list[float] = []
    # The last day is written first: it is the one that is asked for.
    for moment in reversed(moments):
        at = place.share(moment.on)
        if any(abs(at - other) < room for other in taken):
            continue
        taken.append(at)
        written.append(_value(place, moment, at))
        written += [
            element("text", words(text), x=f"{at}%", y=y, font_size=11.5, text_anchor="middle", fill="currentColor")
            for text, y in zip(moment.lines, (FLOOR + 17, FLOOR + 32), strict=True)
        ]
    return written


def _value(place: Place, moment: Moment, at: float) -> str:
    """Right of the mark, a little lower than the line; higher where it would touch the axis."""
    y = place.y(moment.value)
    text = element(
        "text",
        words(moment.text),
        x=10,
        y=18 if y < FLOOR - AXIS else -6,
        font_size=13,
        font_weight=700,
        fill="currentColor",
    )
    return element("svg", text, x=f"{at}%", y=y, overflow="visible")


def gauge(
    middle: Number,
    *,
    minimum: Number,
    maximum: Number,
    low: Number | None = None,
    high: Number | None = None,
    zero: bool = False,
    palette: Palette = PAPER,
) -> str:
    """A dot with its interval on a quiet line; an upright stroke at zero where it is a change. Words stand beside."""
    scale = Scale(minimum, maximum)
    height, half = (22, 11) if zero else (18, 9)
    stroke = [line(scale.at(0), 0, height, 2)] if zero else []
    reach = (
        [level(scale.at(low), scale.at(high), half, stroke_width=5, stroke_opacity=0.45)]
        if low is not None and high is not None
        else []
    )
    return picture(
        tinted("grid", palette.grid, level("0", "100%", half, stroke_opacity=0.6), *stroke),
        *reach,
        element("circle", cx=scale.at(middle), cy=half, r=RADIUS, fill="currentColor"),
        ident="",
        title="",
        description="",
        color=palette.current,
        width="100%",
        height=height,
    )
