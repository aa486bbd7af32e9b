"""Scores on their scales, changes with their direction, places with their range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal, Self

from django.utils.translation import gettext as _

from qms import charts
from qms.ui import numbers

from .part import Band, Part

Number = int | float | Decimal


@dataclass(frozen=True)
class Delta(Part):
    """A change: an arrow, the number with its sign, what it is held against."""

    value: Number
    text: str = ""
    note: str = ""
    digits: int = 1
    better: Literal["more", "less"] = "more"
    template_name: ClassVar[str] = "components/delta.html"

    @property
    def shown(self) -> str:
        """The change as text."""
        return self.text or numbers.signed(self.value, self.digits)

    @property
    def direction(self) -> Literal["up", "down", "same"]:
        """Whether this is for the better, for the worse, or no change."""
        change = numbers.rounded(self.value, self.digits)
        if change == 0:
            return "same"
        return "up" if (change > 0) == (self.better == "more") else "down"

    @property
    def word(self) -> str:
        """The same in a word, for those who do not see the arrow."""
        change = numbers.rounded(self.value, self.digits)
        return _("no change") if change == 0 else _("rise") if change > 0 else _("fall")

    @property
    def svg(self) -> str:
        """The arrow."""
        return charts.arrow(numbers.rounded(self.value, self.digits))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(Decimal("0.12"), note="od +0,01 do +0,23", digits=2),
            cls(Decimal("-2.5"), note="od 2024"),
            cls(0, note="od 2024"),
        )


@dataclass(frozen=True)
class Stat(Part):
    """One number set large, its uncertainty small."""

    title: str
    value: str
    unit: str = ""
    notes: tuple[object, ...] = ()
    svg: str = ""
    template_name: ClassVar[str] = "components/stat.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Suma kryteriów", "490", "na 900", (Delta(49, digits=0, note="od 2024"),)),
            cls(
                "Zadowolenie klientów",
                "4,31",
                "na 5",
                ("od 4,22 do 4,40 · n = 412", Delta(Decimal("0.12"), digits=2, note="od +0,01 do +0,23")),
                charts.interval(4.22, 4.31, 4.40, minimum=3.8, maximum=4.8),
            ),
            cls("Mediana urzędów", "53,9", "na 100", ("23 urzędy, dane anonimowe",)),
        )


@dataclass(frozen=True)
class Stats(Part):
    """Numbers side by side."""

    stats: tuple[Stat, ...]
    template_name: ClassVar[str] = "components/stats.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(Stat.samples()),)


@dataclass(frozen=True)
class ScoreRow(Part):
    """A score as a bar on its scale, with its band, the last cycle and the benchmark."""

    name: str
    value: Number | None
    band: Band | None = None
    previous: Number | None = None
    benchmark: Number | None = None
    change: Delta | None = None
    digits: int = 1
    maximum: Number = 100
    ticks: Sequence[Number] = field(default=(0, 10.5, 30.5, 50.5, 70.5, 90.5, 100))
    url: str = ""
    remark: str = ""  # what limits the figure, where its change would stand
    template_name: ClassVar[str] = "components/score_row.html"
    keeps: ClassVar[bool] = True

    @property
    def shown(self) -> str:
        """The score as text."""
        return numbers.figure(self.value, self.digits)

    @property
    def svg(self) -> str:
        """The bar."""
        return charts.bar(
            self.value,
            band=self.band.index if self.band else None,
            maximum=self.maximum,
            ticks=self.ticks,
            previous=self.previous,
            benchmark=self.benchmark,
        )

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("1 Przywództwo", Decimal("59.5"), Band(3, "silne dowody"), 52.5, 55, Delta(7, note="od 2024")),
            cls("8 Odpowiedzialność społeczna", Decimal("31.5"), Band(2, "dobre dowody"), 25.5, 41.5, Delta(6)),
            cls("6 Klienci", 78, Band(4, "bardzo silne dowody"), remark="1 z 2 ocenionych"),
            cls("9 Wyniki kluczowe", None),
        )


@dataclass(frozen=True)
class Scores(Part):
    """Scores one under another, on the same scale."""

    rows: tuple[ScoreRow, ...]
    template_name: ClassVar[str] = "components/scores.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(ScoreRow.samples()),)


@dataclass(frozen=True)
class BarRow(Part):
    """Any share or count as a bar: name, bar, number."""

    name: str
    value: Number | None
    shown: str
    maximum: Number = 100
    note: str = ""
    other: bool = False
    template_name: ClassVar[str] = "components/bar_row.html"

    @property
    def svg(self) -> str:
        """The bar."""
        return charts.bar(self.value, maximum=self.maximum, ticks=(0, self.maximum))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Arkusze przekazane", 5, "5 z 8", 8, "do 28 listopada"),
            cls("Przed szkoleniem", 60, "60,0 %", 100, "n = 35 rozmów", other=True),
        )


@dataclass(frozen=True)
class StripRow(Part):
    """The scores that members gave to one subcriterion, and the one they agreed on."""

    identifier: str
    title: str
    url: str
    values: tuple[Number | None, ...]
    agreed: Number | None = None
    current: bool = False
    ticks: Sequence[Number] = field(default=(0, 10.5, 30.5, 50.5, 70.5, 90.5, 100))
    template_name: ClassVar[str] = "components/strip_row.html"
    keeps: ClassVar[bool] = True

    @property
    def given(self) -> tuple[Number, ...]:
        """The scores that were given, lowest first."""
        return tuple(sorted(value for value in self.values if value is not None))

    @property
    def lowest(self) -> str:
        return numbers.figure(self.given[0]) if self.given else ""

    @property
    def highest(self) -> str:
        return numbers.figure(self.given[-1]) if self.given else ""

    @property
    def range(self) -> str:
        """Highest minus lowest."""
        if not self.given:
            return "\u2013"
        return numbers.figure(Decimal(str(self.given[-1])) - Decimal(str(self.given[0])))

    @property
    def settled(self) -> str:
        return "" if self.agreed is None else numbers.figure(self.agreed)

    @property
    def svg(self) -> str:
        """The strip of dots."""
        return charts.strip(self.values, agreed=self.agreed, ticks=self.ticks)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("3.3", "Zaangażowanie i dobrostan", "#", (10, 20, 30, 35, 35, 45, 65, 70), current=True),
            cls("2.4", "Zmiana i innowacje", "#", (15, 25, 30, 40, 40, 45, 55, None), agreed=38),
        )


@dataclass(frozen=True)
class Strips(Part):
    """Subcriteria by divergence, widest first."""

    rows: tuple[StripRow, ...]
    template_name: ClassVar[str] = "components/strips.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(StripRow.samples()),)


@dataclass(frozen=True)
class Place(Part):
    """A place among many with the range where it may lie."""

    name: str
    place: int
    best: int
    worst: int
    of: int
    own: bool = False
    template_name: ClassVar[str] = "components/place.html"

    @property
    def svg(self) -> str:
        """The dot and its range."""
        return charts.interval(self.best, self.place, self.worst, minimum=1, maximum=max(self.of, 2))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("PUP Starachowice", 5, 2, 14, 340), cls("PUP Gołdap", 96, 61, 138, 340, own=True))
