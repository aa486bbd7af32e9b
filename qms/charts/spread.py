"""How many offices lie where: columns of unlike width, with the own mark and the middle one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qms.charts.figures import WHOLE, Formatter
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Number, Scale, element, level, line, picture, pinned, tinted, words

Bin = tuple[Number, Number, int]

TOP, FLOOR, HEIGHT = 50, 108, 132
FLAG, MIDDLE = 13, 34  # where the words of the own mark and of the middle one stand
LEAST_ROOM = 3.5  # per cent of the width that a number needs; narrower columns leave theirs to the table
TURN = 0.55  # further right than that, words stand before their mark
SIZE = 13


def spread(  # noqa: PLR0913 -- a chart has as many parts
    bins: Sequence[Bin],
    *,
    minimum: Number = 0,
    maximum: Number = 100,
    own: Number | None = None,
    own_name: str = "",
    median: Number | None = None,
    median_name: str = "",
    ident: str = "",
    title: str = "",
    description: str = "",
    figure: Formatter = WHOLE,
    palette: Palette = PAPER,
) -> str:
    """Columns side by side, each as large as its count: a wide one is low, so that no eye is deceived by its width.

    A flag marks the own score, a dashed line the middle one.
    """
    if not bins:
        raise ValueError("A spread has at least one column.")
    if any(high <= low or count < 1 for low, high, count in bins):
        raise ValueError("A column has a width and counts somebody.")
    if any(one[1] > other[0] for one, other in pairwise(bins)):
        raise ValueError("Columns stand side by side from low to high.")
    scale = Scale(minimum, maximum)
    densest = max(_density(each) for each in bins)
    columns = [_column(scale, each, densest) for each in bins]
    counts = [_count(scale, each) for each in bins if _width(scale, each) >= LEAST_ROOM]
    return picture(
        tinted("grid", palette.grid, *columns, level("0", "100%", FLOOR)),
        tinted("quiet", palette.quiet, *counts, *_axis(scale, figure)),
        _middle(scale, median, median_name, palette),
        _flag(scale, own, own_name, palette),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=HEIGHT,
        font=palette.font,
    )


def _density(each: Bin) -> float:
    low, high, count = each
    return count / (float(high) - float(low))


def _width(scale: Scale, each: Bin) -> float:
    return 100 * (scale.share(each[1]) - scale.share(each[0]))


def _column(scale: Scale, each: Bin, densest: float) -> str:
    rise = (FLOOR - TOP) * _density(each) / densest
    return element(
        "rect",
        x=scale.at(each[0]),
        y=FLOOR - rise,
        width=f"{_width(scale, each):.2f}%",
        height=rise,
        fill="currentColor",
        fill_opacity=0.3,
        stroke="currentColor",
    )


def _count(scale: Scale, each: Bin) -> str:
    middle = (float(each[0]) + float(each[1])) / 2
    return _text(scale.at(middle), FLOOR - 4, str(each[2]), "middle")


def _axis(scale: Scale, figure: Formatter) -> list[str]:
    low, span = float(scale.low), float(scale.high) - float(scale.low)
    drawn = []
    for step in range(5):
        value = low + span * step / 4
        anchor = {0: "start", 4: "end"}.get(step, "middle")
        drawn += [line(scale.at(value), FLOOR, FLOOR + 4), _text(scale.at(value), FLOOR + 18, figure(value), anchor)]
    return drawn


def _middle(scale: Scale, median: Number | None, name: str, palette: Palette) -> str:
    if median is None:
        return ""
    place = scale.at(median)
    rule = element(
        "line", x1=place, x2=place, y1=MIDDLE - 10, y2=FLOOR, **STROKE, stroke_width=2, stroke_dasharray="4 3"
    )
    return tinted("benchmark", palette.benchmark, rule) + _beside(scale, median, MIDDLE, 6, name)


def _flag(scale: Scale, own: Number | None, name: str, palette: Palette) -> str:
    if own is None:
        return ""
    place = scale.at(own)
    mark = pinned(place, 8, "M0-5a5 5 0 1 0 0 10 5 5 0 1 0 0-10Z", fill="currentColor")
    words_beside = _beside(scale, own, FLAG, 10, name, font_weight=700)
    return tinted("own", palette.accent, line(place, 6, FLOOR, 3), mark, words_beside)


def _beside(scale: Scale, value: Number, y: float, away: float, text: str, **more: Number) -> str:
    turned = scale.share(value) > TURN
    return _text(scale.at(value), y, text, "end" if turned else "start", dx=-away if turned else away, **more)


def _text(x: str, y: float, text: str, anchor: str, **more: Number) -> str:
    return element("text", words(text), x=x, y=y, font_size=SIZE, text_anchor=anchor, fill="currentColor", **more)
