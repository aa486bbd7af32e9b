"""Small marks in running text: the arrow of a change and the swatches of a key."""

from __future__ import annotations

from typing import Literal

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Number, element, picture, tinted

UP, DOWN, LEVEL = "M5 9.5V1M1.5 4.5 5 1l3.5 3.5", "M5 .5V9M1.5 5.5 5 9l3.5-3.5", "M1 5h8"

Kind = Literal["current", "previous", "benchmark", "previous-mark", "benchmark-mark"]


def _dashed(width: float, dashes: str | None = None) -> str:
    return element("path", d="M0 6h28", **STROKE, stroke_width=width, stroke_dasharray=dashes)


SWATCHES: dict[Kind, tuple[str, int, str]] = {
    "current": ("current", 28, _dashed(2.75) + element("circle", cx=14, cy=6, r=4.5, fill="currentColor")),
    "previous": (
        "previous",
        28,
        _dashed(1.75, "7 4") + element("path", d="M14 1.5 18.5 6 14 10.5 9.5 6Z", fill="currentColor"),
    ),
    "benchmark": (
        "benchmark",
        28,
        _dashed(2, "1.5 4") + element("rect", x=11, y=3, width=6, height=6, fill="currentColor"),
    ),
    "previous-mark": ("previous", 12, element("path", d="M6 10 1 2h10Z", fill="currentColor")),
    "benchmark-mark": ("benchmark", 12, element("path", d="M6 0v12", **STROKE, stroke_width=3)),
}


def arrow(
    change: Number,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    palette: Palette = PAPER,
    size: str = "0.8em",
) -> str:
    """An arrow up, down, or a level stroke; the word for it stands beside it in the text."""
    path, color = (
        (UP, palette.accent) if change > 0 else (DOWN, palette.falling) if change < 0 else (LEVEL, palette.quiet)
    )
    return picture(
        element("path", d=path, fill="none", stroke="currentColor", stroke_width=2),
        ident=ident,
        title=title,
        description=description,
        color=color,
        width=size,
        height=None,
        view_box="0 0 10 10",
    )


def swatch(kind: Kind, *, palette: Palette = PAPER) -> str:
    """The line or the mark that a key explains, always beside its words."""
    part, width, body = SWATCHES[kind]
    color = {"current": palette.current, "previous": palette.previous, "benchmark": palette.benchmark}[part]
    return picture(
        tinted(part, color, body),
        ident="",
        title="",
        description="",
        color=palette.ink,
        width=str(width),
        height=12,
        view_box=f"0 0 {width} 12",
    )
