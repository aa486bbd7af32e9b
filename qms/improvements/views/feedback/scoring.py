"""The team's work: own levels, agreed levels, the visit and the report."""

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
from qms.improvements.components.feedback import Spread, Voice, level_title, scale_key
from qms.improvements.domain.feedback import Item, Pillar
from qms.improvements.forms.feedback import AgreedForm, ConfirmForm, ReportEditForm, ScoresForm
from qms.improvements.models import Feedback
from qms.improvements.permissions.feedback import may_agree, may_score_feedback, seat_of
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback_report, feedback_team
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, Note, PageHead, Part
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

SCORE, AGREE = "improvements:feedback-score", "improvements:feedback-agree"


def _may_score_in(user: object, feedback: Feedback) -> bool:
    seat = seat_of(user, feedback)
    return seat is not None and may_score_feedback(user, seat)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, pk: int, pillar: int) -> HttpResponse:
    """An actor's own levels on one questionnaire, beside the office's answers; nobody else sees them yet."""
    feedback = get_permitted(rows(), pk, request.user, _may_score_in)
    seat = seat_of(request.user, feedback)
    if seat is None:
        raise PermissionDenied
    scheme = queries.tree_of(feedback.scheme)
    page = pillar_or_404(scheme, pillar)
    form = ScoresForm(request.POST or None, pillar=page, rows=queries.scores_of(seat))
    if request.method == "POST" and form.is_valid():
        try:
            feedback_team.save_scores(seat, page, form.drafts())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. Nobody sees your levels yet."))
            further = next_pillar(scheme, page) if request.POST.get("do") == "next" else page
            if further is None:
                return redirect("improvements:feedback-detail", pk=pk)
            return redirect(SCORE, pk=pk, pillar=int(further.identifier))
    answers, missing = queries.answers_of(feedback), queries.missing_scores_of(seat, scheme)
    context = _page(feedback, page, SCORE, counted(scheme, missing)) | {
        "head": PageHead(
            text(page.titles, language()),
            over=_("%(office)s, my levels") % {"office": feedback.office.short_name},
            lead=text(page.about, language()),
        ),
        "form": form,
        "errors": ErrorSummary(form) if form.errors else None,
        "steps": step_blocks(page, form, lambda item: own_voice(page, answers.get(item.identifier)), missing),
        "hint": _("You judge for yourself. The team talks about it when everybody's levels are in."),
    }
    status = 422 if form.errors else 200
    return render(request, "improvements/feedback/questionnaire.html", context, status=status)


def _page(feedback: Feedback, page: Pillar, route: str, counts: dict[str, str]) -> dict[str, object]:
    scheme = queries.tree_of(feedback.scheme)
    return {
        "feedback": feedback,
        "crumbs": crumbs_to(feedback, _("Questionnaire %(number)s") % {"number": page.identifier}),
        "tabs": pillar_tabs(feedback, scheme, route, page, counts),
        "key": scale_key(page, language()),
        "next_label": _("Save and go on") if next_pillar(scheme, page) else _("Save and go to the overview"),
        "back": reverse("improvements:feedback-detail", args=[feedback.pk]),
    }


@login_required
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the own levels; from here on the team may see them."""
    feedback = get_permitted(rows(), pk, request.user, _may_score_in)
    seat = seat_of(request.user, feedback)
    form = ConfirmForm(request.POST)
    if seat is None:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["confirmed"])))
        return redirect("improvements:feedback-detail", pk=pk)
    try:
        feedback_team.hand_in_scores(seat, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Your levels are in."))
    return redirect("improvements:feedback-detail", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, pk: int, pillar: int) -> HttpResponse:
    """The leader writes down what the team agreed; own levels are shown only when all of them are in."""
    feedback = get_permitted(rows(), pk, request.user, may_agree)
    scheme = queries.tree_of(feedback.scheme)
    page = pillar_or_404(scheme, pillar)
    waiting = queries.waiting_for(feedback)
    form = None
    if not waiting:
        form = AgreedForm(request.POST or None, pillar=page, rows=queries.agreed_levels_of(feedback))
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            feedback_report.save_agreed(feedback, page, form.drafts(), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The agreed levels are saved."))
            further = next_pillar(scheme, page) if request.POST.get("do") == "next" else page
            if further is None:
                return redirect("improvements:feedback-detail", pk=pk)
            return redirect(AGREE, pk=pk, pillar=int(further.identifier))
    missing = queries.missing_agreements_of(feedback, scheme)
    found = queries.agreements_of(feedback, page) if form is not None else {}
    context = _page(feedback, page, AGREE, counted(scheme, missing)) | {
        "head": PageHead(
            text(page.titles, language()),
            over=_("%(office)s, levels of the team") % {"office": feedback.office.short_name},
            lead=_("Talk first where the levels lie apart. What is agreed need not be a mean."),
        ),
        "form": form,
        "errors": ErrorSummary(form) if form is not None and form.errors else None,
        "note": _waiting_note([actor.user.name for actor in waiting]) if waiting else None,
        "steps": step_blocks(page, form, lambda item: _said(page, item, found), missing) if form is not None else [],
        "hint": _("A comment needs a level. The office reads both in the report."),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "improvements/feedback/questionnaire.html", context, status=status)


def _waiting_note(names: list[str]) -> Note:
    return Note(
        _("The own levels of these actors are not in yet: %(people)s. Until then nobody sees another's levels.")
        % {"people": ", ".join(names)},
        _("The team cannot agree yet"),
        "warn",
    )


def _said(page: Pillar, item: Item, found: dict[str, queries.ItemAgreement]) -> tuple[Part, ...]:
    """The office's answer, each actor's level, and how they lie."""
    each = found[item.identifier]
    peers = tuple(
        Voice(f"{one.actor.user.name}:", one.level, level_title(page, one.level, language()), one.comment)
        for one in each.scores
    )
    return (*own_voice(page, each.answer), *peers, Spread(each.levels))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit, strengths and advice; and handing the report in."""
    feedback = get_permitted(rows(), pk, request.user, may_agree)
    names = ("visit_on", "visit_agenda", "visit_notes", "strengths", "advice")
    form = ReportEditForm(
        request.POST or None,
        applied_at=feedback.submitted_at,
        initial={name: getattr(feedback, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        try:
            feedback_report.save_report(feedback, form.draft(), by=signed_in(request))
            if request.POST.get("do") == "hand-in":
                feedback_report.hand_in_report(feedback, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            if request.POST.get("do") == "hand-in":
                send_letters.delay_on_commit()
                messages.success(request, _("The report is with the organiser now."))
                return redirect("improvements:feedback-detail", pk=pk)
            messages.success(request, _("Saved."))
            return redirect("improvements:feedback-report-edit", pk=pk)
    context = {
        "feedback": feedback,
        "form": form,
        "crumbs": crumbs_to(feedback, _("Visit and report")),
        "head": PageHead(
            _("Visit and report"),
            over=feedback.office.name,
            lead=_("The office reads strengths and advice in the report, together with the agreed levels."),
        ),
    }
    return render(request, "improvements/feedback/report_edit.html", context, status=422 if form.errors else 200)
