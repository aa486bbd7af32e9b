"""Adding an action, completing or changing it, deleting a proposal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import permissions, services
from qms.improvements.components.forming import WeighingPanel, clash_of, sections_of
from qms.improvements.components.plans import crumbs_to_plan
from qms.improvements.forms.actions import ActionForm, facts_of
from qms.improvements.models import Action, Plan
from qms.improvements.queries.forming import choices_of
from qms.improvements.services import ActionFacts
from qms.lifecycle import Refused
from qms.ui.components import DataTable, ErrorSummary, Note, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new action of this plan."""
    plans = Plan.objects.select_related("office", "assessment__edition")
    plan = get_permitted(plans, pk, request.user, permissions.may_add_action)
    initial = {"kind": Action.Kind.PROCESS, "client": Action.Client.EXTERNAL, "findings": request.GET.getlist("key")}
    form = ActionForm(request.POST or None, choices=choices_of(plan), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            action = services.add_action(plan, facts=ActionFacts(**form.facts), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("%(code)s stands in the plan.") % {"code": action.code})
            return _after(request, action)
    head = PageHead(_("Add an action"), over=plan.title, lead=_lead_of(plan))
    return _page(request, form, plan, head)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or change what the action is; what somebody else changed meanwhile is shown beside it."""
    actions = Action.objects.select_related("plan__office", "plan__assessment__edition", "owner", "left_by")
    action = get_permitted(actions, pk, request.user, permissions.may_change_action)
    choices = choices_of(action.plan, action)
    initial = facts_of(action) | {"version": action.version}
    form = ActionForm(request.POST or None, choices=choices, action=action, initial=initial)
    # A wrong form keeps the version that it was made from; after a conflict it takes the one shown beside it.
    clash, read = None, posted_version(request) or action.version
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            action = services.change_action(
                action, facts=ActionFacts(**form.facts), version=version, by=signed_in(request)
            )
        except services.Conflict as conflict:
            form.add_error(None, sentence(conflict))
            clash, read = clash_of(conflict.stored, facts_of(conflict.stored), form), conflict.stored.version
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("%(code)s was saved.") % {"code": action.code})
            return _after(request, action)
    head = PageHead(action.title, over=f"{action.code}, {action.plan.title}", lead=_lead_of(action.plan))
    return _page(request, form, action.plan, head, action=action, clash=clash, version=read)


@login_required
@require_POST
def action_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a proposal of a plan in preparation."""
    actions = Action.objects.select_related("plan__office")
    action = get_permitted(actions, pk, request.user, permissions.may_change_action)
    code = action.code
    try:
        services.delete_action(action, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("improvements:action-edit", pk=pk)
    messages.success(request, _("%(code)s is deleted; its findings are open again.") % {"code": code})
    return redirect("improvements:plan-detail", pk=action.plan_id)


# --- The page ---------------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    form: ActionForm,
    plan: Plan,
    head: PageHead,
    *,
    action: Action | None = None,
    clash: DataTable | None = None,
    version: int = 0,
) -> HttpResponse:
    back = "action-detail" if action and plan.is_approved else "plan-detail"
    target = action.pk if action and plan.is_approved else plan.pk
    deletes = action is not None and plan.stage == Plan.Stage.DRAFT and action.status == Action.Status.PROPOSED
    wrong = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "head": head,
        "crumbs": crumbs_to_plan(plan, action.code if action else _("Add an action")),
        "errors": ErrorSummary(form) if wrong else None,
        "notes": _notes(action),
        "clash": clash,
        "version": version,
        "sections": sections_of(form, plan.currency),
        "weighing": WeighingPanel.of_action(action) if action else WeighingPanel.of_form(form.weighing),
        "back": reverse(f"improvements:{back}", args=[target]),
        "delete_url": reverse("improvements:action-delete", args=[action.pk]) if action and deletes else "",
    }
    return render(request, "improvements/action_edit.html", context, status=WRONG if wrong else 200)


def _after(request: HttpRequest, action: Action) -> HttpResponse:
    """On to the plan, or back to the form to see the priority."""
    if "stay" in request.POST:
        return redirect(reverse("improvements:action-edit", args=[action.pk]) + "#priority")
    if action.plan.is_approved:
        return redirect("improvements:action-detail", pk=action.pk)
    return redirect("improvements:plan-detail", pk=action.plan_id)


def posted_version(request: HttpRequest) -> int:
    """The version from which the posted form was made; 0 where none was posted."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else 0


def _lead_of(plan: Plan) -> str:
    if plan.is_approved:
        return _("The plan is approved: a new action awaits the director's approval, changes are written in the log.")
    return _("Owner and due day are needed before the plan goes to the director; the rest can wait.")


def _notes(action: Action | None) -> tuple[Note, ...]:
    if action is None or action.left_by is None:
        return ()
    text = _("%(name)s, who owned this action, has left the office. Choose a new owner.")
    return (Note(text % {"name": action.left_by.name}, _("Without an owner"), "warn", level=2),)
