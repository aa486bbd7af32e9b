"""Ordering a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext

from qms.core.services import open_job

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.awards.models import Submission
    from qms.core.models import Job

DOSSIER = "awards.dossier"


def queue_dossier(submission: Submission, by: User | None, *, language: str = "") -> Job:
    """A job that sets the submission on paper; the open one where it is being set already.

    The job belongs to whoever orders it and to no office: before the closing nobody else may learn who applied.
    """
    language = language or get_language() or settings.LANGUAGE_CODE
    return open_job(
        DOSSIER,
        title=dossier_name(submission, language),
        subject=submission,
        by=by,
        arguments={"language": language},
    )


def dossier_name(submission: Submission, language: str) -> str:
    """What the file is called, in its own language."""
    facts = {"number": submission.content["number"], "ordinal": submission.ordinal}
    with translation.override(language):
        if submission.ordinal == 1:
            return gettext("Application %(number)s") % facts
        return gettext("Application %(number)s, submission %(ordinal)s") % facts
