"""Experiences: told once by each participant, changed until the end, left out by who runs the meeting.

The history tells of the meeting, not of the experience, and of nameless words neither the person nor the office: nobody
finds out there whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.core.services import post_letter
from qms.exchange.domain.gathering import Told, gathers
from qms.exchange.letters.meetings import experience_left_out
from qms.exchange.models import Experience, Meeting
from qms.lifecycle import Refused, gettext_noop

from .meetings import locked_meeting

if TYPE_CHECKING:
    from datetime import date, datetime

    from qms.accounts.models import User
    from qms.offices.models import Office

WORDS = ("helped", "hindered", "advice")
CLOSED = gettext_noop("The gathering of experiences is closed.")


@transaction.atomic
def tell_experience(meeting: Meeting, *, told: Told, office: Office, by: User, on: date) -> Experience:
    """What this person tells; told again, it takes the place of what the person told before."""
    held = locked_meeting(meeting)  # whoever closes the gathering waits, so that nothing comes in after its end
    if not gathers(held.state, held.closes_on, on):
        raise Refused(CLOSED)
    words = {name: getattr(told, name).strip() for name in WORDS}
    if not any(words.values()):
        raise Refused(gettext_noop("Write what helped, what hindered, or what you would do otherwise."))
    facts = {**words, "role": told.role.strip(), "office": office, "by_name": told.by_name}
    experience, _made = Experience.objects.update_or_create(meeting=held, by=by, defaults=facts)
    _record(experience, "tell", by=by)
    return experience


@transaction.atomic
def take_name_off(experience: Experience, *, by: User) -> Experience:
    """The office's name leaves the page at once; the words stay."""
    held = _locked(experience)
    held.by_name = False
    held.save(update_fields=["by_name", "updated_at"])
    record(held.meeting, "exchange.take_name_off", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def take_back(experience: Experience, *, by: User) -> None:
    """Words and name leave the platform at once."""
    held = _locked(experience)
    _record(held, "take_back", by=by)
    held.delete()


@transaction.atomic
def leave_out(experience: Experience, *, reason: str, by: User, at: datetime) -> Experience:
    """It leaves the page at once; who told it learns why."""
    held = _locked(experience)
    if held.hidden_at is not None:
        raise Refused(gettext_noop("The experience is left out already."))
    if not reason.strip():
        raise Refused(gettext_noop("Write why the experience is left out."))
    held.hidden_at, held.hidden_reason = at, reason.strip()
    held.save(update_fields=["hidden_at", "hidden_reason", "updated_at"])
    record(held.meeting, "exchange.leave_out", by=by, reason=held.hidden_reason)
    post_letter(**experience_left_out(held, to=held.by).posted())
    return held


@transaction.atomic
def show_again(experience: Experience, *, by: User) -> Experience:
    """It stands on the page again."""
    held = _locked(experience)
    if held.hidden_at is None:
        raise Refused(gettext_noop("The experience is not left out."))
    held.hidden_at, held.hidden_reason = None, ""
    held.save(update_fields=["hidden_at", "hidden_reason", "updated_at"])
    record(held.meeting, "exchange.show_again", by=by)
    return held


def _record(experience: Experience, verb: str, *, by: User) -> None:
    """Without the name nobody stands there: the order of the acts is the order of the words on the page."""
    known = {"by": by, "office_id": experience.office_id} if experience.by_name else {"by": None}
    record(experience.meeting, f"exchange.{verb}", **known)


def _locked(experience: Experience) -> Experience:
    rows = Experience.objects.select_for_update(of=("self",)).select_related("meeting", "office", "by")
    found = rows.filter(pk=experience.pk).first()
    if found is None:
        raise Refused(gettext_noop("The experience was taken back meanwhile."))
    return found
