"""Keeping the library true: asking once a year, confirming, the archive, and what an office no longer shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.search import index

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.goodpractices import letters
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.confirming import to_ask
from qms.goodpractices.queries.drafts import pictures_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import leads_of

from .locking import locked_practice


@transaction.atomic
def confirm_practice(practice: PracticePage, *, by: User, on: date) -> PracticePage:
    """Say that the published practice still works as written."""
    held = locked_practice(practice)
    if not held.live or held.archived_at is not None:
        raise Refused(gettext_noop("Only a practice in the library can be confirmed."))
    held.confirmed_on = on
    PracticePage.objects.filter(pk=held.pk).update(confirmed_on=on)
    record(held, "goodpractices.confirm", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def archive_practice(practice: PracticePage, *, reason: str, by: User, at: datetime) -> PracticePage:
    """Take the practice out of the library; its page stays, with the reason on it."""
    held = locked_practice(practice)
    if not held.live or held.archived_at is not None:
        raise Refused(gettext_noop("The practice is not in the library any more."))
    if held.workflow_in_progress:
        raise Refused(gettext_noop("A new version waits for its reviewer. Take it back or decide on it first."))
    if not reason.strip():
        raise Refused(gettext_noop("Write why the practice goes into the archive."))
    held.archived_at, held.archived_reason = at, reason.strip()
    PracticePage.objects.filter(pk=held.pk).update(archived_at=at, archived_reason=held.archived_reason)
    record(held, "goodpractices.archive", by=by, office_id=held.office_id, reason=held.archived_reason)
    return held


@transaction.atomic
def restore_practice(practice: PracticePage, *, by: User, on: date) -> PracticePage:
    """Bring the practice back into the library; that confirms it too."""
    held = locked_practice(practice)
    if held.archived_at is None:
        raise Refused(gettext_noop("The practice is not in the archive."))
    held.archived_at, held.archived_reason, held.confirmed_on = None, "", on
    PracticePage.objects.filter(pk=held.pk).update(archived_at=None, archived_reason="", confirmed_on=on)
    record(held, "goodpractices.restore", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def withhold_practices(
    practices: Iterable[PracticePage] | str, *, reason: str, by: User, at: datetime | None = None
) -> int:
    """Keep these practices (or those whose origin begins so) from readers, with their translations; how many."""
    if not reason.strip():
        raise Refused(gettext_noop("Write why the practices are withheld."))
    moment, count = at or timezone.now(), 0
    for held in _told_in_all_languages(practices).filter(withheld_at__isnull=True):
        PracticePage.objects.filter(pk=held.pk).update(withheld_at=moment, withheld_reason=reason.strip())
        record(held, "goodpractices.withhold", by=by, office_id=held.office_id, reason=reason.strip())
        index.remove_object(held)
        for picture in pictures_of(held):
            picture.renditions.all().delete()  # their files are public
        count += 1
    return count


@transaction.atomic
def release_practices(practices: Iterable[PracticePage] | str, *, by: User, at: datetime | None = None) -> int:
    """Let these practices (or those whose origin begins so) be read and published again; how many."""
    count = 0
    for held in _told_in_all_languages(practices).filter(withheld_at__isnull=False):
        PracticePage.objects.filter(pk=held.pk).update(withheld_at=None, withheld_reason="")
        record(held, "goodpractices.release", by=by, office_id=held.office_id)
        index.insert_or_update_object(held)
        count += 1
    return count


def _told_in_all_languages(practices: Iterable[PracticePage] | str) -> Any:
    """The practices and their translations, held until the transaction ends; a translation bears no origin itself."""
    if isinstance(practices, str):
        meant = PracticePage.objects.filter(origin_key__startswith=practices) if practices else ()
    else:
        meant = practices
    keys = {practice.translation_key for practice in meant}
    rows = PracticePage.objects.select_for_update(of=("self",)).select_related("office")
    return rows.filter(translation_key__in=keys).order_by("pk")


def ask_still_true(*, on: date) -> int:
    """Write to the leads of practices that nobody has confirmed for a year; how many practices were asked about."""
    return each(to_ask(on).order_by("pk").values_list("pk", flat=True), lambda pk: _ask(pk, on=on))


@transaction.atomic
def _ask(pk: int, *, on: date) -> bool:
    # Whoever takes the row first writes; a second worker finds it asked already.
    practice = to_ask(on).select_for_update(of=("self",)).select_related("office").filter(pk=pk).first()
    if practice is None:
        return False
    PracticePage.objects.filter(pk=pk).update(asked_on=on)
    for lead in leads_of(practice.office):
        post_letter(**letters.still_true(practice, to=lead).posted())
    return True
