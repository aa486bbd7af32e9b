"""A score on its scale, and the part of a task that is done."""

from __future__ import annotations

from collections.abc import Sequence

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import Number, Scale, element, level, line, picture, pinned, rulers, tinted


def bar(  # noqa: PLR0913 -- a chart has as many parts
    value: Number | None,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    band: int | None = None,
    minimum: Number = 0,
    maximum: Number = 100,
    ticks: Sequence[Number] | None = None,
    previous: Number | None = None,
    benchmark: Number | None = None,
    palette: Palette = PAPER,
) -> str:
    """A score as a bar on its scale; dashes where nothing was scored.

    A triangle marks the last cycle, an upright stroke the benchmark.
    """
    scale = Scale(minimum, maximum)
    body = [rulers(scale, ticks, 16, 20, palette.grid)]
    if value is None:
        body.append(tinted("grid", palette.grid, level("0", "100%", 11, stroke_width=2, stroke_dasharray="2 5")))
    else:
        body.append(element("rect", y=7, width="100%", height=8, fill="currentColor", fill_opacity=0.14))
        body.append(element("rect", y=7, width=scale.at(value), height=8, fill="currentColor"))
    if benchmark is not None:
        body.append(tinted("benchmark", palette.benchmark, line(scale.at(benchmark), 3, 19, 3)))
    if previous is not None:
        triangle = pinned(scale.at(previous), 6, "M0 0-4-6H4Z", fill="currentColor")
        body.append(tinted("previous", palette.previous, triangle))
    return picture(
        *body,
        ident=ident,
        title=title,
        description=description,
        color=palette.band(band),
        width="100%",
        height=20,
    )


def progress(
    done: int,
    of: int,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    palette: Palette = PAPER,
) -> str:
    """How much of a task is done, as a thin bar."""
    return picture(
        element("rect", width="100%", height=6, fill="currentColor", fill_opacity=0.18),
        element("rect", width=Scale(0, of).at(done), height=6, fill="currentColor"),
        ident=ident,
        title=title,
        description=description,
        color=palette.accent,
        width="100%",
        height=6,
    )
