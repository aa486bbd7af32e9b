"""A country as tiles of one size: how many of something there are in each region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qms.charts.figures import WHOLE, Formatter
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import Attribute, Number, element, picture, tinted, words

SIZE, GAP = 72, 4
LIGHTEST, DARKEST = 0.1, 0.42  # of the accent: letters on it keep their contrast in both themes
Spot = tuple[int, int]

# The voivodeships by their code in the register TERYT: letters, column, row.
POLAND: Mapping[str, tuple[str, Spot]] = {
    "32": ("ZP", (0, 0)),
    "22": ("PM", (1, 0)),
    "28": ("WM", (2, 0)),
    "20": ("PD", (3, 0)),
    "04": ("KP", (1, 1)),
    "14": ("MZ", (2, 1)),
    "08": ("LB", (0, 2)),
    "30": ("WP", (1, 2)),
    "10": ("LD", (2, 2)),
    "06": ("LU", (3, 2)),
    "02": ("DS", (0, 3)),
    "16": ("OP", (1, 3)),
    "24": ("SL", (2, 3)),
    "26": ("SK", (3, 3)),
    "12": ("MA", (2, 4)),
    "18": ("PK", (3, 4)),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: where it lies, its letters, its name, its number, and where it leads."""

    spot: Spot
    letters: str
    name: str
    value: Number = 0
    url: str = ""


def tiles(
    regions: Sequence[Tile],
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    figure: Formatter = WHOLE,
    palette: Palette = PAPER,
) -> str:
    """Every region as a square with its letters and its number; the more, the stronger its ground."""
    across = 1 + max((tile.spot[0] for tile in regions), default=0)
    down = 1 + max((tile.spot[1] for tile in regions), default=0)
    most = max((float(tile.value) for tile in regions), default=0)
    width, height = across * (SIZE + GAP) - GAP, down * (SIZE + GAP) - GAP
    return picture(
        *(_tile(tile, most, figure, palette) for tile in regions),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=None,
        view_box=f"0 0 {width} {height}",
        font=palette.font,
        role="group" if any(tile.url for tile in regions) else "img",
    )


def _tile(tile: Tile, most: float, figure: Formatter, palette: Palette) -> str:
    left, top = (place * (SIZE + GAP) for place in tile.spot)
    middle = left + SIZE / 2
    look: dict[str, Attribute] = {"x": middle, "text_anchor": "middle", "fill": "currentColor"}
    square: dict[str, Attribute] = {"x": left, "y": top, "width": SIZE, "height": SIZE, "rx": 3}
    share = float(tile.value) / most if most else 0
    strength = LIGHTEST + (DARKEST - LIGHTEST) * share
    ground = element("rect", **square, fill="currentColor", fill_opacity=strength) if tile.value else ""
    parts = (
        element("title", words(f"{tile.name}: {figure(tile.value)}")),
        tinted("current", palette.current, *([ground] if ground else [])),
        tinted("grid", palette.grid, element("rect", **square, fill="none", stroke="currentColor")),
        element("text", words(tile.letters), y=top + 26, font_size=14, fill_opacity=0.85, **look),
        element("text", words(figure(tile.value)), y=top + 54, font_size=22, font_weight=700, **look),
    )
    if not tile.url:
        return element("g", *parts)
    return element("a", *parts, href=tile.url, aria_label=f"{tile.name}: {figure(tile.value)}", class_="q-point")
