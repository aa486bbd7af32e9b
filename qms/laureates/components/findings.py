"""What a report says, on the page: bands, strengths, areas, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import text
from qms.jury.components.hindrances import without_prize
from qms.laureates.models import FeedbackReport
from qms.laureates.queries.feedback import framework_of
from qms.ui import numbers
from qms.ui.components import DataTable, Figure, KeyItem, Part, Say

from .bands import Told, band_picture, told_of


@dataclass(frozen=True)
class BandLine(Part):
    """One criterion with its band on the scale."""

    title: str
    words: str
    svg: str
    index: int | None = None
    median: str = ""
    template_name: ClassVar[str] = "laureates/_band_line.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        told = Told("Przywództwo", 51, 70, "strong", 3, "silne dowody", None, (10.5, 30.5, 50.5, 70.5, 90.5))
        return (cls(told.title, told.words, band_picture(told, ident="sample-band"), told.index),)


@dataclass(frozen=True)
class BandLines(Part):
    """All criteria, one under another on the same scale."""

    lines: tuple[BandLine, ...]
    template_name: ClassVar[str] = "laureates/_band_lines.html"


@dataclass(frozen=True)
class FoundSection(Part):
    """What the jury found in one section."""

    place: int
    line: BandLine
    strengths: tuple[Say, ...]
    areas: tuple[Say, ...]
    template_name: ClassVar[str] = "laureates/_found.html"


def told_in(report: FeedbackReport) -> tuple[Told, ...]:
    """What the report tells of each section."""
    framework = framework_of(report.application.category)
    return tuple(told_of(row, framework) for row in report.sections)


def sections_of(report: FeedbackReport) -> tuple[FoundSection, ...]:
    """Each section with its band and what was written."""
    return tuple(
        FoundSection(place, line_of(told, place), _says(row["strengths"], "strength"), _says(row["areas"], "area"))
        for place, (row, told) in enumerate(zip(report.sections, told_in(report), strict=True), start=1)
    )


def line_of(told: Told, place: int, *, ident: str = "band") -> BandLine:
    """One criterion as a line."""
    svg = band_picture(told, ident=f"{ident}-{place}")
    return BandLine(told.title, told.words, svg, told.index, told.median_words)


def bands_figure(report: FeedbackReport) -> Figure:
    """All bands at a glance, with their table and how they come about."""
    told = told_in(report)
    has_median = any(one.median is not None for one in told)
    headers = (_("Section"), _("Band"), _("Points"), *((_("Median of the category"),) if has_median else ()))
    rows = tuple((one.title, one.name or "–", one.points, *((_median(one),) if has_median else ())) for one in told)
    return Figure(
        _("Bands of the jury's scores"),
        BandLines(tuple(line_of(one, place, ident="glance") for place, one in enumerate(told, start=1))),
        unit=_("Points from 0 to 100"),
        key=(KeyItem(_("median of the category"), "benchmark-mark"),) if has_median else (),
        table=DataTable(_("Bands of the jury's scores"), headers, rows),
        how=_(
            "A band says where the score that the jury agreed on lies. The median is told where five or more"
            " applications of the category have a score."
        ),
    )


def decision_words(decision: Mapping[str, Any]) -> str:
    """The prize, or that there is none."""
    prize = text(decision.get("prize") or {}, get_language() or "pl")
    return prize or without_prize(decision.get("outcome", "")) or _("No prize this time")


def _median(told: Told) -> str:
    return numbers.figure(told.median)


def _says(words: str, kind: str) -> tuple[Say, ...]:
    return tuple(Say(line.strip(), kind) for line in words.splitlines() if line.strip())  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sent(Part):
    """What a form sends without showing it."""

    pairs: tuple[tuple[str, str], ...]
    template_name: ClassVar[str] = "laureates/_sent.html"
