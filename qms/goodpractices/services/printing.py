"""Ordering a practice on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from qms.core.services import open_job
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.core.models import Job
    from qms.goodpractices.models import PracticePage

PRINT = "goodpractices.practice"


def order_practice(practice: PracticePage, *, language: str, by: User) -> Job:
    """A job that sets the published practice; the open one where it is being set already."""
    if not practice.live:
        raise Refused(gettext_noop("The practice is not published."))
    return open_job(
        PRINT,
        title=practice_name(practice, language),
        subject=practice,
        by=by,
        office_id=practice.office_id,
        arguments={"language": language},
    )


def practice_name(practice: PracticePage, language: str) -> str:
    """What the file is called, in its own language."""
    with translation.override(language):
        return gettext("Good practice: %(title)s (%(language)s)") % {"title": practice.title, "language": language}
