"""What one compares: tables, the heat map, figures with their data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from qms import charts
from qms.ui import numbers

from .part import Band, Link, Part
from .scores import Number
from .scoring import BandKey, Legend


@dataclass(frozen=True)
class Row:
    """One line of a table; the first cell names it."""

    cells: tuple[object, ...]
    own: bool = False


@dataclass(frozen=True)
class DataTable(Part):
    """A table for comparing: caption, headings, numbers flush right, the own row marked."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[Row | tuple[object, ...], ...]
    numeric: tuple[int, ...] = ()
    show_caption: bool = False
    stack: bool = False
    template_name: ClassVar[str] = "components/data_table.html"

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Each heading, and whether its column holds numbers."""
        return [(header, place in self.numeric) for place, header in enumerate(self.headers)]

    @property
    def lines(self) -> list[tuple[bool, object, list[tuple[SafeString, object]]]]:
        """Each row: whether it is the own one, the cell that names it, and the others, each with its attributes."""
        rows = [given if isinstance(given, Row) else Row(tuple(given)) for given in self.rows]
        columns = [self._attributes(place) for place in range(1, max((len(row.cells) for row in rows), default=1))]
        return [(row.own, row.cells[0], list(zip(columns, row.cells[1:], strict=False))) for row in rows]

    def _attributes(self, place: int) -> SafeString:
        """What every cell of that column says of itself, written once for all rows."""
        heading = self.headers[place] if place < len(self.headers) else ""
        stacked = format_html(' role="cell" data-l="{}"', heading) if self.stack else ""
        return format_html("{}{}", stacked, mark_safe(' class="n"' if place in self.numeric else ""))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        rows = (
            (Link("1 Przywództwo", "#"), "59,5", "52,5", Band(3, "silne dowody")),
            Row(("8 Odpowiedzialność społeczna", "31,5", "25,5", Band(2, "dobre dowody")), own=True),
        )
        headers = ("Kryterium", "2026", "2024", "Pasmo")
        return (
            cls("Kryteria CAF, punkty 0–100", headers, rows, (1, 2), show_caption=True),
            cls("Kryteria CAF na telefonie", headers, rows, (1, 2), stack=True),
        )


@dataclass(frozen=True)
class HeatCell:
    """One score of the heat map; blank where nothing was scored."""

    identifier: str
    title: str
    value: Number | None
    band: Band | None = None
    url: str = ""

    @property
    def shown(self) -> str:
        return numbers.figure(self.value)


@dataclass(frozen=True)
class HeatRow:
    """One criterion with its subcriteria."""

    identifier: str
    title: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatMap(Part):
    """All agreed scores at a glance, each with its band by dial, tint and text."""

    caption: str
    rows: tuple[HeatRow, ...]
    key: tuple[BandKey, ...] = ()
    template_name: ClassVar[str] = "components/heat_map.html"
    keeps: ClassVar[bool] = True

    @property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def columns(self) -> range:
        return range(1, self.width + 1)

    @property
    def lines(self) -> list[tuple[HeatRow, range]]:
        """Each row and the places that stay empty after it."""
        return [(row, range(self.width - len(row.cells))) for row in self.rows]

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        def cell(code: str, title: str, value: int | None, index: int = 0) -> HeatCell:
            return HeatCell(code, title, value, None if value is None else Band(index, "", ""), "#")

        return (
            cls(
                "Oceny podkryteriów",
                (
                    HeatRow(
                        "1",
                        "Przywództwo",
                        (
                            cell("1.1", "Misja, wizja i wartości", 64, 3),
                            cell("1.2", "Zarządzanie i doskonalenie", 92, 5),
                            cell("1.3", "Motywowanie i przykład", 46, 2),
                            cell("1.4", "Relacje z władzami", None),
                        ),
                    ),
                    HeatRow(
                        "8",
                        "Odpowiedzialność społeczna",
                        (
                            cell("8.1", "Postrzeganie społeczne", 28, 1),
                            cell("8.2", "Mierniki społeczne", 5, 0),
                            cell("8.3", "Partnerzy", 74, 4),
                        ),
                    ),
                ),
                Legend.samples()[0].keys,
            ),
        )


@dataclass(frozen=True)
class KeyItem:
    """One line of a chart's key."""

    label: str
    kind: Literal["current", "previous", "benchmark", "previous-mark", "benchmark-mark"] = "current"

    @property
    def svg(self) -> str:
        return charts.swatch(self.kind)


@dataclass(frozen=True)
class Figure(Part):
    """A picture that says what one sees, its key, its numbers in a table and how they come about."""

    title: str
    picture: str | Part = ""
    number: str = ""
    unit: str = ""
    key: Sequence[KeyItem] = field(default=())
    table: DataTable | None = None
    how: str = ""
    how_url: str = ""
    plain: bool = False
    narrow: str = ""  # the same drawing for narrow screens, where letters may not shrink
    template_name: ClassVar[str] = "components/figure.html"

    @property
    def is_part(self) -> bool:
        """Whether the picture is a component rather than a drawing."""
        return isinstance(self.picture, Part)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        names = (
            "Przywództwo",
            "Strategia",
            "Pracownicy",
            "Zasoby",
            "Procesy",
            "Klienci",
            "Kadra",
            "Społeczne",
            "Kluczowe",
        )
        now = (59.5, 53.0, 49.3, 59.7, 61.3, 70.0, 42.5, 31.5, 63.0)
        then = (52.5, 48.3, 46.0, 53.0, 54.7, 59.5, 40.0, 25.5, 61.0)
        peers = (55.0, 54.5, 51.0, 57.5, 58.0, 60.5, 48.0, 41.5, 59.0)
        table = DataTable(
            "Kryteria CAF, punkty 0–100",
            ("Kryterium", "2026", "2024", "Mediana"),
            tuple(
                (f"{i} {name}", *(numbers.figure(v, 1) for v in values))
                for i, (name, *values) in enumerate(zip(names, now, then, peers, strict=True), 1)
            ),
            (1, 2, 3),
        )
        web, narrow = (
            charts.radar(
                [charts.Axis(str(i), name) for i, name in enumerate(names, 1)],
                charts.Series(now, then, peers),
                ident=f"sample-radar-{'narrow' if compact else 'wide'}",
                title="Wyniki dziewięciu kryteriów CAF",
                description="Wykres radarowy. Wszystkie liczby są w tabeli pod wykresem.",
                rings=(10, 30, 50, 70, 90),
                figure=numbers.formatter(1),
                compact=compact,
            )
            for compact in (False, True)
        )
        return (
            cls(
                "Dziewięć kryteriów na tle 2024 roku i innych urzędów",
                web,
                "Wykres 1",
                "Punkty 0–100; pierścienie leżą na granicach pasm CAF",
                (KeyItem("2026"), KeyItem("2024", "previous"), KeyItem("mediana 23 urzędów", "benchmark")),
                table,
                "Kryterium to średnia ocen jego podkryteriów, bez wag; pustych ocen nie liczymy.",
                "#",
                narrow=narrow,
            ),
        )
