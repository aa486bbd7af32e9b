"""Moments in the time zone of a round, always with the zone's name."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from qms.awards.models import Round
from qms.ui import numbers


def moment_of(round: Round, at: datetime | None) -> str:  # noqa: A002  the word of the awards
    """A day and an hour by the round's clock: 8 January 2027, 15:30 (Europe/Warsaw)."""
    return moment_in(round.zone, at)


def moment_in(zone: str, at: datetime | None) -> str:
    """A day and an hour in that zone, with the zone's name."""
    if at is None:
        return numbers.moment(None)
    with timezone.override(zone):
        return f"{numbers.moment(at)} ({zone})"


def clock_in(zone: str, at: datetime) -> str:
    """The hour to the second, by the clock of that zone."""
    with timezone.override(zone):
        return f"{timezone.localtime(at):%H:%M:%S}"


def exact_in(zone: str, at: datetime) -> str:
    """The same to the second, as on a receipt."""
    return f"{second_in(zone, at)} ({zone})"


def second_in(zone: str, at: datetime) -> str:
    """The same for a column that names the zone in its head."""
    with timezone.override(zone):
        return f"{numbers.day(at)}, {timezone.localtime(at):%H:%M:%S}"
