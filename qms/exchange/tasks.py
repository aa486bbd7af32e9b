"""What workers do for experience sharing."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.core.jobs import ReportProgress, Superseded, handler
from qms.core.models import Job
from qms.core.services import SOMETHING_BROKE
from qms.core.tasks import run_job
from qms.exchange.documents.office import document_of
from qms.exchange.models import Edition, OfficePage, Part
from qms.exchange.services import approving, building, editions, printing, queueing
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.services import render


@shared_task(name="exchange.rebuild_editions", base=DjangoTask, acks_late=True)
def rebuild_editions(**_: object) -> None:
    """Each morning every edition under way is planned anew and built where something changed."""
    for edition in Edition.objects.open().order_by("pk"):
        job = editions.order_build(edition, by=None, at=timezone.now())
        run_job.delay(job_id=job.pk)


@handler(editions.BUILD, result_label=gettext_noop("Open the edition"))
def build_edition(job: Job, report_progress: ReportProgress) -> str:
    """Plan the edition, then send a job for each part that does not stand as it is wanted."""
    report_progress(5, gettext("Reading assessments, practices and offers"))
    edition = Edition.objects.select_related("framework").get(pk=job.subject_id or 0)
    jobs = queueing.queue_parts(edition, at=timezone.now())
    report_progress(80, gettext("Handing the pages to the workers"))
    for part in jobs:
        run_job.delay(job_id=part.pk)
    return reverse("exchange:edition", args=[edition.pk])


@handler(queueing.PART)
def build_part(job: Job, _report_progress: ReportProgress) -> str | None:
    """Build the pages of one theme or one office; why that failed stays with the part, others go on."""
    part = Part.objects.filter(pk=job.subject_id or 0).first()
    if part is None:  # its theme was deleted meanwhile
        return None
    try:
        building.build_part(part, at=timezone.now())
    except Superseded:
        raise
    except Part.DoesNotExist:  # its theme was deleted while the pages were written
        return None
    except Refused as refusal:
        building.fail_part(part, reason=refusal.text, values=refusal.values)
        raise
    except Exception:
        building.fail_part(part, reason=SOMETHING_BROKE)
        raise
    return None


@handler(approving.APPROVE, result_label=gettext_noop("Open the edition"))
def approve_pages(job: Job, report_progress: ReportProgress) -> str:
    """Publish every page that waits with nothing but the platform's own parts."""
    report_progress(5, gettext("Publishing pages"))
    edition = Edition.objects.get(pk=job.subject_id or 0)
    approving.approve_all(edition, progress=report_progress)
    return reverse("exchange:edition", args=[edition.pk])


@handler(printing.PRINT, queue="documents", result_label=gettext_noop("Open the page"))
def build_for_you(job: Job, report_progress: ReportProgress) -> str:
    """Set the page of an office as it may be read now."""
    report_progress(2, gettext("Reading the page"))
    page = OfficePage.objects.select_related("edition", "office__region").get(pk=job.subject_id or 0)
    if not page.live:
        raise Refused(printing.NOT_PUBLISHED)
    language = job.arguments["language"]
    rendering = render(
        document_of(page, page.office, on=timezone.localdate(), language=language),
        # Given out by the page alone, which asks each time whether everything in the file may still be shown.
        by=None,
        office_id=None,
        subject=page,
        name=printing.print_name(page, language),
        progress=report_progress,
    )
    return reverse("exchange:for-you-file", args=[page.pk, rendering.pk])
