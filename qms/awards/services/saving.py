"""Saving what somebody wrote into a section: each piece by its version, so that nothing of others is overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.domain.writing import Act, Saved, SectionDraft
from qms.awards.models import Application, Comment, Section, SectionState
from qms.core.audit import record
from qms.core.rows import row_number
from qms.lifecycle import Refused, gettext_noop

from .comments import add_comment, settle_comment
from .holding import held_application, require_open
from .pieces import Desk
from .versions import has_written, keep_version

if TYPE_CHECKING:
    from qms.accounts.models import User


@transaction.atomic
def save_section(
    application: Application, section: Section, *, draft: SectionDraft, act: Act, by: User, at: datetime
) -> Saved:
    """Save what was typed and do what the button asks; what others changed meanwhile stays and is told."""
    held = held_application(application)
    require_open(held, at)
    if section.category_id != held.category_id:
        raise Refused(gettext_noop("This section is not in the form of this application."))
    desk = Desk(held, section, by=by)
    desk.write(draft, act)
    _follow(held, section, draft, act, desk, by=by, at=at)
    if desk.changed:
        version = keep_version(held, section, by=by, at=at)
        if version.begun_at == at and not has_written(held, section, by=by, before=version):
            record(held, "awards.write", by=by, office_id=held.office_id, section=section.code)
    return Saved(desk.changed, tuple(desk.clashes), desk.reads)


def _follow(
    application: Application, section: Section, draft: SectionDraft, act: Act, desk: Desk, *, by: User, at: datetime
) -> None:
    """What is asked beside the text: a comment, one dealt with, the word that the section is ready."""
    if draft.comment.strip():
        add_comment(application, section, text=draft.comment, by=by, at=at)
    elif act.name == "comment":
        raise Refused(gettext_noop("Write the comment first."))
    if act.name == "settle":
        about = row_number(act.about)
        asked = Comment.objects.filter(application=application, section=section, pk=about).first()
        if asked is not None:
            settle_comment(asked, by=by, at=at)
    if act.name in ("ready", "unready") and not desk.clashes:
        mark_ready(application, section, is_ready=act.name == "ready", by=by)


@transaction.atomic
def mark_ready(application: Application, section: Section, *, is_ready: bool, by: User) -> None:
    """Say that a section is ready, or that it is not after all."""
    state, made = SectionState.objects.select_for_update().get_or_create(
        application=application, section=section, defaults={"is_ready": is_ready, "by": by}
    )
    if not made and state.is_ready == is_ready:
        return
    state.is_ready, state.by = is_ready, by
    state.save(update_fields=["is_ready", "by", "updated_at"])
    name = "awards.mark_ready" if is_ready else "awards.mark_unready"
    record(application, name, by=by, office_id=application.office_id, section=section.code)
