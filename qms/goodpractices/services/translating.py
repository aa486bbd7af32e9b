"""Beginning a translation: the same practice as a draft in another language's library."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.lifecycle import Refused, gettext_noop

from .content import fill, mark_origin
from .founding import library_of
from .locking import locked_practice
from .writing import free_slug


@transaction.atomic
def translate_practice(practice: PracticePage, *, language: str, by: User) -> PracticePage:
    """A draft with the same text in that language's library, for somebody to translate."""
    held = locked_practice(practice)
    library = library_of(language)
    if PracticePage.objects.filter(translation_key=held.translation_key, locale=library.locale).exists():
        raise Refused(gettext_noop("This practice is already there in that language."))
    # What readers know is translated; only a practice that was never published is taken as it was last saved.
    source = draft_of(held if held.live else latest_of(held))
    # One origin makes one practice; its translation is no second one.
    draft = replace(source, origin_key="")
    copy = PracticePage(
        office=held.office,
        owner=by,
        live=False,
        locale=library.locale,
        translation_key=held.translation_key,
        withheld_at=held.withheld_at,
        withheld_reason=held.withheld_reason,
        slug=free_slug(draft.title, office=held.office, library=library),
    )
    library.add_child(instance=mark_origin(fill(copy, draft, language=language), draft))
    copy.save_revision(user=by, clean=False)
    record(copy, "goodpractices.translate", by=by, office_id=held.office_id, source=held.pk)
    return copy
