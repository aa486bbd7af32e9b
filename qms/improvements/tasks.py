"""What workers do for improvement plans."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.core.jobs import ReportProgress, handler
from qms.core.models import Job
from qms.core.tasks import send_letters
from qms.improvements.documents.feedback import feedback_report
from qms.improvements.documents.plan import plan_of
from qms.improvements.models import Feedback, Plan
from qms.improvements.queries.printing import APPROVED, approved_plan, is_whole, present_plan
from qms.improvements.services import reminders
from qms.improvements.services.feedback_report import FEEDBACK_REPORT, feedback_report_name
from qms.improvements.services.printing import PRINT, print_name
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.services import render


@shared_task(name="improvements.remind", base=DjangoTask, acks_late=True)
def remind(**_: object) -> None:
    """Once a day everyone is reminded of what is due and late."""
    if reminders.remind(at=timezone.now()):
        send_letters.delay()


@handler(PRINT, queue="documents", result_label=gettext_noop("Open the plan"))
def build_plan(job: Job, report_progress: ReportProgress) -> str:
    """Set the plan as it was approved or as it stood when it was ordered; a file that is there already stays."""
    report_progress(2, gettext("Reading the plan"))
    plan = Plan.objects.select_related("office").get(pk=job.subject_id or 0)
    content, language = job.arguments["content"], job.arguments["language"]
    printed = approved_plan(plan) if content == APPROVED else present_plan(plan, at=job.created_at)
    if printed is None:
        raise Refused(gettext_noop("The plan is not approved yet. Print it as it stands today."))
    if not is_whole(printed):
        raise Refused(
            gettext_noop("The approved content does not match its fingerprint any more. Please tell the administrator.")
        )
    rendering = render(
        plan_of(printed, language=language),
        by=job.created_by,
        office_id=plan.office_id,
        subject=plan,
        name=print_name(plan, content=content, language=language),
        progress=report_progress,
    )
    return reverse("improvements:plan-file", args=[plan.pk, rendering.pk])


@handler(FEEDBACK_REPORT, queue="documents", result_label=gettext_noop("Open the report"))
def build_feedback_report(job: Job, report_progress: ReportProgress) -> str:
    """Set the report of an external feedback; the file that is there already, when nothing in it has changed."""
    feedback = Feedback.objects.select_related("office", "scheme", "assessment__edition", "plan").get(
        pk=job.subject_id or 0
    )
    language = job.arguments["language"]
    rendering = render(
        feedback_report(feedback, language=language),
        by=job.created_by,
        office_id=feedback.office_id,
        subject=feedback,
        name=feedback_report_name(feedback, language),
        progress=report_progress,
    )
    return reverse("improvements:feedback-report-file", args=[feedback.pk, rendering.pk])
