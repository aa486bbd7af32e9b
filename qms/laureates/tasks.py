"""What workers and beat do about results."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.awards.models import Round
from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.laureates.queries.diplomas import with_all
from qms.laureates.queries.feedback import reports
from qms.laureates.services import paper, printing, telling
from qms.lifecycle import gettext_noop


@shared_task(name="laureates.tell", base=DjangoTask, acks_late=True)
def tell(**_: object) -> None:
    """Results are told as soon as the embargo of their round has ended, and reports that come later."""
    if telling.tell_due(at=timezone.now()):
        send_letters.delay()


@handler(paper.FEEDBACK, queue="documents", result_label=gettext_noop("Open the report"))
def build_feedback(job: Job, report_progress: ReportProgress) -> str:
    """Set a feedback report; the file that is there already, when nothing in it has changed."""
    report_progress(2, gettext("Reading the report"))
    report = reports().get(pk=job.subject_id or 0)
    paper.build_feedback(report, language=job.arguments["language"], progress=report_progress)
    return reverse("laureates:feedback-file", args=[report.pk])


@handler(printing.DIPLOMA, queue="documents", result_label=gettext_noop("Open the diploma"))
def build_diploma(job: Job, report_progress: ReportProgress) -> str:
    """Set one diploma; the file that is there already, when nothing in it has changed."""
    diploma = with_all().get(pk=job.subject_id or 0)
    printing.set_diploma(diploma, language=job.arguments["language"], progress=report_progress)
    return reverse("laureates:diploma-file", args=[diploma.pk])


@handler(printing.DIPLOMAS, queue="documents", result_label=gettext_noop("Open the diplomas"))
def build_diplomas(job: Job, report_progress: ReportProgress) -> str:
    """Set all diplomas of a round, each one and all in one file."""
    found = Round.objects.select_related("programme").get(pk=job.subject_id or 0)
    printing.set_diplomas(found, language=job.arguments["language"], progress=report_progress)
    return reverse("laureates:diplomas-file", args=[found.pk])
