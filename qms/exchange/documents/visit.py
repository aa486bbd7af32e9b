"""A confirmed study visit as iCalendar text (RFC 5545), for the calendars of both sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from qms.core.letters import absolute

if TYPE_CHECKING:
    from qms.exchange.models import VisitRequest


def calendar_of(visit: VisitRequest) -> bytes:
    """The visit as one event in the reader's language: at its hour, or for the whole day where none is known."""
    calendar = Calendar()
    calendar.add("prodid", "-//QMS//Experience sharing//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if visit.held_on is not None:
        calendar.add_component(_event(visit, visit.held_on))
    return bytes(calendar.to_ical())


def _event(visit: VisitRequest, on: date) -> Event:
    event, address = Event(), absolute(reverse("exchange:visit", args=[visit.pk]))
    event.add("uid", f"visit-{visit.pk}@{urlsplit(address).hostname}")
    event.add("dtstamp", visit.updated_at.astimezone(UTC))
    event.add("last-modified", visit.updated_at.astimezone(UTC))
    # A later file replaces an earlier one: the appointment may have moved.
    event.add("sequence", int(visit.updated_at.timestamp()) - int(visit.created_at.timestamp()))
    if visit.held_at is None:
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
    else:
        here = datetime.combine(on, visit.held_at, tzinfo=get_default_timezone())
        event.add("dtstart", here.astimezone(UTC))
    host, guest = visit.offer.office, visit.office
    event.add(
        "summary",
        _("Study visit: %(guest)s at %(host)s") % {"guest": guest.short_name, "host": host.short_name},
    )
    event.add("location", visit.place)
    event.add("description", "\n".join(part for part in (visit.offer.title, visit.answer, address) if part))
    event.add("url", address)
    event.add("status", "CONFIRMED")
    return event
