"""Indicators and readings as tables, and readings along the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from qms.charts.readings import Ends, Moment, readings
from qms.improvements.domain.effect import Reading
from qms.ui import numbers
from qms.ui.components import DataTable, Figure, Link, Part

from .parts import VerdictWord
from .words import ASSESSMENT, bounds_of, digits_of, span_of, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qms.improvements.domain.effect_record import Measured
    from qms.improvements.queries.effects import IndicatorView


def indicator_table(views: Sequence[IndicatorView]) -> DataTable:
    """What the action is measured by: baseline, target, result, and what that says now."""
    rows = tuple(
        (
            view.indicator.title,
            _baseline(view),
            value_of(view.indicator.target, view.measured),
            value_of(view.outcome.after.value if view.outcome.after else None, view.measured),
            VerdictWord(view.outcome.verdict),
        )
        for view in views
    )
    headers = (
        gettext("Indicator"),
        gettext("Baseline"),
        gettext("Target"),
        gettext("Result"),
        gettext("Effect"),
    )
    return DataTable(gettext("Indicators of the action"), headers, rows, (1, 2, 3), stack=True)


def _baseline(view: IndicatorView) -> str:
    """The value from before, else the baseline as it was planned."""
    before = view.outcome.before
    return value_of(view.indicator.baseline if before is None else before.value, view.measured)


def readings_figure(
    measured: Measured, *, number: int, ident: str, pks: Mapping[date, int] | None = None
) -> Figure | None:
    """The values along the time, with the action and the target; nothing where there are none."""
    if not measured.readings:
        return None
    return Figure(
        measured.title,
        _picture(measured, ident=f"{ident}-wide"),
        number=gettext("Figure %(number)s") % {"number": number},
        unit=_unit(measured),
        narrow=_picture(measured, ident=f"{ident}-narrow", compact=True),
        table=readings_table(measured, pks=pks),
    )


def _picture(measured: Measured, *, ident: str, compact: bool = False) -> str:
    start, end = measured.start, measured.end
    return readings(
        tuple(_moment(reading, measured) for reading in measured.readings),
        span=(start, max(start, end)) if start and end else None,
        span_name=pgettext("chart", "action"),
        bounds=bounds_of(measured),
        target=measured.target,
        target_name=gettext("target %(value)s") % {"value": value_of(measured.target, measured)},
        ident=ident,
        title=measured.title,
        description=_told(measured),
        compact=compact,
    )


def _moment(reading: Reading, measured: Measured) -> Moment:
    margin = reading.margin
    ends: Ends = "interval" if margin is not None else "range" if reading.low is not None else ""
    day, year = numbers.short_day(reading.on), str(reading.on.year)
    return Moment(
        reading.on,
        reading.value,
        numbers.figure(reading.value, digits_of(measured.readings)),
        (day, year),
        low=reading.low if margin is None else reading.value - margin,
        high=reading.high if margin is None else reading.value + margin,
        ends=ends,
        is_used=reading.on in measured.is_used,
    )


def _unit(measured: Measured) -> str:
    parts = [measured.unit] if measured.unit else []
    if any(reading.standard_error is not None for reading in measured.readings):
        parts.append(gettext("the bar is the interval of 95 per cent"))
    if any(reading.low is not None for reading in measured.readings):
        parts.append(gettext("the thin line runs from the lowest to the highest score of the members"))
    if len(measured.is_used) < len(measured.readings):
        parts.append(gettext("hollow marks are shown and not used"))
    if not measured.higher_is_better:
        parts.append(gettext("lower is better"))
    return "; ".join(parts)


def _told(measured: Measured) -> str:
    """The same values as one sentence, for those who do not see the picture."""
    told = "; ".join(f"{numbers.day(one.on)}: {value_of(one.value, measured)}" for one in measured.readings)
    if measured.target is not None:
        told += "; " + gettext("target %(value)s") % {"value": value_of(measured.target, measured)}
    return told + "."


def readings_table(measured: Measured, *, pks: Mapping[date, int] | None = None) -> DataTable:
    """Every value with its interval and what it was used for; typed ones with the way to delete them."""
    headers = [
        gettext("Day"),
        gettext("Value"),
        gettext("Interval or range"),
        pgettext("count", "n"),
        gettext("What was measured"),
        gettext("Used as"),
    ]
    deletable = pks or {}
    if deletable:
        headers.append(gettext("Change"))
    rows = tuple(_row(reading, measured, deletable) for reading in measured.readings)
    caption = gettext("Values of “%(title)s”") % {"title": measured.title}
    return DataTable(caption, tuple(headers), rows, (1, 2, 3), stack=True)


def _row(reading: Reading, measured: Measured, deletable: Mapping[date, int]) -> tuple[object, ...]:
    digits = digits_of(measured.readings)
    if reading.margin is not None:
        span = span_of(reading.value - reading.margin, reading.value + reading.margin, max(digits, 1))
    else:
        span = span_of(reading.low, reading.high, digits)
    used = {"before": pgettext("effect", "Before"), "after": pgettext("effect", "After")}
    cells: list[object] = [
        numbers.day(reading.on),
        value_of(reading.value, measured),
        span or "\u2013",
        numbers.figure(reading.count),
        _source(reading, measured),
        used.get(measured.is_used.get(reading.on, ""), gettext("shown only")),
    ]
    if pk := deletable.get(reading.on):
        cells.append(Link(gettext("Delete"), reverse("improvements:reading-delete", args=[pk])))
    return tuple(cells)


def _source(reading: Reading, measured: Measured) -> str | Part:
    if measured.source == ASSESSMENT and reading.assessment is not None:
        return Link(reading.label, reverse("assessments:results", args=[reading.assessment]))
    return reading.label or "\u2013"
