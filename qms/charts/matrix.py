"""The matrix of importance and feasibility: what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qms.charts.figures import WHOLE, Formatter
from qms.charts.palette import PAPER, Palette
from qms.charts.svg import STROKE, Attribute, Number, Scale, element, line, picture, short, tinted, words

PointKind = Literal["open", "done", "late"]
SwatchKind = Literal["quick", "open", "done", "late"]

INSET = 5  # per cent on both sides: room for the numbers of the upright axis
TOP, FOOT = 12, 46  # above the field, and below it for numbers and names of axes
REACH = 13  # from a point's middle to its label
LETTER, LINE = 7.6, 15  # how wide a letter of a label may be, how high its line
MARK = 10  # half of what a mark takes
MOST_LABELS = 60  # beyond them a crowd of points is a cloud; each still tells its name when asked
ROUND, DIAMOND = "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0Z", "M0-9 9 0 0 9-9 0Z"
# Points of the same judgements stand around their place instead of one upon another.
STEPS = ((0, 0), (16, 0), (-16, 0), (8, 15), (-8, -15), (-8, 15), (8, -15), (32, 0), (-32, 0), (24, 15), (-24, -15))


@dataclass(frozen=True, slots=True)
class Point:
    """One action in the matrix: its code, how feasible (to the right) and how important (up) it is."""

    code: str
    x: Number
    y: Number
    title: str = ""
    kind: PointKind = "open"
    quick: bool = False
    url: str = ""
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """What stands around the points: the ends of both axes, where their halves part, and how all that is called."""

    low: Number = 1
    high: Number = 5
    middle: Number = 3
    across: str = ""
    upward: str = ""
    first: str = ""  # important and feasible
    careful: str = ""  # important, hardly feasible
    beside: str = ""  # feasible, hardly important
    later: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """The height of the drawing, and the narrowest width at which its labels keep clear of one another."""

    width: int
    height: int


WIDE, COMPACT = Face(520, 440), Face(290, 400)
Box = tuple[float, float, float, float]
Anchor = Literal["start", "end", "middle"]
Label = tuple[float, float, Anchor]
# To the right, to the left, above, below: in this order a label looks for room.
SIDES: tuple[Label, ...] = ((REACH, 4.5, "start"), (-REACH, 4.5, "end"), (0, -14, "middle"), (0, 23, "middle"))


def matrix(
    points: Sequence[Point],
    field: Field,
    *,
    ident: str = "",
    title: str = "",
    description: str = "",
    compact: bool = False,
    figure: Formatter = WHOLE,
    palette: Palette = PAPER,
) -> str:
    """Every point at its place, most of them with their code; codes never overlap, those without room are left out."""
    board = Board(COMPACT if compact else WIDE, field)
    placed = board.placed(points)
    labels = board.labels(placed)
    return picture(
        tinted("current", palette.current, board.quadrant()),
        tinted("grid", palette.grid, *board.frame()),
        *board.names(),
        *board.numbers(figure),
        *(_point(point, board, at, label, palette) for (point, at), label in zip(placed, labels, strict=True)),
        ident=ident,
        title=title,
        description=description,
        color=palette.ink,
        width="100%",
        height=board.face.height,
        font=palette.font,
        role="group" if any(point.url for point in points) else "img",
    )


def point_swatch(kind: SwatchKind, *, palette: Palette = PAPER) -> str:
    """The mark that a key explains, always beside its words."""
    shape = _mark("done" if kind == "done" else "late" if kind == "late" else "open", kind == "quick", palette)
    return picture(
        element("svg", shape, x=11, y=9, overflow="visible"),
        ident="",
        title="",
        description="",
        color=palette.ink,
        width="22",
        height=18,
        view_box="0 0 22 18",
    )


@dataclass(frozen=True, slots=True)
class Board:
    """Where things lie in the field."""

    face: Face
    field: Field

    @property
    def bottom(self) -> float:
        return self.face.height - FOOT

    @property
    def scale(self) -> Scale:
        return Scale(self.field.low, self.field.high, INSET)

    def down(self, value: Number) -> float:
        """The upright place of an importance, from above."""
        return self.bottom - Scale(self.field.low, self.field.high).share(value) * (self.bottom - TOP)

    def across(self, value: Number) -> float:
        """The level place of a feasibility at the narrowest width."""
        return self.face.width * float(self.scale.at(value).rstrip("%")) / 100

    def placed(self, points: Sequence[Point]) -> list[tuple[Point, tuple[int, int]]]:
        """Each point, and how far beside its place it stands because others have the same."""
        seen: dict[tuple[Number, Number], int] = {}
        placed = []
        for point in points:
            count = seen.get((point.x, point.y), 0)
            seen[point.x, point.y] = count + 1
            placed.append((point, STEPS[count % len(STEPS)]))
        return placed

    def labels(self, placed: Sequence[tuple[Point, tuple[int, int]]]) -> list[Label | None]:
        """Where each point's code stands; none where there is no room."""
        middles = [(self.across(point.x) + dx, self.down(point.y) + dy) for point, (dx, dy) in placed]
        taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in middles]
        taken += self.named()
        labels: list[Label | None] = []
        for number, ((point, _step), middle) in enumerate(zip(placed, middles, strict=True)):
            found = None if number >= MOST_LABELS else self.room(point.code, middle, taken)
            if found is not None:
                taken.append(_box(point.code, middle, found))
            labels.append(found)
        return labels

    def room(self, code: str, middle: tuple[float, float], taken: Iterable[Box]) -> Label | None:
        """The first side of the point at which its code meets nothing."""
        own = (middle[0] - MARK, middle[1] - MARK, middle[0] + MARK, middle[1] + MARK)
        others = [box for box in taken if box != own]
        for side in SIDES:
            left, top, right, bottom = box = _box(code, middle, side)
            inside = left >= 0 and right <= self.face.width and top >= 0 and bottom <= self.bottom + 8
            if inside and not any(_meet(box, other) for other in others):
                return side
        return None

    def named(self) -> list[Box]:
        """What the names of the quadrants take."""
        left, right = self.across(self.field.low), self.across(self.field.high)
        half = (right - left) / 2
        boxes = []
        for text, is_right, is_top in self.corners():
            width = min(len(text) * LETTER + 8, half)
            edge = right - width if is_right else left
            top = TOP + 8 if is_top else self.bottom - 28  # clear of the code of a point in the corner
            boxes.append((edge, top, edge + width, top + 20))
        return boxes

    def corners(self) -> list[tuple[str, bool, bool]]:
        """The name of each quadrant, and whether it lies on the right and above."""
        names = (
            (self.field.first, True, True),
            (self.field.careful, False, True),
            (self.field.beside, True, False),
            (self.field.later, False, False),
        )
        return [name for name in names if name[0]]

    def quadrant(self) -> str:
        """The ground under what is both important and feasible."""
        left = float(self.scale.at(self.field.middle).rstrip("%"))
        right = float(self.scale.at(self.field.high).rstrip("%"))
        height = self.down(self.field.middle) - TOP
        return element(
            "rect",
            x=f"{short(left)}%",
            y=TOP,
            width=f"{short(right - left)}%",
            height=height,
            fill="currentColor",
            fill_opacity=0.1,
        )

    def frame(self) -> Iterable[str]:
        """The field's bounds and the cross in it."""
        low, middle, high = (self.scale.at(value) for value in (self.field.low, self.field.middle, self.field.high))
        yield element("rect", x=low, y=TOP, width=f"{100 - 2 * INSET}%", height=self.bottom - TOP, **STROKE)
        yield line(middle, TOP, self.bottom)
        level = self.down(self.field.middle)
        yield element("line", x1=low, x2=high, y1=level, y2=level, **STROKE)

    def names(self) -> Iterable[str]:
        """The quadrants and the axes by name."""
        look: dict[str, Attribute] = {"font_size": 13, "fill": "currentColor"}
        for text, is_right, is_top in self.corners():
            x, anchor = (f"{99 - INSET}%", "end") if is_right else (f"{1 + INSET}%", "start")
            y = TOP + 22 if is_top else self.bottom - 13
            yield element("text", words(text), x=x, y=y, font_weight=600, text_anchor=anchor, **look)
        foot = self.face.height - 4
        yield element("text", words(f"↑ {self.field.upward}"), x=f"{INSET}%", y=foot, **look)
        ends = f"{100 - INSET}%"
        yield element("text", words(f"{self.field.across} →"), x=ends, y=foot, text_anchor="end", **look)

    def numbers(self, figure: Formatter) -> Iterable[str]:
        """The ends and the middle of both axes."""
        for value in (self.field.low, self.field.middle, self.field.high):
            look: dict[str, Attribute] = {"font_size": 12, "fill": "currentColor"}
            text = words(figure(value))
            place = self.scale.at(value)
            yield element("text", text, x=place, y=self.bottom + 18, text_anchor="middle", **look)
            yield element("text", text, x=f"{INSET - 1.2}%", y=self.down(value) + 4, text_anchor="end", **look)


