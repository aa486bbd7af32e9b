"""Numbers and days as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

MINUS = "\u2212"
NARROW = "\u00a0"

_DAY = {"pl": "j E Y", "ru": "j E Y г.", "en": "j F Y"}
_MONTH_AFTER_DAY = {"pl": "E", "ru": "E", "en": "F"}


def _language() -> str:
    return (get_language() or "en")[:2]


@cache
def _signs(language: str) -> tuple[str, str]:
    """What stands before the decimals and what between groups of three."""
    point, group = (str(get_format(name, language)) for name in ("DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR"))
    return point, group.replace(" ", NARROW)


@cache
def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def rounded(value: object, digits: int = 0) -> Decimal:
    """The number to so many decimal places, a half goes up (away from zero)."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(_step(digits), rounding=ROUND_HALF_UP)


def figure(value: object, digits: int = 0) -> str:
    """A number with the language's decimal sign, groups of three and a true minus."""
    if value is None or value == "":
        return "\u2013"
    number = rounded(value, digits)
    point, group = _signs(_language())
    whole, _, part = f"{abs(number):,.{digits}f}".partition(".")
    whole = whole.replace(",", group)
    sign = MINUS if number < 0 else ""
    return f"{sign}{whole}{point}{part}" if part else f"{sign}{whole}"


def formatter(digits: int = 1) -> Callable[[object], str]:
    """What charts write their numbers with."""
    return lambda value: figure(value, digits)


def signed(value: object, digits: int = 0) -> str:
    """A change: the number with its plus or minus; none for zero."""
    plus = "+" if rounded(value, digits) > 0 else ""
    return plus + figure(value, digits)


def share(value: object, digits: int = 0) -> str:
    """A share of a hundred with its sign."""
    space = "" if _language() == "en" else NARROW
    return f"{figure(value, digits)}{space}%"


def scoped(low: object, high: object, digits: int = 0) -> str:
    """From where to where a number may lie, in words."""
    words = pgettext("interval", "%(low)s to %(high)s")
    return words % {"low": figure(low, digits), "high": figure(high, digits)}


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date | None) -> str:
    """A day: 18 November 2026."""
    if not value:
        return "\u2013"
    return date_format(_local(value), _DAY.get(_language(), _DAY["en"]))


def weekday(value: date) -> str:
    """A day with its name: Friday, 20 November 2026."""
    name = date_format(_local(value), "l")
    return f"{name[:1].upper()}{name[1:]}, {day(value)}"


def short_day(value: date | None) -> str:
    """A day in a narrow column: 18 Nov."""
    if not value:
        return "\u2013"
    return date_format(_local(value), "j M" if _language() == "en" else "j b").rstrip(".")


def month_after_day(value: date) -> str:
    """The month's name as it stands after a day's number."""
    return date_format(_local(value), _MONTH_AFTER_DAY.get(_language(), "F"))


def moment(value: datetime | None) -> str:
    """A day and an hour: 18 November 2026, 15:30."""
    if not value:
        return "\u2013"
    return f"{day(value)}, {date_format(_local(value), 'H:i')}"


def hour(value: datetime | None) -> str:
    """The hour alone: 15:30."""
    return date_format(_local(value), "H:i") if value else "\u2013"


def time_left(until: date, today: date) -> str:
    """How long there is still time: "3 days left", "today", "2 days late"."""
    days = (until - today).days
    if days == 0:
        return gettext("today")
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
