"""The private address of a person's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.improvements.models import CalendarKey

if TYPE_CHECKING:
    from qms.accounts.models import User


@transaction.atomic
def renew_calendar(user: User, *, by: User) -> CalendarKey:
    """A new address for the person's calendar; every older one leads nowhere from now on."""
    CalendarKey.objects.get_or_create(user=user)
    key = CalendarKey.objects.select_for_update().get(user=user)
    key.version += 1
    key.save(update_fields=["version", "updated_at"])
    record(key, "improvements.renew_calendar", by=by)
    return key
