"""“Not for us”: a practice that is not proposed to an office again, until it takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.exchange.models import Dismissal

if TYPE_CHECKING:
    from uuid import UUID

    from qms.accounts.models import User
    from qms.offices.models import Office


@transaction.atomic
def set_aside(office: Office, *, practice: UUID, framework: str, node: str, by: User) -> Dismissal:
    """Propose this practice for this subcriterion no more; twice is as good as once."""
    about = {"office": office, "practice_key": practice, "framework": framework, "node": node}
    dismissal, made = Dismissal.objects.get_or_create(**about, defaults={"by": by})
    if made:
        record(office, "exchange.set_aside", by=by, office_id=office.pk, node=node, practice=str(practice))
    return dismissal


@transaction.atomic
def take_back(office: Office, *, practice: UUID, framework: str, node: str, by: User) -> bool:
    """Let this practice be proposed again; whether it had been set aside."""
    found = Dismissal.objects.filter(office=office, practice_key=practice, framework=framework, node=node)
    gone, _by_kind = found.delete()
    if gone:
        record(office, "exchange.propose_again", by=by, office_id=office.pk, node=node, practice=str(practice))
    return bool(gone)
