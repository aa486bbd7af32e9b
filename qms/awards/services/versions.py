"""Versions of a section: kept at each save, and brought back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application, Section, SectionVersion
from qms.awards.queries.content import section_content

if TYPE_CHECKING:
    from qms.accounts.models import User

TOGETHER = timedelta(minutes=10)


@transaction.atomic
def keep_version(application: Application, section: Section, *, by: User, at: datetime) -> SectionVersion:
    """Keep how the section stands now; what the same hand saves within ten minutes is one version."""
    content = section_content(application, section, with_origin=True)
    latest = (
        SectionVersion.objects.filter(application=application, section=section)
        .select_for_update(of=("self",))
        .order_by("-saved_at", "-pk")
        .first()
    )
    if latest is not None and latest.by_id == by.pk and at - latest.begun_at < TOGETHER:
        latest.content, latest.saved_at = content, at
        latest.save(update_fields=["content", "saved_at"])
        return latest
    return SectionVersion.objects.create(
        application=application, section=section, content=content, by=by, begun_at=at, saved_at=at
    )
