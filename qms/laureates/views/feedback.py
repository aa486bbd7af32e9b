"""Feedback reports for their organiser: laid down, read, edited, approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.rounds import crumbs_to
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.tasks import send_letters
from qms.core.views.lists import page_of
from qms.laureates import permissions
from qms.laureates.components import feedback as shown
from qms.laureates.forms.feedback import FeedbackForm, words_of
from qms.laureates.models import FeedbackReport
from qms.laureates.queries import feedback as queries
from qms.laureates.queries.results import decisions_in
from qms.laureates.services import feedback as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Conflict, Empty, ErrorSummary, PageHead, Pagination
from qms.ui.words import sentence

WRONG, CLASH = 422, 409


@never_cache
@login_required
@require_safe
def feedback_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All applications of the round, each with its report."""
    at, found = timezone.now(), round_run(request, pk)
    page = page_of(queries.lines_of(found, request.user, at), request)
    counts = queries.counts_of(found, at)
    decided = {one.application_id: one for one in decisions_in(found).filter(application__in=[*page])}
    title = _("Feedback reports")
    context = {
        "head": PageHead(
            title,
            over=found.title,
            lead=_("Every office that applied reads what the jury found, once the embargo has ended."),
        ),
        "crumbs": crumbs_to(found, title),
        "round": found,
        "counts": counts,
        "stats": shown.stats_of(counts),
        "table": shown.lines_table(page, decided) if counts.received else "",
        "pages": Pagination(page, request.GET) if page.paginator.num_pages > 1 else "",
        "empty": Empty(_("Nothing to show yet"), _("Applications stand here after the round has closed."), level=3),
    }
    return render(request, "laureates/feedback_list.html", context)


@login_required
@require_POST
def feedback_lay_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts for all decided applications that have none."""
    found = round_run(request, pk)
    try:
        made = services.lay_down(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = ngettext("%(count)s report is laid down.", "%(count)s reports are laid down.", made)
        messages.success(request, said % {"count": made})
    return redirect("laureates:feedback-list", pk=pk)


@login_required
@require_POST
def feedback_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve one report, as it was read, or all drafts of the round."""
    found, one = round_run(request, pk), request.POST.get("report", "")
    chosen = [row_number(one)] if one else None
    try:
        approved = services.approve_feedback(
            found,
            chosen,
            by=signed_in(request),
            at=timezone.now(),
            version=row_number(request.POST.get("version", "")) if chosen else None,
        )
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        if chosen and chosen[0]:
            return redirect("laureates:feedback", pk=chosen[0])
        return redirect("laureates:feedback-list", pk=pk)
    send_letters.delay_on_commit()
    said = ngettext("%(count)s report is approved.", "%(count)s reports are approved.", approved)
    messages.success(request, said % {"count": approved})
    return redirect("laureates:feedback-list", pk=pk)


@login_required
@require_POST
def feedback_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an approved report back into draft."""
    report = get_permitted(queries.reports(), pk, request.user, permissions.may_run)
    try:
        services.reopen_feedback(report, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The report is a draft again."))
    return redirect("laureates:feedback", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a report; a stale page keeps what was typed and shows both versions."""
    report = get_permitted(queries.reports(), pk, request.user, permissions.may_run)
    if request.method != "POST":
        return _edit_page(request, report, FeedbackForm(report=report))
    form = FeedbackForm(request.POST, report=report)
    if not form.is_valid():
        return _edit_page(request, report, form, status=WRONG)
    try:
        services.edit_feedback(report, texts=form.texts, version=form.cleaned_data["version"], by=signed_in(request))
    except Refused as refusal:
        fresh = queries.reports().get(pk=pk)
        return _edit_page(request, fresh, _again(request, fresh), said=sentence(refusal), status=CLASH)
    messages.success(request, _("The report is saved."))
    return redirect("laureates:feedback", pk=pk)


def round_run(request: HttpRequest, pk: int) -> Round:
    """The round, for its organiser."""
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)


def _again(request: HttpRequest, report: FeedbackReport) -> FeedbackForm:
    """What was typed, on top of the version that stands now: who saves again has read both."""
    typed = request.POST.copy()
    typed["version"] = str(report.version)
    return FeedbackForm(typed, report=report)


def _edit_page(
    request: HttpRequest, report: FeedbackReport, form: FeedbackForm, *, said: str = "", status: int = 200
) -> HttpResponse:
    title = _("Edit")
    context: dict[str, Any] = {
        "head": PageHead(
            _("Edit the feedback report"),
            over=f"{report.application.number}, {report.application.office.name}",
            lead=_("Write to the office: one thought on each line. Bands and the decision stay as the jury made them."),
        ),
        "crumbs": shown.crumbs_of(report, runs=True, last=title),
        "form": form,
        "said": said,
        "errors": ErrorSummary(form) if status == WRONG else None,
        "clashes": _clashes(report, form) if status == CLASH else (),
        "sections": [(form_title, form[f"strengths_{pk}"], form[f"areas_{pk}"]) for pk, form_title in form.sections],
        "button": Button(_("Save")),
        "back": reverse("laureates:feedback", args=[report.pk]),
    }
    return render(request, "laureates/feedback_edit.html", context, status=status)


def _clashes(report: FeedbackReport, form: FeedbackForm) -> list[tuple[str, Conflict]]:
    stored = words_of(report)
    if not form.is_valid():
        return []
    typed = form.typed
    return [
        (form.label_of(name), Conflict(typed[name], stored[name], level=3))
        for name in stored
        if typed[name] != stored[name]
    ]
