"""The results of a practice as pictures: before, after, and the change with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from django.utils.translation import gettext, pgettext

from qms.charts.readings import gauge
from qms.goodpractices.domain.results import Change, change_of, digits_of
from qms.ui import numbers
from qms.ui.components import DataTable, Delta, Figure, Part

if TYPE_CHECKING:
    from qms.goodpractices.models import PracticeResult

AIR = Decimal("0.12")


@dataclass(frozen=True)
class Line:
    """One value or change: what it is, how much, its interval in words and as a line."""

    title: str
    text: str
    svg: str
    span: str = ""
    kind: Literal["", "then"] = ""


@dataclass(frozen=True)
class ResultPicture(Part):
    """Before and after on one scale, and under them the change on a scale with zero."""

    values: tuple[Line, ...]
    changes: tuple[Line, ...] = ()
    change_title: str = ""
    delta: Delta | None = None
    note: str = ""
    template_name: ClassVar[str] = "components/goodpractices/result_picture.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        before, after = Decimal(21), Decimal(14)
        change = Change(after - before, Decimal(-10), Decimal(-4))
        return (
            cls(
                _values(before, after, "dni"),
                (_change(change, "dni", 0),),
                "Zmiana w dniach; pionowa kreska to zero",
                Delta(change.difference, digits=0, better="less"),
            ),
        )


def result_figures(results: Sequence[PracticeResult]) -> tuple[Figure, ...]:
    """A figure for each result that has a value."""
    shown = [one for one in results if one.before is not None or one.after is not None]
    return tuple(_figure(result, number) for number, result in enumerate(shown, 1))


def told_only(results: Sequence[PracticeResult]) -> tuple[str, ...]:
    """The names of results that have no value yet."""
    return tuple(one.title for one in results if one.before is None and one.after is None)


def _figure(result: PracticeResult, number: int) -> Figure:
    change = change_of(result.before, result.after, result.low, result.high)
    digits = digits_of((result.before, result.after, result.low, result.high))
    delta = None
    if change is not None:
        delta = Delta(
            change.difference,
            text=_with_unit(numbers.signed(change.difference, digits), result.unit),
            note=_span(change, digits),
            digits=digits,
            better="more" if result.better == "higher" else "less",
        )
    picture = ResultPicture(
        _values(result.before, result.after, result.unit),
        () if change is None or change.low is None else (_change(change, result.unit, digits),),
        _change_title(result.unit),
        delta,
        note=_about(result),
    )
    return Figure(
        result.title,
        picture,
        number=gettext("Figure %(number)s") % {"number": number},
        unit=_unit(result),
        table=_table(result, change, digits),
    )


def _unit(result: PracticeResult) -> str:
    parts = [result.unit] if result.unit else []
    parts.append(str(result.get_better_display()))
    return "; ".join(parts)


def _about(result: PracticeResult) -> str:
    parts = []
    if result.count is not None:
        parts.append(f"n = {numbers.figure(result.count)}")
    if result.source:
        parts.append(gettext("source: %(source)s") % {"source": result.source})
    if result.verdict:
        parts.append(gettext("stated on this platform from values before and after"))
    return "; ".join(parts)


def _values(before: Decimal | None, after: Decimal | None, unit: str) -> tuple[Line, ...]:
    known = [value for value in (before, after) if value is not None]
    low, high = _bounds([*known, Decimal(0)] if min(known) >= 0 else known)
    digits = digits_of(known)
    named: tuple[tuple[str, Decimal | None, Literal["", "then"]], ...] = (
        (pgettext("effect", "Before"), before, "then"),
        (pgettext("effect", "After"), after, ""),
    )
    return tuple(
        Line(
            name,
            _with_unit(numbers.figure(value, digits), unit),
            gauge(value, minimum=low, maximum=high),
            kind=kind,
        )
        for name, value, kind in named
        if value is not None
    )


def _change(change: Change, unit: str, digits: int) -> Line:
    ends = [end for end in (change.low, change.difference, change.high) if end is not None]
    low, high = _bounds([*ends, Decimal(0)])
    return Line(
        pgettext("effect", "Change"),
        _with_unit(numbers.signed(change.difference, digits), unit),
        gauge(change.difference, minimum=low, maximum=high, low=change.low, high=change.high, zero=True),
        span=_span(change, digits),
    )


def _change_title(unit: str) -> str:
    if unit:
        return gettext("Change (%(unit)s); the upright stroke is zero") % {"unit": unit}
    return gettext("Change; the upright stroke is zero")


def _span(change: Change, digits: int) -> str:
    if change.low is None or change.high is None:
        return ""
    return gettext("from %(low)s to %(high)s") % {
        "low": numbers.signed(change.low, digits),
        "high": numbers.signed(change.high, digits),
    }


def _with_unit(number: str, unit: str) -> str:
    return f"{number}{numbers.NARROW}{unit}" if unit else number


def _table(result: PracticeResult, change: Change | None, digits: int) -> DataTable:
    rows: list[tuple[object, ...]] = []
    for name, value in ((pgettext("effect", "Before"), result.before), (pgettext("effect", "After"), result.after)):
        if value is not None:
            rows.append((name, numbers.figure(value, digits)))
    if change is not None:
        rows.append((pgettext("effect", "Change"), numbers.signed(change.difference, digits)))
        if span := _span(change, digits):
            rows.append((gettext("Interval of the change"), span))
    if result.count is not None:
        rows.append((gettext("Number of answers or cases"), numbers.figure(result.count)))
    heads = (gettext("What"), result.unit or gettext("Value"))
    return DataTable(result.title, heads, tuple(rows), (1,))


def _bounds(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """A little more than the values take."""
    low, high = min(values), max(values)
    air = (high - low) * AIR or max(abs(high) * AIR, Decimal(1))
    return (low if low == 0 else low - air), high + air
