"""What a dossier draws: the pages written on its cover, a trend in a cell, the code to verify it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from qms.charts import PAPER
from qms.charts.svg import Attribute, element, picture, words

COVER_INK = "#f6f3ec"
LEAF, GAP = (9.0, 12.5), 3.0
ROWS = 6
SPARK = (84.0, 24.0)


def pages_written(sections: Sequence[tuple[str, Decimal]], *, title: str, description: str) -> str:
    """A small leaf for each standard page of a section, the last one as full as it is; three abreast."""
    step = max(48.0, 432 / max(len(sections), 9))
    body = []
    for place, (number, pages) in enumerate(sections):
        left = place * step
        body.append(element("text", words(number), x=left, y=10, font_size=9.5, fill="currentColor", fill_opacity=0.75))
        whole, part = divmod(min(pages, Decimal(3 * ROWS)), 1)
        shares = [Decimal(1)] * int(whole) + ([part] if part else [])
        body.extend(_leaf(left, leaf, float(share)) for leaf, share in enumerate(shares))
        if not shares:
            body.append(_leaf(left, 0, 0.0))
    width, height = step * max(len(sections), 9), 16 + (LEAF[1] + GAP) * ROWS
    return picture(
        *body,
        ident="cover-pages",
        title=title,
        description=description,
        color=COVER_INK,
        width="100%",
        height=None,
        view_box=f"0 0 {width:g} {height:g}",
        font=PAPER.font,
    )


def _leaf(left: float, number: int, share: float) -> str:
    x, y = left + (number % 3) * (LEAF[0] + GAP), 18 + (number // 3) * (LEAF[1] + GAP)
    frame = element(
        "rect", x=x, y=y, width=LEAF[0], height=LEAF[1], fill="none", stroke="currentColor", stroke_width=0.9
    )
    filled = LEAF[1] * share
    return frame + (element("rect", x=x, y=y, width=LEAF[0], height=filled, fill="currentColor") if share else "")


def trend(row: Mapping[str, Any]) -> str:
    """Three years as a line with its points, the target as a dashed line, the comparison as a ring; decoration."""
    values = [None if value is None else float(value) for value in row["values"]]
    marks = [float(row[name]) for name in ("target", "comparison") if row[name] is not None]
    known = [value for value in values if value is not None] + marks
    if not [value for value in values if value is not None]:
        return ""
    low, high = min(known), max(known)
    width, height = SPARK

    def y(value: float) -> float:
        return height / 2 if high == low else 4 + (height - 8) * (high - value) / (high - low)

    points = [(8 + place * 28.0, y(value)) for place, value in enumerate(values) if value is not None]
    body = []
    if row["target"] is not None:
        at = y(float(row["target"]))
        line: dict[str, Attribute] = {
            "x1": 2,
            "x2": width - 2,
            "y1": at,
            "y2": at,
            "stroke": PAPER.falling,
            "stroke_dasharray": "3 2",
        }
        body.append(element("line", **line, stroke_width=1, fill="none"))
    path = " ".join(f"{x:g},{level:.2f}" for x, level in points)
    body.append(element("polyline", points=path, fill="none", stroke=PAPER.current, stroke_width=1.6))
    body.extend(element("circle", cx=x, cy=level, r=2.2, fill=PAPER.current) for x, level in points)
    if row["comparison"] is not None:
        ring: dict[str, Attribute] = {"cx": width - 8, "cy": y(float(row["comparison"])), "r": 2.6, "stroke": PAPER.ink}
        body.append(element("circle", **ring, stroke_width=1.1, fill="#ffffff"))
    return _plain(body, f"0 0 {width:g} {height:g}", "28mm", "8mm")


def _plain(body: Sequence[str], view_box: str, width: str, height: str) -> str:
    """A drawing beside numbers that say the same."""
    return element("svg", *body, viewBox=view_box, width=width, height=height, aria_hidden="true", focusable="false")
