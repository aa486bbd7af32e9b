"""Versions of a section: kept at each save, and brought back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application, Section, SectionVersion
from qms.awards.queries.content import section_content
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .bringing_back import bring_back
from .holding import held_application, require_open

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


def has_written(application: Application, section: Section, *, by: User, before: SectionVersion) -> bool:
    """Whether the same hand began another version in the ten minutes before this one, while others wrote too."""
    mine = SectionVersion.objects.filter(application=application, section=section, by=by)
    return mine.filter(begun_at__gt=before.begun_at - TOGETHER).exclude(pk=before.pk).exists()


@transaction.atomic
def restore_version(
    application: Application, section: Section, *, version: int, seen: str, by: User, at: datetime
) -> SectionVersion:
    """Let the section read again as in that version; `seen` is the mark of the latest one that this person knows.

    Files stay as they are: an annex is added and taken out on its own page.
    """
    held = held_application(application)
    require_open(held, at)
    known = SectionVersion.objects.filter(application=held, section=section)
    asked, latest = known.filter(pk=version).first(), known.order_by("-saved_at", "-pk").first()
    if asked is None or latest is None:
        raise Refused(gettext_noop("This version is not there any more."))
    if latest.mark != seen:
        raise Refused(gettext_noop("Somebody saved this section meanwhile. Look at the latest version first."))
    bring_back(held, section, asked.content, by=by)
    made = SectionVersion.objects.create(
        application=held,
        section=section,
        content=section_content(held, section, with_origin=True),
        by=by,
        begun_at=at,
        saved_at=at,
    )
    record(held, "awards.restore_version", by=by, office_id=held.office_id, section=section.code)
    return made
