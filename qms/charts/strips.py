"""Individual scores beside one another: where they agree and how far apart they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qms.charts.figures import Formatter, figures
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import Number, Scale, element, picture, pinned, rulers, words

INSET = 2  # per cent on both sides, so that a dot at the end of the scale is whole on paper too


def strip(
    values: Sequence[Number | None],
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    agreed: Number | None = None,
    median: Number | None = None,
    minimum: Number = 0,
    maximum: Number = 100,
    ticks: Sequence[Number] | None = None,
    axis: bool = False,
    large: bool = False,
    figure: Formatter = figures(0),
    palette: Palette = PAPER,
) -> str:
    """One dot a score, equal scores stacked; a flag for the agreed score, an open triangle for the median; blanks are no dots."""
    scale = Scale(minimum, maximum, INSET)
    given = sorted(value for value in values if value is not None)
    radius = 6.0 if large else 4.5
    step = 2 * radius - 1
    highest = max(Counter(given).values(), default=1)
    floor = max(50 if large else 26, round(radius * 2 + 6 + step * (highest - 1) + 6))
    line = floor - radius - 4
    body = [
        rulers(scale, ticks, floor, floor + 4, palette.grid),
        element("line", x1=scale.at(minimum), x2=scale.at(maximum), y1=floor, y2=floor, stroke=palette.grid),
    ]
    if given:
        body.append(_reach(scale, given[0], given[-1], line, radius))
        body.append(_dots(scale, given, line, radius, step))
    if median is not None:
        body.append(
            pinned(scale.at(median), floor, "M0 1-5 8H5Z", fill="none", stroke="currentColor", stroke_width=1.5)
        )
    if agreed is not None:
        place = scale.at(agreed)
        body.append(element("line", x1=place, x2=place, y1=2, y2=floor, stroke="currentColor", stroke_width=2))
        body.append(pinned(place, 2, "M0 7-6 0H6Z", fill="currentColor"))
    if axis:
        body.append(_numbers(scale, floor + 20, figure, palette))
    return picture(
        *body,
        ident=ident,
        title=title,
        description=description,
        color=palette.accent,
        width="100%",
        height=floor + (24 if axis else 10 if median is not None else 4),
        font=palette.font if axis else None,
    )


def _reach(scale: Scale, lowest: Number, highest: Number, y: float, radius: float) -> str:
    ends = {"x1": scale.at(lowest), "x2": scale.at(highest), "y1": y, "y2": y}
    return element(
        "line", **ends, stroke="currentColor", stroke_width=2 * radius, stroke_opacity=0.16, stroke_linecap="round"
    )


def _dots(scale: Scale, given: Sequence[Number], y: float, radius: float, step: float) -> str:
    seen: Counter[Number] = Counter()
    dots = []
    for value in given:
        dots.append(element("circle", cx=scale.at(value), cy=y - seen[value] * step, r=radius))
        seen[value] += 1
    return element("g", *dots, fill="currentColor", fill_opacity=0.35, stroke="currentColor", stroke_width=1.5)


def _numbers(scale: Scale, y: float, figure: Formatter, palette: Palette) -> str:
    middle = (float(scale.low) + float(scale.high)) / 2
    places = ((scale.low, "start"), (middle, "middle"), (scale.high, "end"))
    texts = (
        element("text", words(figure(value)), x=scale.at(value), y=y, text_anchor=anchor) for value, anchor in places
    )
    return element("g", *texts, font_size=13, fill=palette.quiet)
