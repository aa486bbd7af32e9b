"""In which band a criterion lies, in words and as a stretch of the scale; the same on page and paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.charts import PAPER, Palette, band_edges
from qms.charts.svg import Scale, element, level, line, picture, rulers, tinted
from qms.frameworks.domain.framework import Framework, text
from qms.ui import numbers

HIGHEST = 100
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What an office is told of one criterion: its band, and the median of the category where five or more have one."""

    title: str
    low: int | None = None
    high: int | None = None
    code: str = ""
    index: int | None = None
    name: str = ""
    median: Decimal | None = None
    edges: tuple[float, ...] = ()

    @property
    def points(self) -> str:
        """From where to where it lies, in points; a dash where it could not be judged."""
        return "–" if self.low is None or self.high is None else numbers.scoped(self.low, self.high)

    @property
    def short(self) -> str:
        """The same for a narrow column: 51–70."""
        if self.low is None or self.high is None:
            return "–"
        return f"{numbers.figure(self.low)}–{numbers.figure(self.high)}"

    @property
    def words(self) -> str:
        """The name of the band with its points, or that it could not be judged."""
        if self.low is None:
            return _("could not be judged")
        said = _("%(points)s points") % {"points": self.points}
        return f"{self.name}, {said}" if self.name else said

    @property
    def median_words(self) -> str:
        """The median of the category, in words; nothing where it is not told."""
        if self.median is None:
            return ""
        return _("median of the category: %(points)s") % {"points": numbers.figure(self.median)}

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the stretch begins and ends; bands of whole numbers meet half-way between them."""
        if self.low is None or self.high is None:
            return None
        if not self.code:
            return self.low, self.high
        return max(self.low - HALF, 0), self.high if self.high >= HIGHEST else self.high + HALF


def told_of(row: Mapping[str, Any], framework: Framework | None) -> Told:
    """What one section of a report tells, in the reader's language."""
    language = get_language() or "pl"
    band = framework.band(row["band"]) if framework is not None and row["band"] else None
    return Told(
        title=text(row["titles"], language) or row["code"],
        low=row["low"],
        high=row["high"],
        code=row["band"],
        index=band.index if band else None,
        name=text(band.titles, language) if band else "",
        median=None if row["median"] is None else Decimal(row["median"]),
        edges=band_edges(one.high for one in framework.bands) if band and framework else (),
    )


def band_picture(told: Told, *, ident: str, palette: Palette = PAPER) -> str:
    """The band as a stretch of the scale from 0 to 100; an upright stroke is the median of the category."""
    scale = Scale(0, HIGHEST)
    body = [rulers(scale, told.edges or None, 16, 20, palette.grid)]
    if told.ends is None:
        body.append(tinted("grid", palette.grid, level("0", "100%", 11, stroke_width=2, stroke_dasharray="2 5")))
    else:
        low, high = told.ends
        body.append(element("rect", y=7, width="100%", height=8, fill="currentColor", fill_opacity=0.14))
        body.append(element("rect", x=scale.at(low), y=7, width=f"{high - low}%", height=8, fill="currentColor"))
    if told.median is not None:
        body.append(tinted("benchmark", palette.benchmark, line(scale.at(told.median), 3, 19, 3)))
    return picture(
        *body,
        ident=ident,
        title=told.title,
        description="; ".join(filter(None, [told.words, told.median_words])),
        color=palette.band(told.index),
        width="100%",
        height=20,
    )
