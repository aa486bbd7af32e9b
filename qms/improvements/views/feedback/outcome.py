"""What came out: the report as a file, the decision, or the way back to the team."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.services import open_job
from qms.core.tasks import run_job, send_letters
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import lines_of, profile_table, profile_words
from qms.improvements.forms.feedback import DecisionForm, ReportForm, ReturnForm
from qms.improvements.permissions.feedback import may_decide, may_read_outcome
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback as services
from qms.improvements.services import feedback_report
from qms.improvements.services.feedback_report import FEEDBACK_REPORT, feedback_report_name
from qms.lifecycle import Refused
from qms.pdf.models import Rendering
from qms.pdf.views import answer
from qms.ui import numbers
from qms.ui.components import Note, PageHead
from qms.ui.words import sentence

from .shown import crumbs_to, language, rows


@login_required
@require_POST
def report_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the report set in the chosen language."""
    feedback = get_permitted(rows(), pk, request.user, may_read_outcome)
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the language of the report."))
        return redirect("improvements:feedback-detail", pk=pk)
    chosen = form.cleaned_data["language"]
    job = open_job(
        FEEDBACK_REPORT,
        title=feedback_report_name(feedback, chosen),
        subject=feedback,
        by=request.user,
        office_id=feedback.office_id,
        arguments={"language": chosen},
    )
    run_job.delay_on_commit(job_id=job.pk)
    return redirect(reverse("improvements:feedback-detail", args=[pk]) + "#report")


@never_cache
@login_required
@require_safe
def report_file(request: HttpRequest, pk: int, rendering: int) -> HttpResponseBase:
    """One file of the report, for everyone who may read it; `?as=html` shows it as a page."""
    feedback = get_permitted(rows(), pk, request.user, may_read_outcome)
    found = get_object_or_404(Rendering.objects.about(feedback), pk=rendering)
    return answer(found, as_html=request.GET.get("as") == "html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the label or not; the page shows profile and report, and what becomes fixed."""
    feedback = get_permitted(rows(), pk, request.user, may_decide)
    profile, scheme = queries.profile_of(feedback), queries.tree_of(feedback.scheme)
    form = DecisionForm(request.POST or None, met=profile.met)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.decide_feedback(
                feedback,
                has_label=given["has_label"],
                reason=given["reason"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The decision stands; the office has a letter."))
            return redirect("improvements:feedback-detail", pk=pk)
    until = numbers.day(scheme.periods.label_until(timezone.localdate()))
    context = {
        "feedback": feedback,
        "form": form,
        "back_form": ReturnForm(auto_id="return-%s"),
        "crumbs": crumbs_to(feedback, _("Decision")),
        "head": PageHead(
            _("Decision on the label"),
            over=feedback.office.name,
            lead=_("The team has handed in its report. With a yes the office carries the label until %(day)s.")
            % {"day": until},
        ),
        "note": Note(profile_words(profile), kind="" if profile.met else "warn"),
        "table": profile_table(profile, language()),
        "strengths": lines_of(feedback.strengths),
        "advice": lines_of(feedback.advice),
        "label": text(scheme.label, language()),
    }
    return render(request, "improvements/feedback/decide.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def return_to_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report back to the team."""
    feedback = get_permitted(rows(), pk, request.user, may_decide)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("reason", []))))
        return redirect("improvements:feedback-decide", pk=pk)
    try:
        feedback_report.return_report(feedback, reason=form.cleaned_data["reason"], by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("improvements:feedback-decide", pk=pk)
    messages.success(request, _("The report is with the team again."))
    return redirect("improvements:feedback-detail", pk=pk)
