"""When somebody accepts an invitation, the sheets that wait under the same e-mail become theirs."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from qms.accounts.models import Invitation
from qms.assessments import services


@receiver(post_save, sender=Invitation, dispatch_uid="assessments.link_members")
def link_members(instance: Invitation, **_: Any) -> None:
    """Link once the invitation names who accepted it."""
    if instance.accepted_by is not None and instance.accepted_at is not None:
        services.link_members(instance.accepted_by, at=instance.accepted_at)