def _box(code: str, middle: tuple[float, float], side: Label) -> Box:
    dx, dy, anchor = side
    width = len(code) * LETTER
    left = middle[0] + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    base = middle[1] + dy
    return left, base - LINE + 3, left + width, base + 3


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _point(point: Point, board: Board, at: tuple[int, int], label: Label | None, palette: Palette) -> str:
    parts = []
    if point.url:  # a finger is broader than a mark
        parts.append(element("circle", r=14, fill="currentColor", fill_opacity=0))
    parts.append(_mark(point.kind, point.quick, palette))
    if label is not None:
        x, y, anchor = label
        weight = 700 if point.quick else None
        look: dict[str, Attribute] = {"font_size": 12.5, "font_weight": weight, "text_anchor": anchor}
        parts.append(element("text", words(point.code), x=x, y=y, fill="currentColor", **look))
    moved = element("g", *parts, transform=f"translate({at[0]} {at[1]})") if any(at) else "".join(parts)
    name = element("title", words(f"{point.code} {point.title}")) if point.title else ""
    placed = element("svg", moved, x=board.scale.at(point.x), y=board.down(point.y), overflow="visible")
    if not point.url:
        return element("g", name, placed) if name else placed
    return element("a", name, placed, href=point.url, data_point=point.ident or None, class_="q-point")


def _mark(kind: PointKind, quick: bool, palette: Palette) -> str:  # noqa: FBT001 -- the shape is one of two
    shape = DIAMOND if quick else ROUND
    if kind == "late":
        heart = element("circle", r=2.5, fill="currentColor")
        ring = element("path", d=shape, **STROKE, stroke_width=2.5)
        return tinted("late", palette.falling, ring, heart)
    fill = "currentColor" if kind == "done" else "none"
    body = element("path", d=shape, fill=fill, stroke="currentColor", stroke_width=2.5)
    return tinted("current", palette.current, body)
