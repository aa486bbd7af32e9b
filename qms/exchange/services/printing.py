"""Ordering the page of an office on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from qms.core.services import open_job
from qms.exchange.documents.office import document_of
from qms.exchange.queries.for_you import prints_of
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.services import content_hash_of, html_of

if TYPE_CHECKING:
    from datetime import date

    from qms.accounts.models import User
    from qms.core.models import Job
    from qms.exchange.models import OfficePage
    from qms.pdf.models import Rendering

PRINT = "exchange.for-you"
NOT_PUBLISHED = gettext_noop("The page is not published yet.")


def order_page(page: OfficePage, *, language: str, by: User) -> Job:
    """A job that sets the page; the open one where it is being set already."""
    if not page.live:
        raise Refused(NOT_PUBLISHED)
    return open_job(
        PRINT,
        title=print_name(page, language),
        subject=page,
        by=by,
        office_id=page.office_id,
        arguments={"language": language},
    )


def print_name(page: OfficePage, language: str) -> str:
    """What the file is called, in its own language."""
    with translation.override(language):
        facts = {"office": page.title, "edition": page.edition.title}
        return gettext("Experience sharing for %(office)s: %(edition)s") % facts


def prints_that_stand(page: OfficePage, *, on: date) -> list[Rendering]:
    """The files that hold what the page may show on this day, newest first.

    A file that was set before an office withdrew still tells its score: it is given to nobody any more.
    """
    files = prints_of(page)
    now = {language: hash_now(page, language=language, on=on) for language in {each.language for each in files}}
    return [each for each in files if each.content_hash == now[each.language]]


def hash_now(page: OfficePage, *, language: str, on: date) -> str:
    """The content of the page as it would be set on this day."""
    document = document_of(page, page.office, on=on, language=language)
    return content_hash_of(document, html_of(document))
