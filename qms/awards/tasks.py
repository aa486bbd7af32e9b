"""What workers do for the awards."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.awards.documents.blank import blank_of
from qms.awards.models import Category, Round, Submission
from qms.awards.services import archives, blanks, dossiers, reminding
from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.lifecycle import gettext_noop
from qms.pdf.services import render


@shared_task(name="awards.remind", base=DjangoTask, acks_late=True)
def remind(**_: object) -> None:
    """Once a day offices with a draft are reminded of the closing."""
    if reminding.remind(at=timezone.now()):
        send_letters.delay()


@handler(dossiers.DOSSIER, queue="documents", result_label=gettext_noop("Open the dossier"))
def build_dossier(job: Job, report_progress: ReportProgress) -> str:
    """Set a submission on paper; the file that is there already, when nothing in it has changed."""
    submission = Submission.objects.select_related("submitted_by").get(pk=job.subject_id or 0)
    dossier = dossiers.build_dossier(submission, language=job.arguments["language"], progress=report_progress)
    return reverse("awards:dossier-file", args=[dossier.pk])


@handler(blanks.BLANK, queue="documents", result_label=gettext_noop("Open the form"))
def build_blank(job: Job, report_progress: ReportProgress) -> str:
    """Set the empty form of a category; the file that is there already, when nothing in it has changed."""
    report_progress(2, gettext("Reading the form"))
    category = Category.objects.select_related("round__programme", "framework").get(pk=job.subject_id or 0)
    language = job.arguments["language"]
    render(
        blank_of(category, language=language),
        by=None,
        office_id=None,
        subject=category,
        name=blanks.blank_name(category, language),
        progress=report_progress,
        template=blanks.TEMPLATE,
    )
    return reverse("awards:blank-file", args=[category.pk])


@handler(archives.ARCHIVE, queue="documents", result_label=gettext_noop("Open the archive"))
def build_archive(job: Job, report_progress: ReportProgress) -> str:
    """Set every dossier of a round that is missing, and pack them with a list."""
    award_round = Round.objects.select_related("programme").get(pk=job.subject_id or 0)
    archives.build_archive(award_round, language=job.arguments["language"], at=timezone.now(), progress=report_progress)
    return reverse("awards:archive-file", args=[award_round.pk])
