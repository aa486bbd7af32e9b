"""The frame of every chart: elements, scale, title and description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

Number = int | float | Decimal
Attribute = Number | str | None

# "none" is said aloud: WeasyPrint fills even a line, which leaves a hairline on paper.
STROKE: dict[str, Attribute] = {"stroke": "currentColor", "fill": "none"}

IDENT = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
# XML 1.0 knows no other control characters than tab and the two line ends.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def short(number: Number) -> str:
    """A coordinate with at most two decimals and no empty ones."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def words(text: str) -> str:
    """Text that may stand between tags."""
    return escape(FORBIDDEN.sub("", text))


def element(tag: str, *children: str, **attributes: Attribute) -> str:
    """One element; attributes that are None are left out, stroke_width becomes stroke-width."""
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={_quoted(value)}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def _quoted(value: Number | str) -> str:
    return quoteattr(FORBIDDEN.sub("", value) if isinstance(value, str) else short(value))


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value lies between the two ends of its scale, in per cent of the width."""

    low: Number = 0
    high: Number = 100
    inset: float = 0

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError("A scale starts below its end.")

    def share(self, value: Number) -> float:
        """0 at the low end, 1 at the high end."""
        if not isfinite(value) or not self.low <= value <= self.high:
            raise ValueError(f"{value} is outside the scale from {self.low} to {self.high}.")
        return (float(value) - float(self.low)) / (float(self.high) - float(self.low))

    def at(self, value: Number) -> str:
        """The horizontal place, such as `34.5%`."""
        return short(self.inset + (100 - 2 * self.inset) * self.share(value)) + "%"


def band_edges(tops: Iterable[int]) -> tuple[float, ...]:
    """The lines between bands of whole numbers: 10 and 11 part at 10.5, where rounding half up parts them."""
    *inner, _ = sorted(tops)
    return tuple(top + 0.5 for top in inner)


def quarters(low: Number, high: Number) -> tuple[float, ...]:
    """The three inner quarter marks of a scale whose bands are not given."""
    return tuple(float(low) + (float(high) - float(low)) * part / 4 for part in (1, 2, 3))


def tinted(part: str, color: str, *body: str) -> str:
    """A part with a colour of its own: by attribute on paper, by its class where a theme rules."""
    return element("g", *body, color=color, class_=f"q-{part}") if any(body) else ""


def rulers(scale: Scale, ticks: Sequence[Number] | None, top: float, bottom: float, color: str) -> str:
    """Short strokes at both ends of the scale and at its ticks."""
    inner = quarters(scale.low, scale.high) if ticks is None else tuple(ticks)
    return _rulers(scale, inner, top, bottom, color)


@lru_cache(maxsize=256)  # all charts of a framework stand on the same few scales
def _rulers(scale: Scale, ticks: tuple[Number, ...], top: float, bottom: float, color: str) -> str:
    strokes = (line(scale.at(tick), top, bottom) for tick in (scale.low, *ticks, scale.high))
    return tinted("grid", color, *strokes)


def line(place: str, top: float, bottom: float, width: float | None = None) -> str:
    """An upright stroke in the current colour."""
    return element("line", x1=place, x2=place, y1=top, y2=bottom, **STROKE, stroke_width=width)


def level(start: str, end: str, y: float, **attributes: Attribute) -> str:
    """A level stroke in the current colour."""
    return element("line", x1=start, x2=end, y1=y, y2=y, **STROKE, **attributes)


def pinned(place: str, top: float, path: str, **attributes: Attribute) -> str:
    """A small shape that keeps its size while its place follows the width."""
    return element("svg", element("path", d=path, **attributes), x=place, y=top, overflow="visible")


def picture(  # noqa: PLR0913 -- a chart has as many parts
    *body: str,
    ident: str,
    title: str,
    description: str,
    color: str,
    width: str,
    height: Number | None,
    view_box: str | None = None,
    font: str | None = None,
    role: str = "img",
) -> str:
    """The whole chart; without a title it is decoration that screen readers skip.

    One with links in it is a `group`: an image would hide them.
    """
    attributes: dict[str, Attribute] = {
        "viewBox": view_box,
        "width": width,
        "height": height,
        "color": color,
        "font_family": font,
        "overflow": "visible",
        "focusable": "false",
    }
    if not title and not description:
        return element("svg", *body, **attributes, aria_hidden="true")
    if not title or not description:
        raise ValueError("A chart that speaks has a title and a description.")
    if not IDENT.fullmatch(ident):
        raise ValueError(f"{ident!r} cannot be the identifier of a chart.")
    named: dict[str, Attribute] = {"role": role, "aria_labelledby": f"{ident}-t", "aria_describedby": f"{ident}-d"}
    return element(
        "svg",
        element("title", words(title), id=f"{ident}-t"),
        element("desc", words(description), id=f"{ident}-d"),
        *body,
        **attributes,
        **named,
    )
