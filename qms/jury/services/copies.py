"""The dossier for one juror: on every page whose copy it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext

from qms.accounts.models import User
from qms.awards.models import Application, Dossier, Submission
from qms.awards.queries.dossiers import dossiers_by_submission, latest_submission
from qms.awards.services.dossiers import build_dossier
from qms.core.audit import record
from qms.core.services import open_job
from qms.jury.models import Juror
from qms.jury.queries import access
from qms.lifecycle import Refused, gettext_noop

from .stamping import stamped

if TYPE_CHECKING:
    from qms.core.models import Job

COPY = "jury.copy"
CLOSED = gettext_noop("This application is not open to you.")
Progress = Callable[[int, str], None]


def order_copy(application: Application, *, juror: Juror, language: str, by: User) -> Job:
    """A job that makes the juror's copy of what counts; the open one where it is being made already."""
    with translation.override(language):
        title = gettext("Juror's copy of %(number)s") % {"number": application.number}
    return open_job(COPY, title=title, subject=application, by=by, arguments={"language": language, "juror": juror.pk})


def build_copy(application: Application, *, juror: Juror, language: str, at: datetime, progress: Progress) -> str:
    """The path of the copy, while the application is open to the juror; a missing dossier is set first."""
    submission = latest_submission(application)
    if submission is None or not access.open_to(juror.user, at).filter(pk=application.pk).exists():
        raise Refused(CLOSED)
    known = dossiers_by_submission([submission], language).get(submission.pk)
    dossier = known or build_dossier(submission, language=language, progress=progress)
    progress(95, gettext("Marking the pages"))
    path = copy_path(juror, dossier)
    if not default_storage.exists(path):
        with dossier.file.open() as file, translation.override(language):
            moment = submission.submitted_at
            content = stamped(bytes(file.read()), _words(juror), moment=moment, language=language)
        default_storage.save(path, ContentFile(content))
        record(application, "jury.copy", by=juror.user, juror=juror.sign)
    return path


def copy_that_stands(application: Application, *, juror: Juror, language: str) -> str:
    """The path of the juror's copy of what counts now; nothing where it must be made."""
    submission: Submission | None = latest_submission(application)
    dossier = dossiers_by_submission([submission], language).get(submission.pk) if submission else None
    path = copy_path(juror, dossier) if dossier is not None else ""
    return path if path and default_storage.exists(path) else ""


def copy_path(juror: Juror, dossier: Dossier) -> str:
    """Where the copy lies: nobody guesses it, and each juror has an own one."""
    digest = hashlib.sha256(f"{juror.pk} {dossier.pk} {dossier.sha256}".encode()).hexdigest()
    return f"juror-copies/{dossier.submission_id}/{digest[:48]}.pdf"


def _words(juror: Juror) -> str:
    return gettext("Juror's copy %(sign)s, confidential") % {"sign": juror.sign}
