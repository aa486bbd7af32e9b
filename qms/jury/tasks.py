"""What workers do for juries."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.awards.models import Application
from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.jury.models import Juror, Protocol
from qms.jury.services import copies, protocols, reminding
from qms.lifecycle import gettext_noop


@shared_task(name="jury.remind", base=DjangoTask, acks_late=True)
def remind(**_: object) -> None:
    """Once a day jurors are told that a phase began, and before its end what they have not done."""
    if reminding.remind(at=timezone.now()):
        send_letters.delay()


@handler(copies.COPY, queue="documents", result_label=gettext_noop("Open my copy"))
def build_copy(job: Job, report_progress: ReportProgress) -> str:
    """Set a juror's copy of a dossier, while the application is open to the juror."""
    application = Application.objects.get(pk=job.subject_id or 0)
    juror = Juror.objects.select_related("user").get(pk=job.arguments["juror"])
    copies.build_copy(
        application, juror=juror, language=job.arguments["language"], at=timezone.now(), progress=report_progress
    )
    return reverse("jury:juror-copy", args=[application.pk])


@handler(protocols.PROTOCOL, queue="documents", result_label=gettext_noop("Open the protocol"))
def build_protocol(job: Job, report_progress: ReportProgress) -> str:
    """Set a protocol on paper; the file that is there already, when nothing in it has changed."""
    report_progress(2, gettext("Reading the protocol"))
    protocol = Protocol.objects.get(pk=job.subject_id or 0)
    protocols.build_protocol(protocol, language=job.arguments["language"], progress=report_progress)
    return f"{reverse('jury:protocol-file', args=[protocol.pk])}?language={job.arguments['language']}"
