"""Writing practices: a draft, its versions, handing it in, taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from qms.accounts.models import User
from qms.core.audit import record
from qms.goodpractices.domain.draft import NO_UPLOADS, PracticeDraft, Uploads, with_kept_verdicts
from qms.goodpractices.models import PracticePage
from qms.goodpractices.models.addresses import is_reserved
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office, folded

from .content import fill, mark_origin
from .files import with_uploads
from .founding import library_of
from .locking import Conflict, locked_practice

SLUG = 80


@transaction.atomic
def draft_practice(
    office: Office, *, draft: PracticeDraft, language: str, by: User, uploads: Uploads = NO_UPLOADS
) -> PracticePage:
    """A new draft of this office in the library of this language; nobody outside the office sees it yet."""
    _require_title(draft)
    if draft.origin_key and PracticePage.objects.filter(office=office, origin_key=draft.origin_key).exists():
        raise Refused(gettext_noop("A practice has already been made from this."))
    library = library_of(language)
    draft = with_uploads(draft, uploads, by=by)
    practice = PracticePage(
        office=office,
        owner=by,
        live=False,
        locale=library.locale,
        slug=free_slug(draft.title, office=office, library=library),
    )
    mark_origin(fill(practice, draft, language=language), draft)
    try:
        with transaction.atomic():
            library.add_child(instance=practice)
    except IntegrityError as error:
        raise Refused(gettext_noop("A practice has already been made from this.")) from error
    practice.save_revision(user=by, clean=False)
    record(practice, "goodpractices.draft", by=by, office_id=office.pk)
    return practice


@transaction.atomic
def save_practice(
    practice: PracticePage, *, draft: PracticeDraft, revision: int | None, by: User, uploads: Uploads = NO_UPLOADS
) -> PracticePage:
    """A new version of the practice; a conflict where another one was saved since this person read it.

    What is published stays as it is until a reviewer publishes the new version.
    """
    held = locked_practice(practice)
    if held.archived_at is not None:
        raise Refused(gettext_noop("The practice is in the archive. Bring it back before changing it."))
    if held.workflow_in_progress:
        raise Refused(gettext_noop("The practice waits for its reviewer. Take it back before changing it."))
    latest = latest_of(held)
    if held.latest_revision_id != revision:
        raise Conflict(latest)
    _require_title(draft)
    draft = with_uploads(with_kept_verdicts(draft, draft_of(latest)), uploads, by=by)
    fill(latest, draft, language=held.locale.language_code)
    latest.save_revision(user=by, clean=False)
    record(held, "goodpractices.save", by=by, office_id=held.office_id, revision=latest.latest_revision_id)
    return latest


def free_slug(title: str, *, office: Office, library: object) -> str:
    """An address that no page has, nor the platform itself: the title's words, else with the office's name."""
    words = slugify(folded(title))[:SLUG].strip("-") or "practice"
    taken = set(library.get_children().values_list("slug", flat=True))  # type: ignore[attr-defined]
    tries = [words, f"{words}-{office.slug}"]
    free = next((one for one in tries if one not in taken and not is_reserved(one)), None)
    if free is not None:
        return free
    return next(one for number in range(2, len(taken) + 3) if (one := f"{words}-{number}") not in taken)


def _require_title(draft: PracticeDraft) -> None:
    if not draft.title.strip():
        raise Refused(gettext_noop("Give the practice a title."))
