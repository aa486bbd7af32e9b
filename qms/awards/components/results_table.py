"""The measured results of a question as a table to compare: three years, a small line, target, comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.domain.results import is_met, years_of
from qms.awards.models import ResultRow
from qms.charts.spark import spark
from qms.ui import numbers
from qms.ui.components import Part


@dataclass(frozen=True)
class ResultLine:
    """One row of the table."""

    title: str
    unit: str
    values: tuple[tuple[str, str], ...]
    picture: str
    target: str
    verdict: str
    verdict_kind: str
    comparison: str
    note: str
    evidence: str


@dataclass(frozen=True)
class ResultsTable(Part):
    """All rows of a question, with the years as headings where they share them."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[ResultLine, ...]
    key: str = ""
    template_name: ClassVar[str] = "awards/_results.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        line = ResultLine(
            "Zadowolenie klientów", "średnia 1–5", (("2024", "4,02"), ("2025", "4,19"), ("2026", "4,31")),
            spark((4.02, 4.19, 4.31), 4.25), "4,25", "osiągnięty", "up", "4,24", "mediana 340 urzędów", "E21",
        )  # fmt: skip
        return (cls("Wyniki z trzech lat", ("2024", "2025", "2026"), (line,)),)


def results_table(caption: str, rows: Iterable[ResultRow]) -> ResultsTable | None:
    """The rows as a table; nothing where there are none."""
    rows = list(rows)
    if not rows:
        return None
    years = {row.year for row in rows}
    shared = years.pop() if len(years) == 1 else None
    heads = (
        tuple(str(year) for year in years_of(shared))
        if shared
        else (_("Two years before"), _("One year before"), _("Last year"))
    )
    return ResultsTable(caption, heads, tuple(_line(row, heads, names_year=not shared) for row in rows))


def shown_figure(value: Decimal | None) -> str:
    """A figure with as many decimals as were written."""
    if value is None:
        return "–"
    exponent = value.normalize().as_tuple().exponent
    return numbers.figure(value, max(-exponent, 0) if isinstance(exponent, int) else 0)


def _line(row: ResultRow, heads: tuple[str, ...], *, names_year: bool) -> ResultLine:
    series = (row.before_last, row.before, row.last)
    met = is_met(row.last, row.target, row.better)
    about = [row.unit, str(row.get_better_display()) if row.better == ResultRow.Better.LOWER else ""]
    if names_year:
        about.append(_("last year %(year)s") % {"year": row.year})
    verdicts = {
        None: ("", ""),
        True: (pgettext("target", "met"), "up"),
        False: (pgettext("target", "not met"), "same"),
    }
    return ResultLine(
        title=row.title,
        unit="; ".join(part for part in about if part),
        values=tuple(zip(heads, map(shown_figure, series), strict=True)),
        picture=spark(series, row.target),
        target=shown_figure(row.target),
        verdict=verdicts[met][0],
        verdict_kind=verdicts[met][1],
        comparison=shown_figure(row.comparison),
        note=row.comparison_note,
        evidence=row.evidence,
    )
