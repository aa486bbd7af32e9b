"""The radar of criteria: this cycle, the last one and the benchmark on rings at the bounds of the bands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from textwrap import wrap

from qms.charts.figures import TENTHS, Formatter
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Attribute, Number, Scale, element, picture, quarters, short, tinted, words

Values = Sequence[Number | None]
Point = tuple[float, float]
FEWEST = 3
CLEAR = 8  # a ring number keeps this distance from any line
COLUMN = 18  # how far the ring numbers reach from the first axis
UPRIGHT = 0.1  # an axis leaning less than this has its label centred


@dataclass(frozen=True, slots=True)
class Axis:
    """One criterion: its number and its short name."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """The scores of this cycle and what they are held against; a blank is a gap, never a zero."""

    current: Values
    previous: Values | None = None
    benchmark: Values | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """The measures of a radar: the wide one names its axes, the compact one numbers them."""

    width: int
    height: int
    radius: int
    center: Point
    text: float
    line: float
    names: bool


WIDE = Face(width=540, height=364, radius=132, center=(270, 184), text=14, line=17, names=True)
COMPACT = Face(width=320, height=324, radius=112, center=(160, 166), text=14, line=16, names=False)


def radar(  # noqa: PLR0913 -- a chart has as many parts
    axes: Sequence[Axis],
    series: Series,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    maximum: Number = 100,
    rings: Sequence[Number] | None = None,
    compact: bool = False,
    figure: Formatter = TENTHS,
    palette: Palette = PAPER,
) -> str:
    """The shape of all criteria at one glance; compact for narrow screens, where letters may not shrink."""
    if len(axes) < FEWEST:
        raise ValueError("A radar has at least three axes.")
    web = Web(COMPACT if compact else WIDE, len(axes), Scale(0, maximum))
    inner = quarters(0, maximum) if rings is None else rings
    return picture(
        tinted("grid", palette.grid, *_grid(web, inner)),
        tinted("benchmark", palette.benchmark, _line(web, series.benchmark, 1.75, "1.5 4")),
        tinted("previous", palette.previous, _line(web, series.previous, 1.75, "7 4")),
        tinted("current", palette.current, _surface(web, series.current)),
        tinted("benchmark", palette.benchmark, _marks(web, series.benchmark, (-2.8, -2.8), "h5.6v5.6h-5.6Z")),
        tinted("previous", palette.previous, _marks(web, series.previous, (0, -4.2), "l4.2 4.2-4.2 4.2-4.2-4.2Z")),
        tinted("current", palette.current, *_dots(web, series.current)),
        *_ring_numbers(web, inner, series),
        *_labels(web, axes, series.current, figure),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=None,
        view_box=f"0 0 {web.face.width} {web.face.height}",
        font=palette.font,
    )


@dataclass(frozen=True, slots=True)
class Web:
    """Where a value of an axis lies on the face."""

    face: Face
    count: int
    scale: Scale

    def point(self, axis: int, value: Number, beyond: float = 0) -> Point:
        """The place of a value on an axis, or so far beyond it."""
        reach = self.face.radius * self.scale.share(value) + beyond
        turn = 2 * pi * axis / self.count
        return self.face.center[0] + reach * sin(turn), self.face.center[1] - reach * cos(turn)

    def points(self, values: Values) -> list[Point | None]:
        """The places of all values; None where there is none."""
        if len(values) != self.count:
            raise ValueError(f"{self.count} axes need as many values, not {len(values)}.")
        return [None if value is None else self.point(axis, value) for axis, value in enumerate(values)]

    def ring(self, value: Number) -> str:
        """The path around all axes at one value."""
        return _path(self.points([value] * self.count))


def bound(text: str) -> str:
    """Text in which no line can end with a word of one letter, nor with the number of an axis."""
    return re.sub(r"(?<!\S)(\S) (?=\S)", "\\1\u00a0", text)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _path(points: Sequence[Point | None]) -> str:
    """A closed path, or its pieces where a point is missing."""
    whole = [point for point in points if point is not None]
    if len(whole) == len(points):
        return "M" + "L".join(_at(point) for point in whole) + "Z"
    pairs = pairwise([*points, points[0]])
    return "".join(f"M{_at(here)}L{_at(there)}" for here, there in pairs if here is not None and there is not None)


def _grid(web: Web, rings: Sequence[Number]) -> tuple[str, str]:
    spokes = "".join(f"M{_at(web.face.center)}L{_at(web.point(axis, web.scale.high))}" for axis in range(web.count))
    inner = "".join(web.ring(ring) for ring in rings)
    return (
        element("path", d=inner + spokes, **STROKE, stroke_opacity=0.45, stroke_width=0.75),
        element("path", d=web.ring(web.scale.high), **STROKE),
    )


def _line(web: Web, values: Values | None, width: float, dashes: str) -> str:
    path = _path(web.points(values)) if values is not None else ""
    return element("path", d=path, **STROKE, stroke_width=width, stroke_dasharray=dashes) if path else ""


def _surface(web: Web, values: Values) -> str:
    points = web.points(values)
    path = _path(points)
    line: dict[str, Attribute] = {"stroke": "currentColor", "stroke_width": 2.75, "stroke_linejoin": "round"}
    face = "none" if None in points else "currentColor"
    return element("path", d=path, fill=face, fill_opacity=0.13, **line) if path else ""


def _marks(web: Web, values: Values | None, start: Point, shape: str) -> str:
    path = "".join(f"M{_at((x + start[0], y + start[1]))}{shape}" for x, y in _known(web, values))
    return element("path", d=path, fill="currentColor") if path else ""


def _dots(web: Web, values: Values) -> list[str]:
    return [element("circle", cx=x, cy=y, r=4.5, fill="currentColor") for x, y in _known(web, values)]


def _known(web: Web, values: Values | None) -> list[Point]:
    return [] if values is None else [point for point in web.points(values) if point is not None]


def _ring_numbers(web: Web, rings: Sequence[Number], series: Series) -> list[str]:
    """Numbers beside the first axis, except where a line of the chart would run through them."""
    lines = [values for values in (series.current, series.previous, series.benchmark) if values is not None]
    taken = [span for values in lines if (span := _span(web, values)) is not None]
    places = ((ring, web.point(0, ring)) for ring in rings[1:])
    return [
        element("text", words(short(ring)), x=x + 4, y=y + 3.5, font_size=11, fill="currentColor")
        for ring, (x, y) in places
        if all(not top - CLEAR < y < bottom + CLEAR for top, bottom in taken)
    ]


def _span(web: Web, values: Values) -> tuple[float, float] | None:
    """From which height to which a line passes the column of the ring numbers."""
    first, second, *_ = web.points(values)
    if first is None:
        return None
    if second is None:
        return first[1], first[1]
    part = min(1.0, COLUMN / max(second[0] - first[0], 1.0))
    there = first[1] + part * (second[1] - first[1])
    return min(first[1], there), max(first[1], there)


def _labels(web: Web, axes: Sequence[Axis], values: Values, figure: Formatter) -> list[str]:
    figures = ("–" if value is None else figure(value) for value in values)
    return [_label(web, place, axis, text) for place, (axis, text) in enumerate(zip(axes, figures, strict=True))]


def _label(web: Web, place: int, axis: Axis, value: str) -> str:
    face = web.face
    name = wrap(bound(f"{axis.code} {axis.label}"), 19, max_lines=2, placeholder=" …") if face.names else [axis.code]
    x, y = web.point(place, web.scale.high, beyond=12)
    side, depth = (x - face.center[0]) / face.radius, (y - face.center[1]) / face.radius
    anchor = "middle" if abs(side) < UPRIGHT else "start" if side > 0 else "end"
    # The block hangs below its point at the foot of the radar, stands on it at the top, is centred at the sides.
    block = face.line * len(name)
    first = y + face.text * 0.36 - block / 2 + block / 2 * depth
    lines = [element("tspan", words(text), x=x, y=first + row * face.line) for row, text in enumerate(name)]
    lines.append(element("tspan", words(value), x=x, y=first + block, font_weight=700))
    return element("text", *lines, font_size=face.text, text_anchor=anchor, fill="currentColor")
