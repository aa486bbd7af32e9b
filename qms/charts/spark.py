"""A measured result over a few years as small as a word, with its target as a broken line."""

from __future__ import annotations

from collections.abc import Sequence

from .palette import PAPER, Palette
from .svg import STROKE, Number, element, tinted

WIDTH, HEIGHT = 88, 32
LEFT, RIGHT, TOP, BOTTOM = 6, 76, 6, 26
SMALL, LARGE = 2.75, 4


def spark(values: Sequence[Number | None], target: Number | None = None, *, palette: Palette = PAPER) -> str:
    """The line of the known values, the last one marked; nothing where no value is known.

    It says nothing to screen readers: its numbers stand beside it.
    """
    points = _points(values, target)
    if not points:
        return ""
    line = ""
    if target is not None:
        height = _height(float(target), *_span(values, target))
        stroke = element(
            "line", x1=0, x2=WIDTH, y1=height, y2=height, stroke_dasharray="4 3", stroke_width=1.5, **STROKE
        )
        line = tinted("benchmark", palette.benchmark, stroke)
    path = element(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke="currentColor",
        stroke_width=1.75,
    )
    dots = [
        element("circle", cx=x, cy=y, r=LARGE if place == len(points) - 1 else SMALL, fill="currentColor")
        for place, (x, y) in enumerate(points)
    ]
    return element(
        "svg", line, path, *dots, xmlns="http://www.w3.org/2000/svg", class_="spark", width=WIDTH, height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}", color=palette.accent, aria_hidden="true", focusable="false",
    )  # fmt: skip


def _span(values: Sequence[Number | None], target: Number | None) -> tuple[float, float]:
    known = [float(value) for value in (*values, target) if value is not None]
    return min(known), max(known)


def _height(value: float, low: float, high: float) -> float:
    return (TOP + BOTTOM) / 2 if high == low else BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)


def _points(values: Sequence[Number | None], target: Number | None) -> list[tuple[float, float]]:
    if not any(value is not None for value in values):
        return []
    low, high = _span(values, target)
    step = (RIGHT - LEFT) / max(len(values) - 1, 1)
    return [
        (LEFT + step * place, _height(float(value), low, high))
        for place, value in enumerate(values)
        if value is not None
    ]
