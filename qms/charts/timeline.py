"""Actions along the time: from their start to their last day, and what lies behind today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Attribute, Scale, element, level, line, picture, tinted, words

BarKind = Literal["done", "running", "planned", "late", "stopped"]
SwatchKind = Literal["done", "running", "planned", "late", "stopped", "today"]

HEAD, ROW, THICK = 34, 38, 9  # above the bars; for a label and its bar; the bar alone
LETTER = 6.9  # how wide a letter of a label may be
TICK = 44  # how far apart the names of quarters stand at least
YEAR = 40
HATCH = "3 2"
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """One action: its code and title, from when until when, how far it is. A missing day leaves a diamond."""

    code: str
    label: str
    start: date | None
    due: date | None
    kind: BarKind = "planned"
    url: str = ""

    @property
    def first(self) -> date:
        """Its first known day."""
        day = self.start or self.due
        if day is None:
            raise ValueError(f"{self.code} has no day at all.")
        return day

    @property
    def last(self) -> date:
        """Its last known day."""
        return self.due or self.first


@dataclass(frozen=True, slots=True)
class Window:
    """Whole quarters from the first to the last day that is shown, at the narrowest width."""

    start: date
    end: date
    width: int

    @property
    def scale(self) -> Scale:
        return Scale(self.start.toordinal(), self.end.toordinal())

    def at(self, day: date) -> str:
        """The level place of a day."""
        return self.scale.at(self.held(day).toordinal())

    def share(self, day: date) -> float:
        """0 at the beginning, 1 at the end."""
        return self.scale.share(self.held(day).toordinal())

    def held(self, day: date) -> date:
        """The day, or the end of the window beyond which it lies."""
        return min(max(day, self.start), self.end)

    def shows(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def quarters(self) -> list[date]:
        """The first day of each quarter."""
        days = [self.start]
        while (following := next_quarter(days[-1])) < self.end:
            days.append(following)
        return days


WIDE, COMPACT = 680, 290


def timeline(
    spans: Sequence[Span],
    *,
    today: date,
    quarter: Callable[[date], str],
    ident: str = "",
    title: str = "",
    description: str = "",
    compact: bool = False,
    palette: Palette = PAPER,
) -> str:
    """One bar an action, its name above it; a stroke marks today where today is in sight."""
    if not spans:
        raise ValueError("A timeline has at least one action.")
    window = window_of(spans, today, COMPACT if compact else WIDE)
    height = HEAD + ROW * len(spans) + 4
    marks = [line(window.at(today), HEAD - 4, height, 2)] if window.shows(today) else []
    return picture(
        tinted("grid", palette.grid, *_rules(window, height)),
        *_names(window, quarter),
        tinted("benchmark", palette.benchmark, *marks),
        *(_row(span, window, today, HEAD + ROW * row, palette) for row, span in enumerate(spans)),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=height,
        font=palette.font,
        role="group" if any(span.url for span in spans) else "img",
    )


def span_swatch(kind: SwatchKind, *, palette: Palette = PAPER) -> str:
    """The bar or the stroke that a key explains, always beside its words."""
    if kind == "today":
        body = tinted("benchmark", palette.benchmark, line("11", 0, 16, 2))
    elif kind == "late":
        body = tinted("late", palette.falling, _late("1", "21", 4))
    else:
        body = _bar(kind, "1", "20", 4, palette)
    return picture(
        body,
        ident="",
        title="",
        description="",
        color=palette.ink,
        width="22",
        height=16,
        view_box="0 0 22 16",
    )


def window_of(spans: Iterable[Span], today: date, width: int) -> Window:
    """The quarters that hold every span, and today when something is late until today."""
    spans = list(spans)
    days = [day for span in spans for day in (span.first, span.last)]
    days += [today for span in spans if span.kind == "late"]
    start = quarter_of(min(days))
    return Window(start, next_quarter(quarter_of(max(days))), width)


def quarter_of(day: date) -> date:
    """The first day of the quarter in which the day lies."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after that one."""
    return quarter_of(quarter_of(day) + timedelta(days=95))


def _rules(window: Window, height: float) -> Iterable[str]:
    months = _shown(window)
    for day in window.quarters:
        if day in months or day.month == 1:
            place = window.at(day)
            yield element("line", x1=place, x2=place, y1=HEAD - 2, y2=height, **STROKE, stroke_opacity=0.45)


