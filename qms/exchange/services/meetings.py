"""Evaluation meetings: preparing, closing and reopening the gathering of experiences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.exchange.domain.lifecycle import MEETING
from qms.exchange.models import Edition, Meeting
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User

OPEN, CLOSED, PUBLISHED = Meeting.State.OPEN, Meeting.State.CLOSED, Meeting.State.PUBLISHED


@transaction.atomic
def open_meeting(edition: Edition, *, by: User, **facts: object) -> Meeting:
    """A meeting at which everybody who works in an office may look back at this edition."""
    meeting = Meeting(edition=edition, opened_by=by, **facts)
    _require_language(meeting)
    meeting.save()
    record(meeting, "exchange.open_meeting", by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User, **facts: object) -> Meeting:
    """Other words, day, place or end; the language stays once the page is published."""
    held = locked_meeting(meeting)
    if held.state == PUBLISHED and facts.get("language", held.language) != held.language:
        raise Refused(gettext_noop("The page is published; its language stays."))
    for name, value in facts.items():
        setattr(held, name, value)
    _require_language(held)
    held.save(update_fields=[*facts, "updated_at"])
    record(held, "exchange.change_meeting", by=by)
    return held


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Nobody tells any more; the page can be published."""
    held = locked_meeting(meeting)
    MEETING.require(held.state, CLOSED)
    held.state = CLOSED
    held.save(update_fields=["state", "updated_at"])
    record(held, "exchange.close_meeting", by=by)
    return held


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, by: User, on: date) -> Meeting:
    """Experiences are gathered again; a last day that has passed no longer counts."""
    held = locked_meeting(meeting)
    MEETING.require(held.state, OPEN)
    held.state = OPEN
    if held.closes_on is not None and held.closes_on < on:
        held.closes_on = None
    held.save(update_fields=["state", "closes_on", "updated_at"])
    record(held, "exchange.reopen_meeting", by=by)
    return held


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("edition").get(pk=meeting.pk)


def _require_language(meeting: Meeting) -> None:
    if meeting.language not in meeting.edition.languages:
        raise Refused(gettext_noop("The edition has no pages in this language. Choose another language."))
