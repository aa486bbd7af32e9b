"""Until when an application is taken, beside the clock that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from qms.awards.models import Application, Round
from qms.ui import numbers
from qms.ui.components import Part

from .hours import exact_in


@dataclass(frozen=True)
class Deadline(Part):
    """The last moment, how long that is, and the server's clock."""

    title: str
    moment: str
    zone: str
    until: datetime
    left: str
    clock: str
    now: datetime
    is_over: bool = False
    template_name: ClassVar[str] = "awards/_deadline.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        now = datetime.fromisoformat("2027-01-05T10:41:00+01:00")
        until = datetime.fromisoformat("2027-01-08T15:30:00+01:00")
        return (
            cls(
                "Termin złożenia",
                "8 stycznia 2027, 15:30",
                "Europe/Warsaw",
                until,
                "zostały 3 dni 4 godz. 49 min",
                "5 stycznia 2027, 10:41:00 (Europe/Warsaw)",
                now,
            ),
        )


def deadline_of(application: Application, at: datetime) -> Deadline:
    """The deadline that counts for this application: of its correction, else of its round."""
    if application.state == Application.State.REOPENED and application.correction_until is not None:
        zone = application.category.round.zone
        return _deadline(gettext("Correct until"), application.correction_until, zone, at)
    return deadline_of_round(application.category.round, at)


def deadline_of_round(round: Round, at: datetime) -> Deadline:  # noqa: A002  the word of the awards
    """The round's closing, or its opening while it has not opened."""
    if at < round.opens_at:
        return _deadline(pgettext("round", "Opens"), round.opens_at, round.zone, at)
    return _deadline(gettext("Submit until"), round.closes_at, round.zone, at)


def _deadline(title: str, until: datetime, zone: str, at: datetime) -> Deadline:
    left = left_words(until - at) if until > at else gettext("The deadline has passed.")
    with timezone.override(zone):
        moment = numbers.moment(until)
    return Deadline(title, moment, zone, until, left, exact_in(zone, at), at, is_over=until <= at)


def left_words(left: timedelta) -> str:
    """How much time there is still: in days and hours, at the end in hours and minutes."""
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    parts = []
    if left.days:
        parts.append(ngettext("%(count)s day", "%(count)s days", left.days) % {"count": left.days})
    if hours:
        parts.append(gettext("%(count)s h") % {"count": hours})
    if not left.days:
        parts.append(
            gettext("%(count)s min") % {"count": minutes} if left >= timedelta(minutes=1) else gettext("1 min")
        )
    return gettext("%(time)s left") % {"time": " ".join(parts)}
