"""Individual scores beside one another: where they agree and how far apart they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qms.charts.figures import WHOLE, Formatter
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import (
    STROKE,
    Attribute,
    Number,
    Scale,
    element,
    level,
    line,
    picture,
    pinned,
    rulers,
    tinted,
    words,
)

INSET = 2  # per cent on both sides, so that a dot at the end of the scale is whole on paper too
PILE = 36  # the most a stack may rise, however many agree


def strip(  # noqa: PLR0913 -- a chart has as many parts
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
    figure: Formatter = WHOLE,
    palette: Palette = PAPER,
) -> str:
    """One dot a score, equal scores stacked; blanks are no dots.

    A flag marks the agreed score, an open triangle under the axis the median.
    """
    scale = Scale(minimum, maximum, INSET)
    given = sorted(value for value in values if value is not None)
    radius = 6.0 if large else 4.5
    above = max(Counter(given).values(), default=1) - 1
    step = min(2 * radius - 1, PILE / above) if above else 0.0
    floor = max(50 if large else 26, round(2 * radius + 12 + step * above))
    row = floor - radius - 4
    ends = scale.at(minimum), scale.at(maximum)
    body = [rulers(scale, ticks, floor, floor + 4, palette.grid), tinted("grid", palette.grid, level(*ends, floor))]
    if given:
        reach: dict[str, Attribute] = {"stroke_width": 2 * radius, "stroke_opacity": 0.16, "stroke_linecap": "round"}
        body.append(level(scale.at(given[0]), scale.at(given[-1]), row, **reach))
        body.append(_dots(scale, given, row, radius, step))
    if median is not None:
        body.append(pinned(scale.at(median), floor, "M0 1-5 8H5Z", **STROKE, stroke_width=1.5))
    if agreed is not None:
        body.append(line(scale.at(agreed), 2, floor, 2))
        body.append(pinned(scale.at(agreed), 2, "M0 7-6 0H6Z", fill="currentColor"))
    if axis:
        body.append(tinted("quiet", palette.quiet, *_numbers(scale, floor + 20, figure)))
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


def _dots(scale: Scale, given: Sequence[Number], y: float, radius: float, step: float) -> str:
    seen: Counter[Number] = Counter()
    dots = []
    for value in given:
        dots.append(element("circle", cx=scale.at(value), cy=y - seen[value] * step, r=radius))
        seen[value] += 1
    return element("g", *dots, fill="currentColor", fill_opacity=0.35, stroke="currentColor", stroke_width=1.5)


def _numbers(scale: Scale, y: float, figure: Formatter) -> list[str]:
    middle = (float(scale.low) + float(scale.high)) / 2
    places = ((scale.low, "start"), (middle, "middle"), (scale.high, "end"))
    return [
        element(
            "text", words(figure(value)), x=scale.at(value), y=y, font_size=13, text_anchor=anchor, fill="currentColor"
        )
        for value, anchor in places
    ]
