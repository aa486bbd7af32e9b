"""What is done with offices and regions."""

from __future__ import annotations

from django.db import transaction

from qms.accounts.models import User
from qms.core import audit
from qms.offices.models import Office, Region


@transaction.atomic
def save_office(office: Office, *, by: User) -> Office:
    """Keep what a form has checked."""
    is_new = office.pk is None
    office.save()
    audit.record(office, "offices.add_office" if is_new else "offices.change_office", by=by, office_id=office.pk)
    return office


@transaction.atomic
def save_region(region: Region, *, by: User) -> Region:
    """Keep what a form has checked."""
    region.save()
    audit.record(region, "offices.save_region", by=by)
    return region