def _shown(window: Window) -> frozenset[date]:
    """The quarters that are named: all where there is room, none where only years have it."""
    quarters = window.quarters
    return frozenset(quarters if len(quarters) * TICK <= window.width else ())


def _names(window: Window, quarter: Callable[[date], str]) -> Iterable[str]:
    shown, free = _shown(window), float("-inf")
    for number, day in enumerate(window.quarters):
        place, reach = window.at(day), window.share(day) * window.width
        if (number == 0 or day.month == 1) and reach >= free:
            free = reach + YEAR
            yield _text(str(day.year), place, 11, font_weight=700)
        if day in shown:
            yield _text(quarter(day), place, 27, font_size=12)


def _text(text: str, x: str, y: float, **look: Attribute) -> str:
    return element("text", words(text), x=x, y=y, **{"font_size": 12.5, "fill": "currentColor", **look})


def _row(span: Span, window: Window, today: date, top: float, palette: Palette) -> str:
    parts = [_label(span, window, top + 16), *_drawn(span, window, today, top + 22, palette)]
    if not span.url:
        return "".join(parts)
    return element("a", *parts, href=span.url, aria_label=f"{span.code} {span.label}", class_="q-point")


def _label(span: Span, window: Window, y: float) -> str:
    """The code and as much of the title as has room, from the bar's start or up to its end."""
    begins = window.share(span.first) <= HALF
    share = window.share(span.first) if begins else 1 - window.share(span.last)
    room = int((1 - share) * window.width / LETTER) - len(span.code) - 1
    text = span.label if len(span.label) <= room else span.label[: max(room - 1, 0)].rstrip(" ,.;:–-") + "…"
    place, anchor = (window.at(span.first), "start") if begins else (window.at(span.last), "end")
    code = element("tspan", words(span.code), font_weight=700)
    look: dict[str, Attribute] = {"font_size": 12.5, "text_anchor": anchor, "fill": "currentColor"}
    return element("text", code, words(f" {text}"), x=place, y=y, class_="q-label", **look)


def _drawn(span: Span, window: Window, today: date, y: float, palette: Palette) -> Iterable[str]:
    if span.start is None or span.due is None or span.start == span.due:
        diamond = element("path", d="M0-6 6 0 0 6-6 0Z", **STROKE, stroke_width=2)
        placed = element("svg", diamond, x=window.at(span.first), y=y + THICK / 2, overflow="visible")
        yield tinted("late" if span.kind == "late" else "current", _color(span.kind, palette), placed)
        return
    start, due = span.start, span.due
    if span.kind in ("running", "late") and start < today:
        behind = _width(window, start, min(today, due))
        body = _block(window.at(start), behind, y, fill="currentColor", fill_opacity=0.45)
        yield tinted("current", palette.current, body)
    yield _bar(span.kind, window.at(start), _width(window, start, due), y, palette, behind=False)
    if span.kind == "late":
        yield tinted("late", palette.falling, _late(window.at(due), window.at(today), y))


def _width(window: Window, start: date, end: date) -> str:
    share = max(window.share(end) - window.share(start), 0.0)
    return f"{share * 100:.2f}%"


def _bar(kind: BarKind, x: str, width: str, y: float, palette: Palette, *, behind: bool = True) -> str:
    """The bar by how far the action is: full, light in a frame, a frame alone, a broken frame."""
    frame: dict[str, Attribute] = {**STROKE, "stroke_width": 1.5}
    if kind == "done":
        return tinted("current", palette.current, _block(x, width, y, fill="currentColor"))
    if kind in ("running", "late"):
        light = _block(x, width, y, fill="currentColor", fill_opacity=0.45) if behind else ""
        return tinted("current", palette.current, light, _block(x, width, y, **frame))
    broken = "4 3" if kind == "stopped" else None
    return tinted("grid", palette.grid, _block(x, width, y, **frame, stroke_dasharray=broken))


def _block(x: str, width: str, y: float, **look: Attribute) -> str:
    return element("rect", x=x, y=y, width=width, height=THICK, **look)


def _late(start: str, end: str, y: float) -> str:
    return level(start, end, y + THICK / 2, stroke_width=THICK, stroke_dasharray=HATCH)


def _color(kind: BarKind, palette: Palette) -> str:
    return palette.falling if kind == "late" else palette.current
