"""Sending a plan to the director, reading it there, approving it, returning it; approving a later action."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.improvements import permissions, queries, services
from qms.improvements.components import plans as shown
from qms.improvements.forms.plans import ConfirmForm, ReturnForm
from qms.improvements.models import Action, Plan
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, Fault, FormFields, PageHead
from qms.ui.numbers import day
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_POST
def plan_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft to the director."""
    plan = get_permitted(with_office(), pk, request.user, permissions.may_send_plan)
    try:
        services.send_plan(plan, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("The plan is with the director now."))
    return redirect("improvements:plan-detail", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan to read, then the one box that freezes it."""
    plan = get_permitted(with_office(), pk, request.user, permissions.may_approve_plan)
    if request.method != "POST":
        return page_of(request, plan)
    form = ConfirmForm(request.POST, auto_id="approval-%s")
    if not form.is_valid():
        return page_of(request, plan, seal_form=form)
    try:
        services.approve_plan(plan, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("improvements:plan-approve", pk=pk)
    send_letters.delay_on_commit()
    messages.success(request, _("The plan is approved. The owners of its actions get a letter."))
    return redirect("improvements:plan-detail", pk=pk)


@login_required
@require_POST
def plan_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the plan back with a remark."""
    plan = get_permitted(with_office(), pk, request.user, permissions.may_approve_plan)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page_of(request, plan, return_form=form)
    try:
        services.return_plan(plan, reason=form.cleaned_data["reason"], by=signed_in(request))
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return page_of(request, plan, return_form=form)
    send_letters.delay_on_commit()
    messages.success(request, _("The plan is with the quality lead again, with your remark."))
    return redirect("improvements:plan-detail", pk=pk)


@login_required
@require_POST
def action_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve an action that came after the plan's approval."""
    actions = Action.objects.select_related("plan__office")
    action = get_permitted(actions, pk, request.user, permissions.may_approve_action)
    try:
        services.approve_action(action, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("%(code)s is approved.") % {"code": action.code})
    return redirect("improvements:action-detail", pk=pk)


def with_office() -> QuerySet[Plan]:
    """Plans with what the pages read of their office."""
    return Plan.objects.select_related("office", "assessment")


def page_of(
    request: HttpRequest, plan: Plan, *, seal_form: ConfirmForm | None = None, return_form: ReturnForm | None = None
) -> HttpResponse:
    """The director's page; forms that were refused come back with what was typed."""
    view = queries.plan_view(plan)
    found = queries.findings_view(plan.office)
    answered = sum(any(answer.plan_pk == plan.pk for answer in one.answers) for one in found)
    context = {
        "head": PageHead(
            plan.title,
            over=_("Improvement plan of %(office)s") % {"office": plan.office.name},
            state=shown.state_of_plan(plan),
            lead=plan.introduction,
            meta=_facts(plan),
        ),
        "crumbs": shown.crumbs_to_plan(plan, _("Approval")),
        "errors": _errors(seal_form, return_form),
        "stats": shown.approval_stats(view, answered=answered, found=len(found)),
        "briefs": shown.briefs_of(view),
        "seal": shown.approve_seal(view),
        "return_fields": FormFields(return_form or ReturnForm()),
        "return_url": reverse("improvements:plan-return", args=[plan.pk]),
    }
    wrong = seal_form is not None or return_form is not None
    return render(request, "improvements/plan_approve.html", context, status=WRONG if wrong else 200)


def _facts(plan: Plan) -> tuple[tuple[str, object], ...]:
    facts: list[tuple[str, object]] = [(_("Sent"), shown.sent_at(plan))]
    if plan.assessment is not None:
        facts.append((_("Answers"), plan.assessment.title))
    if plan.review_on:
        facts.append((_("Next review"), day(plan.review_on)))
    return tuple(facts)


def _errors(seal_form: ConfirmForm | None, return_form: ReturnForm | None) -> ErrorSummary | None:
    if seal_form is not None:
        faults = tuple(Fault(str(error), "approval-ok") for errors in seal_form.errors.values() for error in errors)
        return ErrorSummary(faults=faults)
    return None if return_form is None else ErrorSummary(return_form)
