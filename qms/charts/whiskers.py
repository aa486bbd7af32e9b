"""A figure with its interval, a place with its plausible range."""

from __future__ import annotations

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import Number, Scale, element, level, line, picture, tinted

INSET = 2


def interval(  # noqa: PLR0913 -- a chart has as many parts
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
    return picture(
        tinted("grid", palette.grid, level(scale.at(minimum), scale.at(maximum), 9, stroke_opacity=0.6)),
        level(scale.at(low), scale.at(high), 9, stroke_width=2),
        *(line(scale.at(end), 4, 14, 2) for end in (low, high)),
        element("circle", cx=scale.at(middle), cy=9, r=5.5, fill="currentColor"),
        ident=ident,
        title=title,
        description=description,
        color=palette.accent,
        width="100%",
        height=18,
    )
