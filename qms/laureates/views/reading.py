"""What the office reads once the embargo has ended, and the organiser before: a report, its file, the result."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.laureates import permissions
from qms.laureates.components import feedback as shown
from qms.laureates.components import results
from qms.laureates.components.findings import bands_figure, decision_words, sections_of
from qms.laureates.models import FeedbackReport
from qms.laureates.queries import feedback as queries
from qms.laureates.queries.results import decision_on, diploma_of, has_practice, press_asked_of, told_to
from qms.laureates.services.paper import FEEDBACK, feedback_name, feedback_that_stands, order_feedback
from qms.pdf.views import answer
from qms.ui.components import Button, PageHead

State = FeedbackReport.State


@never_cache
@login_required
@require_safe
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report; its organiser reads it before the office does."""
    at, report = timezone.now(), _report(request, pk)
    runs, application = permissions.may_run(request.user, report), report.application
    context: dict[str, Any] = {
        "head": PageHead(
            _("Feedback report"),
            over=f"{application.number}, {application.office.name}",
            state=shown.state_of(report) if runs else None,
            action=_ways(report) if runs else None,
        ),
        "crumbs": shown.crumbs_of(report, runs=runs),
        "report": report,
        "decision": decision_words(report.decision),
        "bands": bands_figure(report) if report.sections else None,
        "sections": sections_of(report),
        "facts": shown.facts_of(application, queries.submitted_at(application)),
        "note": shown.reading_note(report, at) if runs else None,
        "seal": shown.approval_seal(report) if runs and report.state == State.DRAFT else None,
        "may_reopen": runs and report.state == State.APPROVED and application.category.round.embargo_until > at,
        **_paper(request, report),
    }
    return render(request, "laureates/feedback.html", context)


@login_required
@require_POST
def feedback_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets the report in the reader's language."""
    report = _report(request, pk)
    run_job.delay_on_commit(job_id=order_feedback(report, by=signed_in(request)).pk)
    return redirect(reverse("laureates:feedback", args=[pk]) + "#file")


@never_cache
@login_required
@require_safe
def feedback_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as it is now, as a PDF in the reader's language; where it was not set yet, its page offers to."""
    at, report = timezone.now(), _report(request, pk)
    rendering = feedback_that_stands(report, get_language() or "pl")
    if rendering is None:
        return redirect(reverse("laureates:feedback", args=[pk]) + "#file")
    own = permissions.own_office_of(request.user, report, at)
    act = "laureates.fetch_feedback"
    return given_out(answer(rendering), request, report.application, act, office_id=own, file=rendering.name)


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What the jury decided on the own application; before the embargo has ended there is no such page."""
    at = timezone.now()
    application = get_object_or_404(told_to(request.user, at), pk=pk)
    if not permissions.heads(request.user, application):
        raise PermissionDenied
    decision = decision_on(application)
    if decision is None:
        raise Http404
    report = queries.reports().filter(application=application, state=State.APPROVED).first()
    title = _("Result")
    context = {
        "head": PageHead(title, over=f"{application.number}, {application.category.round.title}"),
        "crumbs": results.crumbs_of(application, title),
        "decision": results.decision_box(decision),
        "report": report,
        "bands": bands_figure(report) if report and report.sections else None,
        "ways": results.ways_of(decision, report, diploma_of(decision), press_asked_of(application, request.user)),
        "application": application,
        "is_laureate": decision.prize_id is not None,
        "has_practice": has_practice(application),
        "facts": shown.facts_of(application, queries.submitted_at(application)),
    }
    return render(request, "laureates/result.html", context)


def _report(request: HttpRequest, pk: int) -> FeedbackReport:
    return get_permitted(queries.reports(), pk, request.user, permissions.may_read)


def _ways(report: FeedbackReport) -> Button | None:
    if report.state != State.DRAFT:
        return None
    return Button(_("Edit"), url=reverse("laureates:feedback-edit", args=[report.pk]), kind="secondary")


def _paper(request: HttpRequest, report: FeedbackReport) -> dict[str, Any]:
    """The file that stands, else the person's own job, else an offer to set it."""
    language = get_language() or "pl"
    rendering = feedback_that_stands(report, language)
    if rendering is not None:
        return {"file": shown.file_row(report, rendering, feedback_name(report, language)), "jobs": []}
    jobs = Job.objects.visible_to(request.user).about(report).filter(kind=FEEDBACK, created_by=request.user.pk)
    latest = jobs.order_by("-pk")[:1]
    return {"file": None, "jobs": [JobRow(job) for job in latest if job.state != Job.State.DONE]}
