"""Remarks of those who write, beside a section."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application, Comment, Section
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User

MOST = 2000
TWICE = timedelta(minutes=1)


@transaction.atomic
def add_comment(application: Application, section: Section, *, text: str, by: User, at: datetime) -> Comment:
    """Say something beside a section; only those who write the application read it.

    The same words of the same person within a minute are one comment: a button that was pressed twice.
    """
    text = text.strip()
    if not text:
        raise Refused(gettext_noop("Write the comment first."))
    if len(text) > MOST:
        raise Refused(gettext_noop("The comment is too long. At most %(count)s characters are kept."), count=MOST)
    said = Comment.objects.filter(application=application, section=section, by=by, text=text, settled_at=None)
    if again := said.filter(created_at__gte=at - TWICE).first():
        return again
    comment = Comment.objects.create(application=application, section=section, text=text, by=by)
    record(application, "awards.comment", by=by, office_id=application.office_id, section=section.code)
    return comment


@transaction.atomic
def settle_comment(comment: Comment, *, by: User, at: datetime) -> None:
    """Say that the comment is dealt with; whoever was first stays named."""
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.settled_at is not None:
        return
    held.settled_at, held.settled_by = at, by
    held.save(update_fields=["settled_at", "settled_by", "updated_at"])
