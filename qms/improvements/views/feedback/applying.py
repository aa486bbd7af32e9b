"""The list of external feedbacks, beginning one, and its frame."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.assessments.models import Assessment
from qms.core.permissions import get_permitted
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import state_of
from qms.improvements.forms.feedback import FrameForm, StartForm
from qms.improvements.models import FeedbackActor
from qms.improvements.permissions.feedback import may_answer, may_open_feedback
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback as services
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Empty, Link, Note, PageHead, State
from qms.ui.words import sentence

from .shown import crumbs_to, language, rows


@login_required
@require_safe
def feedback_list(request: HttpRequest) -> HttpResponse:
    """The feedbacks of own offices, of teams the person is in, and for coordinators those of their offices."""
    user = signed_in(request)
    lines = queries.feedbacks_for(user)
    may_start = any(may_open_feedback(user, office) for office in offices_of(user))
    start = Button(_("Apply for external feedback"), url=reverse("improvements:feedback-start")) if may_start else None
    context = {
        "crumbs": Crumbs((Link(_("Improvement"), reverse("improvements:plan-list")), Link(_("External feedback"), ""))),
        "head": PageHead(
            _("External feedback"),
            lead=_(
                "Peers from other offices look at how an office assessed itself and how it improves. An office that"
                " meets the profile may carry the label Effective CAF User."
            ),
            action=start,
        ),
        "table": _table(lines) if lines else None,
        "empty": _empty(start),
        "schemes": Link(_("Questionnaires, scale and profile"), reverse("improvements:feedback-schemes")),
    }
    return render(request, "improvements/feedback/list.html", context)


def _empty(start: Button | None) -> Empty:
    return Empty(
        _("There is no external feedback yet"),
        _(
            "Here stand applications, the work of the teams and the decisions. The quality lead of an office applies"
            " some months after the report of the self-assessment was approved, when the plan is under way."
        ),
        start,
    )


def _table(lines: tuple[queries.FeedbackLine, ...]) -> DataTable:
    return DataTable(
        _("External feedback"),
        (_("Office"), _("Self-assessment"), _("Applied"), _("State"), _("Label valid until")),
        tuple(_row(line) for line in lines),
        stack=True,
    )


def _row(line: queries.FeedbackLine) -> tuple[object, ...]:
    feedback, seat = line.feedback, line.seat
    undeclared = seat is not None and seat.declaration == FeedbackActor.Declaration.NONE
    route = "feedback-declare" if undeclared else "feedback-detail"
    return (
        Link(feedback.office.short_name, reverse(f"improvements:{route}", args=[feedback.pk])),
        # Before the declaration nothing is shown but the office's name.
        "–" if undeclared else f"{feedback.assessment.title} ({feedback.assessment.year})",
        numbers.day(feedback.submitted_at) if feedback.submitted_at else "–",
        State(_("Declaration awaited"), "wait") if undeclared else state_of(feedback),
        numbers.day(feedback.valid_until) if feedback.has_label else "–",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Apply: with which self-assessment, inside the window after its approval."""
    user = signed_in(request)
    offices = [office for office in offices_of(user) if may_open_feedback(user, office)]
    if not offices:
        raise PermissionDenied
    office = _chosen(request, offices, user)
    scheme = queries.current_scheme()
    tree = queries.tree_of(scheme) if scheme else None
    found = queries.candidates_of(office, tree, on=timezone.localdate()) if tree else ()
    choices = [(each.assessment.pk, _named(each)) for each in found if each.state == "open"]
    form = StartForm(request.POST or None, choices=choices, initial={"contact": f"{user.name}, {user.email}"})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        assessment = get_object_or_404(Assessment.objects.filter(office=office), pk=given.pop("assessment"))
        try:
            feedback = services.open_feedback(assessment, by=user, at=timezone.now(), **given)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The application is open. Now answer the three questionnaires."))
            return redirect("improvements:feedback-detail", pk=feedback.pk)
    context = {
        "form": form if choices else None,
        "table": _window_table(found) if found else None,
        "none": _none(found) if tree else _unloaded(),
        "offices": [
            Link(each.short_name, f"?office={each.pk}", current=each == office) for each in offices if len(offices) > 1
        ],
        "crumbs": Crumbs(
            (Link(_("External feedback"), reverse("improvements:feedback-list")), Link(_("Apply"), "")),
        ),
        "head": PageHead(
            _("Apply for external feedback"),
            over=office.name,
            lead=text(tree.about, language()) if tree else "",
        ),
    }
    return render(request, "improvements/feedback/start.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, offices: list[Office], user: Any) -> Office:
    asked = request.GET.get("office", "")
    found = next((office for office in offices if str(office.pk) == asked), None)
    here = current_office(user, request.session.get("office"))
    return found or (here if here in offices and here is not None else offices[0])


def _named(candidate: queries.Candidate) -> str:
    return _("%(assessment)s (%(year)s), with the plan “%(plan)s”") % {
        "assessment": candidate.assessment.title,
        "year": candidate.assessment.year,
        "plan": candidate.plan.title if candidate.plan else "–",
    }


def _window_table(found: tuple[queries.Candidate, ...]) -> DataTable:
    words = {
        "open": State(_("open now"), "going"),
        "early": State(_("too early"), "wait"),
        "late": State(_("over"), ""),
        "taken": State(_("applied already"), "done"),
        "planless": State(_("no approved plan"), "late"),
    }
    return DataTable(
        _("Approved self-assessments and the days between which the office may apply"),
        (_("Self-assessment"), _("Approved"), _("Apply from"), _("Apply until"), _("Window")),
        tuple(
            (
                f"{each.assessment.title} ({each.assessment.year})",
                numbers.day(each.assessment.approved_at),
                numbers.day(each.opens_on),
                numbers.day(each.closes_on),
                words[each.state],
            )
            for each in found
        ),
        stack=True,
    )


def _unloaded() -> Note:
    return Note(_("No questionnaires of external feedback are loaded yet. Ask the administrator."), kind="warn")


def _none(found: tuple[queries.Candidate, ...]) -> Note | None:
    """Why one cannot apply now."""
    if not found:
        return Note(
            _("An office applies with an approved self-assessment; there is none yet."), _("Not yet possible"), "warn"
        )
    if any(each.state == "open" for each in found):
        return None
    early = [each for each in found if each.state == "early"]
    if early:
        days = {"opens": numbers.day(early[0].opens_on), "closes": numbers.day(early[0].closes_on)}
        return Note(
            _("With the latest self-assessment the office may apply from %(opens)s to %(closes)s.") % days,
            _("It is too early"),
            "warn",
        )
    if any(each.state == "planless" for each in found):
        return Note(
            _("The office needs an improvement plan that is approved or under way before it applies."),
            _("The plan is missing"),
            "warn",
        )
    return Note(
        _("No window is open. The next one opens with the next approved self-assessment."), _("Not now"), "warn"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Contact and motivation of an application that is not handed in yet."""
    feedback = get_permitted(rows(), pk, request.user, may_answer)
    form = FrameForm(request.POST or None, initial={"contact": feedback.contact, "motivation": feedback.motivation})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_feedback(feedback, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("improvements:feedback-detail", pk=pk)
    context = {
        "form": form,
        "crumbs": crumbs_to(feedback, _("Contact and motivation")),
        "head": PageHead(_("Contact and motivation"), over=feedback.office.name),
    }
    return render(request, "improvements/feedback/edit.html", context, status=422 if form.errors else 200)
