"""Carrying a message to the office without giving out addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import PageLogEntry

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import post_letter
from qms.goodpractices.letters import message_carried
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.hosts import contact_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import current_office

A_DAY = timedelta(days=1)
MOST_A_DAY = 10


@transaction.atomic
def write_to_office(practice: PracticePage, *, text: str, shows_address: bool, by: User, at: datetime) -> int:
    """The message in the outbox, once for each who answers for the practice; how many that are."""
    held: PracticePage = PracticePage.objects.select_related("office__region").get(pk=practice.pk)
    if not held.live:
        raise Refused(gettext_noop("The practice is not published."))
    if not text.strip():
        raise Refused(gettext_noop("Write your message."))
    sent = entries_of(by).filter(timestamp__gte=at - A_DAY).count()
    if sent >= MOST_A_DAY:
        raise Refused(gettext_noop("You have written many messages today. Go on tomorrow."))
    readers = contact_of(held)
    if not readers:
        raise Refused(gettext_noop("Nobody of the office can be reached at the moment. Ask your coordinator."))
    office = current_office(by)
    for reader in readers:
        letter = message_carried(held, text=text.strip(), by=by, office=office, shows_address=shows_address, to=reader)
        post_letter(**letter.posted())
    record(held, "goodpractices.write", by=by, office_id=held.office_id)
    return len(readers)


def entries_of(person: User) -> Any:
    """The messages that the person had carried, as the history knows them."""
    return PageLogEntry.objects.filter(user=person.pk, action="goodpractices.write")
