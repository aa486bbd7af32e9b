"""What an action leaves behind for people: what they were told, and lessons for other offices."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.core.audit import record
from qms.improvements.models import Action, Communication
from qms.lifecycle import Refused, gettext_noop

from .locking import Conflict, locked_action


@transaction.atomic
def save_communication(  # noqa: PLR0913  the form has these fields
    action: Action,
    *,
    said: str,
    done: str,
    by: User,
    audience: str = Communication.Audience.CLIENTS,
    outcome: str = Communication.Outcome.DONE,
    channel: str = "",
    told_on: date | None = None,
    communication: Communication | None = None,
) -> Communication:
    """Keep what people said and what they were told was done about it; a new line, or the given one corrected."""
    held = locked_action(action)
    if not said.strip() or not done.strip():
        raise Refused(gettext_noop("Write both: what people said, and what was done about it."))
    if told_on is not None and told_on > timezone.localdate():
        raise Refused(gettext_noop("The day lies in the future."))
    told = Communication(action=held)
    if communication is not None:
        told = Communication.objects.select_for_update().get(pk=communication.pk, action=held)
    told.said, told.done, told.audience, told.outcome = said.strip(), done.strip(), audience, outcome
    told.channel, told.told_on = channel.strip(), told_on
    told.save()
    record(held, "improvements.save_communication", by=by, office_id=held.plan.office_id)
    return told


@transaction.atomic
def delete_communication(communication: Communication, *, by: User) -> None:
    """Take off one line of what was said and done."""
    held = locked_action(communication.action)
    Communication.objects.filter(pk=communication.pk).delete()
    record(held, "improvements.delete_communication", by=by, office_id=held.plan.office_id, said=communication.said)


@transaction.atomic
def save_lessons(action: Action, *, text: str, before: str, by: User) -> Action:
    """Keep the lessons for other offices; refused when they are no longer those `before` on the reader's page."""
    held = locked_action(action)
    if held.lessons not in (before.strip(), text.strip()):
        raise Conflict(held)
    held.lessons = text.strip()
    held.save(update_fields=["lessons", "updated_at"])
    record(held, "improvements.save_lessons", by=by, office_id=held.plan.office_id)
    return held
