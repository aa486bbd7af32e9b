"""What workers and beat do about results."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.laureates.queries.feedback import reports
from qms.laureates.services import paper, telling
from qms.lifecycle import gettext_noop


@shared_task(name="laureates.tell", base=DjangoTask, acks_late=True)
def tell(**_: object) -> None:
    """Results are told as soon as the embargo of their round has ended."""
    if telling.tell_due(at=timezone.now()):
        send_letters.delay()


@handler(paper.FEEDBACK, queue="documents", result_label=gettext_noop("Open the report"))
def build_feedback(job: Job, report_progress: ReportProgress) -> str:
    """Set a feedback report; the file that is there already, when nothing in it has changed."""
    report_progress(2, gettext("Reading the report"))
    report = reports().get(pk=job.subject_id or 0)
    paper.build_feedback(report, language=job.arguments["language"], progress=report_progress)
    return reverse("laureates:feedback-file", args=[report.pk])
