"""The quarter dial: the Deming circle filling up, mark of bands, of states and of the house."""

from __future__ import annotations

from collections.abc import Sequence

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import element, picture, short, words

TURNS = {
    1: "M{x} {y}V{top}A{r} {r} 0 0 1 {right} {y}Z",
    2: "M{x} {top}A{r} {r} 0 0 1 {x} {bottom}Z",
    3: "M{x} {y}V{top}A{r} {r} 0 1 1 {left} {y}Z",
}
FULL, RINGED = 4, 5


def dial(
    band: int | None,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    palette: Palette = PAPER,
    size: str = "1em",
) -> str:
    """The mark of a band: empty, quarter, half, three quarters, full, full with a ring; dashed where none was given."""
    return picture(
        _shape(band, 10, 10, 7.5),
        ident=ident,
        title=title,
        description=description,
        color=palette.quiet if band is None else palette.band(band),
        width=size,
        height=None,
        view_box="0 0 20 20",
    )


def dial_rows(
    columns: Sequence[tuple[str, Sequence[int | None]]],
    *,
    ident: str,
    title: str,
    description: str,
    color: str,
    palette: Palette = PAPER,
) -> str:
    """The dials of many scores, one column of two abreast under each heading, as on the cover of a report."""
    body = []
    for place, (heading, bands) in enumerate(columns):
        left = 8 + place * 52
        body.append(
            element("text", words(heading), x=left - 7, y=10, font_size=9.5, fill="currentColor", fill_opacity=0.75)
        )
        body.extend(_shape(band, left + (k % 2) * 21, 26 + (k // 2) * 21, 7) for k, band in enumerate(bands))
    deepest = max((len(bands) for _, bands in columns), default=0)
    width, height = 52 * max(len(columns), 1), 16 + 21 * max(1, (deepest + 1) // 2)
    return picture(
        *body,
        ident=ident,
        title=title,
        description=description,
        color=color,
        width="100%",
        height=None,
        view_box=f"0 0 {width} {height}",
        font=palette.font,
    )


def brand(size: str = "1.75rem") -> str:
    """The mark of the house, in the colour of the text around it."""
    return picture(
        element("circle", cx=14, cy=14, r=12.5, fill="none", stroke="currentColor", stroke_width=3),
        element("path", d="M14 6.5V14h7.5A7.5 7.5 0 1 1 14 6.5Z", fill="currentColor"),
        ident="",
        title="",
        description="",
        color=PAPER.accent,
        width=size,
        height=None,
        view_box="0 0 28 28",
    )


def _shape(band: int | None, x: float, y: float, r: float) -> str:
    if band is None:
        dashes = short(r * 0.45)
        return element(
            "circle",
            cx=x,
            cy=y,
            r=r,
            fill="none",
            stroke="currentColor",
            stroke_width=r * 0.16,
            stroke_dasharray=dashes,
        )
    if not 0 <= band <= RINGED:
        raise ValueError(f"Band {band} is not between 0 and {RINGED}.")
    face = "currentColor" if band >= FULL else "none"
    parts = [element("circle", cx=x, cy=y, r=r, fill=face, stroke="currentColor", stroke_width=r * 0.22)]
    if band in TURNS:
        sides = {"x": x, "y": y, "r": r, "top": y - r, "bottom": y + r, "left": x - r, "right": x + r}
        path = TURNS[band].format(**{name: short(side) for name, side in sides.items()})
        parts.append(element("path", d=path, fill="currentColor"))
    if band == RINGED:
        parts.append(
            element("circle", cx=x, cy=y, r=r * 1.35, fill="none", stroke="currentColor", stroke_width=r * 0.16)
        )
    return "".join(parts)
