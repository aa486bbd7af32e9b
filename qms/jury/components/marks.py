"""The marks of a section as they are typed, with the score that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from qms import charts
from qms.assessments.components.sheet import Guide, formula, language, numbers_of, span
from qms.awards.models import Section
from qms.frameworks.domain.framework import text
from qms.frameworks.domain.panel import CAPPED, Band, Dimension, Scale
from qms.jury.queries.scales import HIGHEST, LOWEST, framework_of
from qms.ui.components import Band as Dial
from qms.ui.components import BandKey, Legend, MarkRow, ScoreInput
from qms.ui.numbers import figure


@dataclass(frozen=True)
class Marks(ScoreInput):
    """A score by the dimensions of a panel, or one number where there are no bands."""

    template_name: ClassVar[str] = "jury/_marks.html"

    def band_of(self, value: Any) -> Dial | None:
        """The band in which a value lies; none where there are no bands."""
        return super().band_of(value) if self.bands else None


def marks_of(scale: Scale, *, typed: Mapping[str, str], errors: Mapping[str, str], legend: str) -> Marks:
    """The marks on the page with the score that they make so far."""
    single = len(scale.dimensions) == 1
    known = numbers_of(scale, typed)
    return Marks(
        legend=legend,
        rows=tuple(_row(scale, one, typed, errors) for one in scale.dimensions),
        bands=keys_of(scale.bands),
        total=scale.score(known),
        total_title=_("Score of the section"),
        formula=formula(scale, known),
        ticks=ticks_of(scale.bands),
        combination="single" if single else "" if scale.combination == CAPPED else "mean",
    )


def _row(scale: Scale, one: Dimension, typed: Mapping[str, str], errors: Mapping[str, str]) -> MarkRow:
    anchors = tuple(
        BandKey(band.index, span(band.low, band.high), "", text(one.anchors[band.code], language()))
        for band in scale.bands
        if band.code in one.anchors
    )
    return MarkRow(
        name=f"mark-{one.code}",
        title=text(one.titles, language()) or _("Score"),
        question=text(one.questions, language()),
        value=typed.get(one.code, ""),
        minimum=one.minimum,
        maximum=one.maximum,
        error=errors.get(one.code, ""),
        anchors=anchors,
        ident=f"id_mark-{one.code}",
    )


def keys_of(bands: tuple[Band, ...]) -> tuple[BandKey, ...]:
    """The bands with their spans and names in the reader's language."""
    said = language()
    return tuple(BandKey(one.index, span(one.low, one.high), text(one.titles, said), to=one.high) for one in bands)


def legend_of(bands: tuple[Band, ...]) -> Legend | None:
    """What the bands mean; nothing where there are none."""
    return Legend(keys_of(bands)) if bands else None


def ticks_of(bands: tuple[Band, ...]) -> tuple[Decimal | float | int, ...]:
    """Where the scale begins and ends, and the lines between its bands."""
    inner = charts.band_edges(one.high for one in bands) if bands else ()
    return (LOWEST, *inner, HIGHEST)


def dial_of(bands: tuple[Band, ...], score: Decimal | None) -> Dial | None:
    """The band of a score by its span, short enough for a table."""
    found = Marks("", (), keys_of(bands)).band_of(score)
    return None if found is None else replace(found, title="")


def trimmed(value: Decimal) -> str:
    """A number of the rules without needless zeros."""
    short = value.normalize()
    return figure(short, max(0, -int(short.as_tuple().exponent)))


def range_said(scale: Scale) -> str:
    """What may be typed."""
    step = scale.dimensions[0].step
    if step > 1:
        return _("Whole numbers from 0 to 100 in steps of %(step)s.") % {"step": step}
    return _("Whole numbers from 0 to 100.")


def guide_of(section: Section) -> Guide | None:
    """What the framework says of the section's criterion; nothing where it says nothing."""
    framework = framework_of(section)
    if framework is None or not framework.has_node(section.node):
        return None
    guide = Guide(framework.node(section.node), framework)
    return guide if guide.guidance or guide.examples else None
