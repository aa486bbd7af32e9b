"""Who leaves an office gives back what was theirs in its improvement plans."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from qms.improvements.services import handover
from qms.offices.models import Membership


@receiver(post_save, sender=Membership, dispatch_uid="improvements.release_actions")
def release_actions(instance: Membership, **_: Any) -> None:
    """Take the actions back once a role at an office has ended and none is left there."""
    office = instance.office
    if instance.is_active or office is None:
        return
    at = instance.ended_at or timezone.now()
    # A change of role ends one and gives another: only the end of the act shows whether a role is left.
    # What gets lost here is found by the daily round.
    transaction.on_commit(partial(handover.release, instance.user, office, at=at), robust=True)
