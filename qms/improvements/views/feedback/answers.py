"""The applicant's questionnaires: filled in, read, handed in, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import scale_key
from qms.improvements.forms.feedback import AnswersForm, ConfirmForm
from qms.improvements.permissions.feedback import may_answer, may_read_feedback, may_withdraw_feedback
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback as services
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, PageHead
from qms.ui.words import sentence

from .shown import (
    counted,
    crumbs_to,
    language,
    next_pillar,
    own_voice,
    pillar_or_404,
    pillar_tabs,
    rows,
    step_blocks,
)

ROUTE = "improvements:feedback-answers"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, pk: int, pillar: int) -> HttpResponse:
    """One questionnaire: the lead fills it in until the office applies, others read it."""
    feedback = get_permitted(rows(), pk, request.user, may_read_feedback)
    scheme = queries.tree_of(feedback.scheme)
    page = pillar_or_404(scheme, pillar)
    fills = may_answer(request.user, feedback)
    if request.method == "POST" and not fills:
        raise PermissionDenied
    given = queries.answers_of(feedback)
    form = AnswersForm(request.POST or None, pillar=page, rows=given) if fills else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.save_answers(feedback, page, form.drafts(), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. Nothing is handed in yet."))
            further = next_pillar(scheme, page) if request.POST.get("do") == "next" else page
            if further is None:
                return redirect("improvements:feedback-detail", pk=pk)
            return redirect(ROUTE, pk=pk, pillar=int(further.identifier))
    missing = queries.missing_answers_of(feedback, scheme)
    context = {
        "feedback": feedback,
        "crumbs": crumbs_to(feedback, _("Questionnaire %(number)s") % {"number": page.identifier}),
        "head": PageHead(
            text(page.titles, language()),
            over=_("%(office)s, questionnaire %(number)s")
            % {"office": feedback.office.short_name, "number": page.identifier},
            lead=text(page.about, language()),
        ),
        "tabs": pillar_tabs(feedback, scheme, ROUTE, page, counted(scheme, missing)),
        "key": scale_key(page, language()),
        "errors": ErrorSummary(form) if form is not None and form.errors else None,
        "form": form,
        "steps": step_blocks(
            page,
            form,
            (lambda _item: ()) if form is not None else (lambda item: own_voice(page, given.get(item.identifier))),
            missing if form is not None else (),
        ),
        "next_label": _("Save and go on") if next_pillar(scheme, page) else _("Save and go to the overview"),
        "back": reverse("improvements:feedback-detail", args=[pk]),
        "hint": _("Blank is allowed until you apply. Say what was done, not what is planned."),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "improvements/feedback/questionnaire.html", context, status=status)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply: from here on the answers are fixed."""
    feedback = get_permitted(rows(), pk, request.user, may_answer)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["confirmed"])))
        return redirect("improvements:feedback-detail", pk=pk)
    try:
        services.submit_feedback(feedback, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("The office has applied. The organiser composes the team now."))
    return redirect("improvements:feedback-detail", pk=pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the application back."""
    feedback = get_permitted(rows(), pk, request.user, may_withdraw_feedback)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["confirmed"])))
        return redirect("improvements:feedback-detail", pk=pk)
    try:
        services.withdraw_feedback(feedback, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The application is taken back."))
    return redirect("improvements:feedback-list")
