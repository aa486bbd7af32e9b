"""A figure with its interval, a place with its plausible range."""

from __future__ import annotations

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import Number, Scale, element, picture

INSET = 2


def interval(
    low: Number,
    middle: Number,
    high: Number,
    *,
    minimum: Number,
    maximum: Number,
    ident: str = "",
    title: str = "",
    description: str = "",
    palette: Palette = PAPER,
) -> str:
    """A dot with whiskers on a quiet line from the least to the greatest possible value."""
    if not low <= middle <= high:
        raise ValueError("The figure lies inside its interval.")
    scale = Scale(minimum, maximum, INSET)
    whisker = {"stroke": "currentColor", "stroke_width": 2}
    ends = (element("line", x1=scale.at(end), x2=scale.at(end), y1=4, y2=14) for end in (low, high))
    return picture(
        element(
            "line", x1=scale.at(minimum), x2=scale.at(maximum), y1=9, y2=9, stroke=palette.grid, stroke_opacity=0.6
        ),
        element("g", element("line", x1=scale.at(low), x2=scale.at(high), y1=9, y2=9), *ends, **whisker),
        element("circle", cx=scale.at(middle), cy=9, r=5.5, fill="currentColor"),
        ident=ident,
        title=title,
        description=description,
        color=palette.accent,
        width="100%",
        height=18,
    )
