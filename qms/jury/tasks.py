"""What workers do for juries."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Application
from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.jury.models import Juror
from qms.jury.services import copies
from qms.lifecycle import gettext_noop


@handler(copies.COPY, queue="documents", result_label=gettext_noop("Open my copy"))
def build_copy(job: Job, report_progress: ReportProgress) -> str:
    """Set a juror's copy of a dossier, while the application is open to the juror."""
    application = Application.objects.get(pk=job.subject_id or 0)
    juror = Juror.objects.select_related("user").get(pk=job.arguments["juror"])
    copies.build_copy(
        application, juror=juror, language=job.arguments["language"], at=timezone.now(), progress=report_progress
    )
    return reverse("jury:juror-copy", args=[application.pk])
