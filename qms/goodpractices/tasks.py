"""What workers do for the library."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.goodpractices.documents.practice import document_of
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.reading import practice_view
from qms.goodpractices.services import keeping, searches
from qms.goodpractices.services.printing import PRINT, practice_name
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.services import render


@shared_task(name="goodpractices.ask_still_true", base=DjangoTask, acks_late=True)
def ask_still_true(**_: object) -> None:
    """Once a day the leads of practices that nobody has confirmed for a year are asked."""
    if keeping.ask_still_true(on=timezone.localdate()):
        send_letters.delay()


@shared_task(name="goodpractices.tell_new_finds", base=DjangoTask, acks_late=True)
def tell_new_finds(**_: object) -> None:
    """Once a week everyone who keeps searches hears what is new in them."""
    if searches.tell_new_finds(at=timezone.now()):
        send_letters.delay()


@handler(PRINT, queue="documents", result_label=gettext_noop("Open the practice"))
def build_practice(job: Job, report_progress: ReportProgress) -> str:
    """Set the published practice; the file that is there already stays where nothing in it has changed."""
    report_progress(2, gettext("Reading the practice"))
    practice = PracticePage.objects.select_related("office__region", "locale").get(pk=job.subject_id or 0)
    if not practice.live:
        raise Refused(gettext_noop("The practice is not published."))
    language = job.arguments["language"]
    with override(language):
        view = practice_view(practice, AnonymousUser())
    rendering = render(
        document_of(view, language=language),
        by=job.created_by,
        office_id=practice.office_id,
        subject=practice,
        name=practice_name(practice, language),
        progress=report_progress,
    )
    return reverse("goodpractices:file", args=[practice.pk, rendering.pk])
