"""The empty form of a category on paper: ordering it, and finding the file that still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from qms.awards.documents.blank import blank_of
from qms.core.models import type_of
from qms.core.services import open_job
from qms.pdf.models import Rendering
from qms.pdf.services import content_hash_of, html_of

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.awards.models import Category
    from qms.core.models import Job

BLANK = "awards.blank"
TEMPLATE = "documents/awards/blank.html"


def order_blank(category: Category, *, language: str, by: User) -> Job:
    """A job that sets the form; the open one where it is being set already."""
    return open_job(
        BLANK,
        title=blank_name(category, language),
        subject=category,
        by=by,
        arguments={"language": language},
    )


def blank_name(category: Category, language: str) -> str:
    """What the file is called, in its own language."""
    facts = {"round": category.round.title_in(language), "category": category.title_in(language)}
    with translation.override(language):
        return gettext("Form: %(round)s, %(category)s") % facts


def blank_that_stands(category: Category, language: str) -> Rendering | None:
    """The file that holds the form as it is now, if it was set already."""
    document = blank_of(category, language=language)
    wanted = content_hash_of(document, html_of(document, template=TEMPLATE))
    files = Rendering.objects.filter(
        subject_type=type_of(category), subject_id=category.pk, language=language, content_hash=wanted
    )
    found: Rendering | None = files.order_by("-pk").first()
    return found if found is not None and found.file.storage.exists(str(found.file.name)) else None
