"""Ordering the page of an office on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from qms.core.services import open_job
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.core.models import Job
    from qms.exchange.models import OfficePage

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
