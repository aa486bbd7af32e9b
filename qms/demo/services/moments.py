"""Moments of the example's own time: working hours, and acts that bear the moment at which they happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.core.models import Letter

RECENT = dt.timedelta(days=2)
SATURDAY = 5


@contextmanager
def as_of(moment: dt.datetime, *, until: dt.datetime) -> Iterator[None]:
    """What is noted and written inside bears this moment; letters older than two days before `until` count as sent."""
    last_entry = ModelLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last_letter = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    ModelLogEntry.objects.filter(pk__gt=last_entry).update(timestamp=moment)
    letters = Letter.objects.filter(pk__gt=last_letter)
    letters.update(created_at=moment)
    if moment < until - RECENT:
        letters.update(state=Letter.State.SENT, sent_at=moment + dt.timedelta(minutes=1))


def workday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def working_hour(moment: dt.datetime) -> dt.datetime:
    """The moment pressed into office hours, and a weekend into the Friday's afternoon; the order stays."""
    local = timezone.localtime(moment)
    share = (local.hour * 60 + local.minute) / (24 * 60)
    begin, length, day = 8 * 60, 7 * 60, local.date()
    if (beyond := day.weekday() - SATURDAY) >= 0:
        begin, length, day = 15 * 60 + 25 * beyond, 25, day - dt.timedelta(days=beyond + 1)
    minutes = begin + round(length * share)
    return at_hour(day, *divmod(minutes, 60))


def at_hour(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """The moment of this hour and day on the office's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def day_from(at: dt.datetime, days: int) -> dt.date:
    """The working day that lies so many days from the day of `at`."""
    return workday(timezone.localtime(at).date() + dt.timedelta(days=days))


def moment_from(at: dt.datetime, days: int, hour: int = 14) -> dt.datetime:
    """That hour of that day, never later than `at`."""
    return min(at_hour(day_from(at, days), hour), at - dt.timedelta(minutes=5))
