"""A feedback report on paper: ordering it, and finding the file that still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext

from qms.core.models import type_of
from qms.core.services import open_job
from qms.laureates.documents.feedback import feedback_of
from qms.pdf.models import Rendering
from qms.pdf.services import content_hash_of, html_of, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from qms.accounts.models import User
    from qms.core.models import Job
    from qms.laureates.models import FeedbackReport

FEEDBACK = "laureates.feedback"
TEMPLATE = "documents/laureates/feedback.html"


def order_feedback(report: FeedbackReport, *, by: User) -> Job:
    """A job that sets the report in the reader's language.

    It belongs to whoever orders it and to no office, and its title says no more than the number.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return open_job(
        FEEDBACK,
        title=feedback_name(report, language),
        subject=report,
        by=by,
        arguments={"language": language, "by": by.pk},
    )


def feedback_name(report: FeedbackReport, language: str) -> str:
    """What the file is called, in its own language: the number, and never what was decided."""
    with translation.override(language):
        return gettext("Feedback report %(number)s") % {"number": report.application.number}


def feedback_that_stands(report: FeedbackReport, language: str) -> Rendering | None:
    """The file that holds the report as it is now, if it was set already."""
    document = feedback_of(report, language=language)
    wanted = content_hash_of(document, html_of(document, template=TEMPLATE))
    files = Rendering.objects.filter(
        subject_type=type_of(report), subject_id=report.pk, language=language, content_hash=wanted
    )
    found: Rendering | None = files.order_by("-pk").first()
    return found if found is not None and found.file.storage.exists(str(found.file.name)) else None


def build_feedback(report: FeedbackReport, *, language: str, progress: Callable[[int, str], None]) -> Rendering:
    """The report as a stored file; it is given out by its own page alone, which asks for the embargo."""
    return render(
        feedback_of(report, language=language),
        by=None,
        office_id=None,
        subject=report,
        name=feedback_name(report, language),
        progress=progress,
        template=TEMPLATE,
    )
