"""The parts of a page that tells of an effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Self

from qms import charts
from qms.improvements.domain.effect import Controls, Reading, Rule, Verdict, measure
from qms.improvements.domain.effect_record import Measured, Reservation
from qms.ui.components import DataTable, How, Link, Note, Part

from .words import verdict_name

CROSS = "M1.5 1.5l7 7M8.5 1.5l-7 7"
GaugeKind = Literal["", "then", "other", "sum"]
Direction = Literal["up", "down", "same", "none"]
# The arrow shows the verdict, not the figure: fewer days of waiting are an arrow up.
SHAPES: dict[Verdict, tuple[Direction, int]] = {
    Verdict.IMPROVED: ("up", 1),
    Verdict.NO_CHANGE: ("same", 0),
    Verdict.WORSE: ("down", -1),
    Verdict.NOT_MEASURABLE: ("none", 0),
}


@dataclass(frozen=True)
class VerdictWord(Part):
    """A verdict by shape and word: arrow up, level strokes, arrow down, or a cross."""

    verdict: Verdict
    is_big: bool = False
    template_name: ClassVar[str] = "components/improvements/verdict_word.html"

    @property
    def words(self) -> str:
        """The verdict in words."""
        return verdict_name(self.verdict)

    @property
    def direction(self) -> Direction:
        """Its name in the style."""
        return SHAPES[self.verdict][0]

    @property
    def svg(self) -> str:
        """The arrow up or down; equals sign and cross are drawn by the template."""
        return charts.arrow(SHAPES[self.verdict][1]) if self.direction in ("up", "down") else ""

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return tuple(cls(verdict, is_big=verdict == Verdict.IMPROVED) for verdict in Verdict)


@dataclass(frozen=True)
class Gauge(Part):
    """One value or change: what it is, how much, its interval in words and as a line."""

    title: str
    text: str
    svg: str
    note: str = ""
    span: str = ""
    kind: GaugeKind = ""
    template_name: ClassVar[str] = "components/improvements/gauge.html"


@dataclass(frozen=True)
class EffectBox(Part):
    """The verdict, the numbers it rests on, how it is reckoned, and what it does not say."""

    verdict: VerdictWord
    text: str
    title: str = ""
    power: str = ""
    values: tuple[Gauge, ...] = ()
    changes: tuple[Gauge, ...] = ()
    change_title: str = ""
    how: How | None = None
    reservations: tuple[str, ...] = ()
    comment: str = ""
    foot: str = ""
    note: Note | None = None
    ident: str = "stated"
    level: int = 2
    template_name: ClassVar[str] = "components/improvements/effect_box.html"


@dataclass(frozen=True)
class EffectPanel(Part):
    """The effect on the page of its action: the stated verdict, or what is still to be done about it."""

    box: EffectBox | None
    note: Note | None = None
    link: Link | None = None
    table: DataTable | None = None
    template_name: ClassVar[str] = "components/improvements/effect_panel.html"


def sample_measured() -> Measured:
    """One improved indicator with controls, for samples and tests."""
    readings = (
        Reading(date(2026, 11, 3), Decimal(40), count=8, low=Decimal(25), high=Decimal(55)),
        Reading(date(2028, 11, 6), Decimal(55), count=7, low=Decimal(45), high=Decimal(60)),
    )
    start, end = date(2027, 3, 1), date(2027, 8, 31)
    rule = Rule(scale=(Decimal(0), Decimal(100)))
    controls = Controls(9, Decimal("3.2"), Decimal("4.1"))
    return Measured(
        title="1.4 Politycy i partnerzy",
        unit="",
        higher_is_better=True,
        source="assessment",
        framework="caf-2020",
        node="1.4",
        target=Decimal(60),
        start=start,
        end=end,
        readings=readings,
        outcome=measure(readings, start=start, end=end, rule=rule, controls=controls),
        scale=(Decimal(0), Decimal(100)),
        reservations=(Reservation("not_drawn"), Reservation("agreed"), Reservation("beside", {"count": 2})),
    )
