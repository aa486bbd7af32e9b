"""Seminars of a theme and who presents there."""

from __future__ import annotations

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.exchange.domain.drafts import SeminarDraft
from qms.exchange.models import Edition, Presentation, Seminar, Theme
from qms.lifecycle import Refused, gettext_noop


@transaction.atomic
def add_seminar(theme: Theme, *, draft: SeminarDraft, by: User) -> Seminar:
    """A seminar of this theme with its presentations in their order."""
    _require_changeable(theme)
    seminar = _written(Seminar(theme=theme), draft)
    record(seminar, "exchange.add_seminar", by=by)
    return seminar


@transaction.atomic
def change_seminar(seminar: Seminar, *, draft: SeminarDraft, by: User) -> Seminar:
    """Save what stands on the form; presentations that are not on it any more are gone."""
    held = Seminar.objects.select_for_update(of=("self",)).select_related("theme").get(pk=seminar.pk)
    _require_changeable(held.theme)
    _written(held, draft)
    record(held, "exchange.change_seminar", by=by)
    return held


@transaction.atomic
def delete_seminar(seminar: Seminar, *, by: User) -> None:
    """Take a seminar off with its presentations."""
    held = Seminar.objects.select_for_update(of=("self",)).select_related("theme").get(pk=seminar.pk)
    _require_changeable(held.theme)
    record(held, "exchange.delete_seminar", by=by)
    held.delete()


def _require_changeable(theme: Theme) -> None:
    if Edition.objects.get(pk=theme.edition_id).state == Edition.State.CLOSED:
        raise Refused(gettext_noop("The edition is closed. Open it again to change it."))


def _written(seminar: Seminar, draft: SeminarDraft) -> Seminar:
    for name in ("title", "held_on", "starts_at", "place", "link", "text", "source"):
        setattr(seminar, name, getattr(draft, name))
    seminar.save()
    seminar.presentations.all().delete()
    Presentation.objects.bulk_create(
        Presentation(
            seminar=seminar,
            position=position,
            office_id=one.office,
            office_name="" if one.office else one.office_name,
            title=one.title,
            practice_id=one.practice,
        )
        for position, one in enumerate(draft.presentations, 1)
    )
    return seminar
