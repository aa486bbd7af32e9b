"""Sending results for approval, approving them, returning them, and ordering the report."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.assessments import services
from qms.assessments.forms.approval import ConfirmForm, ReportForm, ReturnForm
from qms.assessments.models import Assessment
from qms.assessments.permissions import may_approve, may_read_report, may_send_to_approval
from qms.assessments.tasks import REPORT, report_name
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.services import open_job
from qms.core.tasks import run_job, send_letters
from qms.lifecycle import Refused
from qms.ui.words import sentence

from .results import page_of, with_edition


@login_required
@require_POST
def results_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the agreed results to the director."""
    assessment = get_permitted(with_edition(), pk, request.user, may_send_to_approval)
    form = ConfirmForm(request.POST, auto_id="send-%s")
    if not form.is_valid():
        return page_of(request, assessment, seal_form=form)
    try:
        services.send_to_approval(assessment, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("The results are with the director now."))
    return redirect("assessments:results", pk=pk)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the results in the name of the office, and have the report set."""
    assessment = get_permitted(with_edition(), pk, request.user, may_approve)
    form = ConfirmForm(request.POST, auto_id="approval-%s")
    if not form.is_valid():
        return page_of(request, assessment, seal_form=form)
    try:
        services.approve(assessment, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        _order(request, assessment, assessment.office.language)
        messages.success(request, _("The report is approved. It is being typeset; you will find it on this page."))
    return redirect("assessments:results", pk=pk)


@login_required
@require_POST
def return_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the results back to the group with a remark."""
    assessment = get_permitted(with_edition(), pk, request.user, may_approve)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page_of(request, assessment, return_form=form)
    try:
        services.return_to_group(assessment, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return page_of(request, assessment, return_form=form)
    send_letters.delay_on_commit()
    messages.success(request, _("The results are with the group again, with your remark."))
    return redirect("assessments:results", pk=pk)


@login_required
@require_POST
def report_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the report set in the chosen language."""
    assessment = get_permitted(with_edition(), pk, request.user, may_read_report)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return page_of(request, assessment, report_form=form)
    _order(request, assessment, form.cleaned_data["language"])
    return redirect(reverse("assessments:results", args=[pk]) + "#report")


def _order(request: HttpRequest, assessment: Assessment, language: str) -> Job:
    """A job for a worker; the open one where the same report is being set already."""
    job = open_job(
        REPORT,
        title=report_name(assessment, language),
        subject=assessment,
        by=request.user,
        office_id=assessment.office_id,
        arguments={"language": language},
    )
    run_job.delay_on_commit(job_id=job.pk)
    return job
