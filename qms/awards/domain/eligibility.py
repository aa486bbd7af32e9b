"""Whether an office meets a condition of a category: reckoned from what is known, or answered by the office."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the platform knows of an office; days are those of the round's time zone."""

    kind: str
    region: str
    country: str
    staff: int | None
    assessed_on: date | None
    today: date


def meets(kind: str, value: Mapping[str, Any], facts: OfficeFacts, *, answer: bool | None) -> bool:
    """Whether the condition is met; what is not known does not meet it."""
    if kind == "office_kind":
        return facts.kind in value.get("kinds", ())
    if kind == "region":
        return any(is_region(facts, one) for one in value.get("regions", ()))
    if kind == "staff":
        return facts.staff is not None and _lies_between(facts.staff, value.get("least"), value.get("most"))
    if kind == "assessment":
        return facts.assessed_on is not None and facts.assessed_on >= _oldest(facts.today, value.get("months"))
    return answer is True


def is_region(facts: OfficeFacts, code: str) -> bool:
    """Whether the office lies in the region of this code; "PL-28" and "28" mean the same one."""
    named = facts.region.casefold()
    return code.casefold() in (named, f"{facts.country}-{named}".casefold())


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _oldest(today: date, months: int | None) -> date:
    return date.min if months is None else months_before(today, months)


def _lies_between(number: int, least: int | None, most: int | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)
