"""Saying thank you, once."""

from __future__ import annotations

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.goodpractices.models import PracticePage, Thanks
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import roles_of


@transaction.atomic
def thank(practice: PracticePage, *, by: User) -> bool:
    """Note the person's thanks; whether this was the first time."""
    if not practice.live:
        raise Refused(gettext_noop("The practice is not published."))
    if roles_of(by).has_at(practice.office_id):
        raise Refused(gettext_noop("This is a practice of your own office."))
    _thanks, is_new = Thanks.objects.get_or_create(practice=practice, user=by)
    if is_new:
        record(practice, "goodpractices.thank", by=by, office_id=practice.office_id)
    return is_new
