"""Giving a score: its dimensions, its bands, its sum."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal, Self

from qms import charts
from qms.ui import numbers

from .part import Band, Part
from .scores import Number


@dataclass(frozen=True)
class BandKey:
    """A band as the key of a scale shows it: dial, span, name, meaning."""

    index: int
    span: str
    title: str
    meaning: str = ""
    to: Number = 100


@dataclass(frozen=True)
class Legend(Part):
    """What the bands mean."""

    keys: tuple[BandKey, ...]
    template_name: ClassVar[str] = "components/legend.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        names = ("brak dowodów", "słabe dowody", "dobre dowody", "silne dowody", "bardzo silne", "wzorcowe")
        spans = ("0–10", "11–30", "31–50", "51–70", "71–90", "91–100")
        meanings = (
            "nic nie zrobiono albo są tylko pomysły",
            "w niektórych obszarach",
            "w obszarach istotnych",
            "w większości obszarów",
            "we wszystkich obszarach",
            "wszędzie i na tle innych urzędów",
        )
        ends = (10, 30, 50, 70, 90, 100)
        return (cls(tuple(BandKey(i, *row) for i, row in enumerate(zip(spans, names, meanings, ends, strict=True)))),)


@dataclass(frozen=True)
class MarkRow:
    """One dimension of a score: its question, its field, its band."""

    name: str
    title: str
    question: str = ""
    value: str = ""
    minimum: int = 0
    maximum: int = 100
    error: str = ""
    previous: Number | None = None
    anchors: tuple[BandKey, ...] = ()
    ident: str = ""

    @property
    def field_id(self) -> str:
        """The id of its field."""
        return self.ident or f"id_{self.name}"

    @property
    def number(self) -> int | None:
        """The value where it is a whole number within bounds."""
        text = str(self.value).strip()
        return int(text) if text.isdigit() and self.minimum <= int(text) <= self.maximum else None


@dataclass(frozen=True)
class ScoreInput(Part):
    """A score by its dimensions, each a whole number or blank, with the bands in sight and the sum below."""

    legend: str
    rows: tuple[MarkRow, ...]
    bands: tuple[BandKey, ...]
    total: Number | None = None
    total_title: str = ""
    formula: str = ""
    previous: Number | None = None
    ticks: Sequence[Number] = field(default=(0, 10.5, 30.5, 50.5, 70.5, 90.5, 100))
    combination: Literal["mean", "single", ""] = "mean"
    readonly: bool = False
    ident: str = "score"
    template_name: ClassVar[str] = "components/score_input.html"

    def band_of(self, value: Number | None) -> Band | None:
        """The band in which a value lies, rounded half up first."""
        if value is None:
            return None
        whole = numbers.rounded(value)
        key = next((key for key in self.bands if whole <= Decimal(str(key.to))), self.bands[-1])
        return Band(key.index, key.title, key.span)

    def _bar(self, value: Number | None, previous: Number | None) -> str:
        band = self.band_of(value)
        return charts.bar(value, band=band.index if band else None, ticks=self.ticks, previous=previous)

    @property
    def lines(self) -> tuple[tuple[MarkRow, Band | None, str], ...]:
        """Each dimension with its band and its bar."""
        return tuple((row, self.band_of(row.number), self._bar(row.number, row.previous)) for row in self.rows)

    @property
    def sum_band(self) -> Band | None:
        return self.band_of(self.total)

    @property
    def sum_svg(self) -> str:
        return self._bar(self.total, self.previous)

    @property
    def sum_shown(self) -> str:
        return numbers.figure(self.total)

    @property
    def field_ids(self) -> str:
        return " ".join(row.field_id for row in self.rows)

    @property
    def bands_json(self) -> str:
        """The bands for the script that moves the bars while one types."""
        return json.dumps([[float(key.to), key.index, key.span, key.title] for key in self.bands], ensure_ascii=False)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        phases = (
            ("plan", "Planuj", "85", "Misję, wizję i wartości ustalono z udziałem pracowników i interesariuszy."),
            ("do", "Wykonaj", "65", "Są znane w całym urzędzie i kierują codzienną pracą."),
            ("check", "Sprawdź", "6,5", "Urząd regularnie bada, czy są aktualne i rozumiane."),
            ("act", "Popraw", "", "Wyniki sprawdzenia prowadzą do zmian."),
        )
        error = "Wpisz liczbę całkowitą od 0 do 100."
        rows = tuple(MarkRow(n, t, q, v, error=error if n == "check" else "") for n, t, v, q in phases)
        keys = Legend.samples()[0].keys
        full = tuple(MarkRow(f"full_{r.name}", r.title, r.question, "60", previous=48) for r in rows)
        single = (MarkRow("agreed", "Ocena podkryterium 3.3", "Liczba całkowita od 0 do 100", "34", previous=36),)
        return (
            cls("Cztery fazy cyklu", full, keys, 60, "Ocena podkryterium", "(60 + 60 + 60 + 60) / 4 = 60", 48),
            cls("Cztery fazy cyklu", rows, keys, ident="score-wrong"),
            cls("Ocena uzgodniona", single, keys, combination="single", ident="score-single"),
        )
