"""What workers do for self-assessment."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from qms.assessments.documents import report_of
from qms.assessments.models import Assessment, Snapshot
from qms.assessments.queries import is_intact
from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.services import render

REPORT = "assessments.report"


def report_name(assessment: Assessment, language: str) -> str:
    """What the report is called, in its own language."""
    with translation.override(language):
        return gettext("Self-assessment report %(year)s, %(office)s (%(language)s)") % {
            "year": assessment.year,
            "office": assessment.office.short_name,
            "language": language,
        }


@handler(REPORT, queue="documents", result_label=gettext_noop("Open the report"))
def build_report(job: Job, report_progress: ReportProgress) -> str:
    """Set the report of an approved assessment; the file that is there already, when nothing in it has changed."""
    report_progress(2, gettext("Reading the approved content"))
    snapshot = Snapshot.objects.select_related(
        "approved_by", "assessment__edition__framework", "assessment__office"
    ).get(assessment=job.subject_id)
    if not is_intact(snapshot):
        raise Refused(
            gettext_noop("The approved content does not match its fingerprint any more. Please tell the administrator.")
        )
    assessment, language = snapshot.assessment, job.arguments["language"]
    rendering = render(
        report_of(snapshot, language=language),
        by=job.created_by,
        office_id=assessment.office_id,
        subject=assessment,
        name=report_name(assessment, language),
        progress=report_progress,
    )
    return reverse("assessments:report", args=[assessment.pk, rendering.pk])
