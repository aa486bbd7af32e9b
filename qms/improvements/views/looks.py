"""The plan's own page: head, matrix, table, timeline; its tables to take away; judging from the matrix."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.spreadsheets import write_csv, write_xlsx
from qms.improvements import permissions, services, sheets
from qms.improvements.components import looks
from qms.improvements.filters import LEAVES_OUT, PlanFilter
from qms.improvements.forms.weighing import PlaceForm, WeighForm
from qms.improvements.models import Action, Plan
from qms.improvements.queries import PlanView, plan_view
from qms.improvements.queries.findings import findings_view
from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.components import Empty, ErrorSummary, Link, Note, Pagination, Picked, Tabs
from qms.ui.words import sentence

PAGE_SIZE = 50
WRONG, CLASH = 422, 409
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def with_office() -> QuerySet[Plan]:
    """Plans with what every look at them reads."""
    return Plan.objects.select_related("office", "assessment")


def with_plan() -> QuerySet[Action]:
    """Actions with the plan to whose page they lead back."""
    return Action.objects.select_related("plan__office", "plan__assessment")


@login_required
@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: how far it is, what comes first, who does what until when, what came of it."""
    plan = get_permitted(with_office(), pk, request.user, permissions.may_read_plan)
    view = plan_view(plan)
    asked = request.GET.get("weigh", "")
    weighed = next((row.action for row in view.rows if str(row.action.pk) == asked), None)
    form = WeighForm.of(weighed) if weighed is not None and _may_weigh(request, weighed) else None
    return _page(request, view, weighed=weighed, form=form)


def _may_weigh(request: HttpRequest, action: Action) -> bool:
    return permissions.may_change_action(request.user, action)


def _page(
    request: HttpRequest,
    view: PlanView,
    *,
    weighed: Action | None = None,
    form: WeighForm | None = None,
    clash: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    plan, ways = view.plan, _ways(request, view.plan)
    context: dict[str, Any] = {
        "plan": plan,
        "crumbs": looks.crumbs_of_plan(plan),
        "head": looks.head_of_plan(view, ways),
        "tabs": looks.tabs_of_plan(plan, ways),
        "notes": looks.notes_of(view),
        "errors": ErrorSummary(form) if form is not None and form.is_bound and form.errors else None,
        "stats": looks.stats_of_plan(view, _coverage(view, ways)),
        "empty": None if view.rows else _nothing(plan, ways),
        "matrix": looks.matrix_of(view, number=_("Figure 1")),
        "wins": looks.wins_of(view),
        "unjudged": looks.unjudged_of(view),
        **_weighing(request, view, weighed=weighed, form=form, clash=clash),
        **_table(request, view),
    }
    return render(request, "improvements/plan_detail.html", context, status=status)


def _ways(request: HttpRequest, plan: Plan) -> looks.Ways:
    user = request.user
    return looks.Ways(
        add=permissions.may_add_action(user, plan),
        send=permissions.may_send_plan(user, plan) and plan.actions.exists(),
        approve=permissions.may_approve_plan(user, plan),
        close=permissions.may_close_plan(user, plan),
        manage=permissions.may_manage_plan(user, plan),
        hand_over=permissions.may_hand_over(user, plan),
        findings=permissions.may_handle_findings(user, plan.office),
    )


def _coverage(view: PlanView, ways: looks.Ways) -> looks.Coverage | None:
    """How many findings of the office are answered: told to who handles them, while the plan is open."""
    if not ways.findings or not view.plan.is_open:
        return None
    found = findings_view(view.plan.office)
    return looks.Coverage(sum(one.is_answered for one in found), sum(one.is_open for one in found))


def _nothing(plan: Plan, ways: looks.Ways) -> Empty:
    address = reverse("improvements:finding-list") + f"?office={plan.office_id}"
    return Empty(
        _("This plan has no actions yet"),
        _(
            "Here stand the actions of the office: what is done first, who does it until when, and what came of it. "
            "The quality lead answers findings of the self-assessment with actions, or adds an action of another kind."
        ),
        Link(_("Choose findings to answer"), address) if ways.findings and ways.add else None,
    )


def _weighing(
    request: HttpRequest, view: PlanView, *, weighed: Action | None, form: WeighForm | None, clash: Note | None
) -> dict[str, Any]:
    """The form that moves an action in the matrix, and the list from which one chooses it."""
    movable = [row.action for row in view.rows if row.action.status != Action.Status.STOPPED]
    if not movable or not _may_weigh(request, movable[0]):
        return {"movable": []}
    return {"movable": movable, "weighed": weighed, "weigh_form": form, "clash": clash, "own": _own(weighed)}


def _own(action: Action | None) -> str:
    return f"{action.code} {action.title}" if action else ""


def _table(request: HttpRequest, view: PlanView) -> dict[str, Any]:
    """The actions that were asked for, a page of them in groups, and the same ones along the time."""
    user_id = request.user.pk
    base = reverse("improvements:plan-detail", args=[view.plan.pk])
    asked = PlanFilter(request.GET, view=view, user_id=user_id, base=base)
    rows = asked.rows()
    groups = looks.groups_of(rows, view, by=asked.grouping)
    page = Paginator(range(sum(len(group.rows) for group in groups)), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = looks.page_of_groups(groups, page.start_index() - 1 if groups else 0, page.end_index())
    drawn = tuple({row.action.pk: row for group in shown for row in group.rows}.values())
    return {
        "filter": asked,
        "layouts": _layouts(asked, view, user_id),
        "picked": Picked(chips) if (chips := asked.chips()) else None,
        "table": looks.table_of_actions(shown, view, by=asked.grouping) if shown else None,
        "pagination": Pagination(page, request.GET) if groups and request.method == "GET" else None,
        "timeline": looks.timeline_of(drawn, view.on, number=_("Figure 2")),
        "reset": asked.address(**dict.fromkeys(LEAVES_OUT)) + "#actions",
    }


def _layouts(asked: PlanFilter, view: PlanView, user_id: int | None) -> Tabs:
    mine = len(view.mine(user_id))
    names = {"status": _("By status"), "criterion": _("By criterion"), "owner": _("By owner")}
    links = [
        Link(label, asked.address(by=name, mine=None) + "#actions", not asked.is_mine and asked.grouping == name)
        for name, label in names.items()
    ]
    if mine or asked.is_mine:
        links.append(Link(_("Only mine"), asked.address(mine="1") + "#actions", asked.is_mine, count=str(mine)))
    return Tabs(_("Layout of the actions"), tuple(links))


# --- Judging from the matrix -----------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the action; what cannot be taken comes back on the plan's page with everything that was chosen."""
    action = get_permitted(with_plan(), pk, request.user, permissions.may_change_action)
    if request.method != "POST":
        return _back(action, f"?weigh={action.pk}")
    form = WeighForm(request.POST)
    if not form.is_valid():
        return _page(request, plan_view(action.plan), weighed=action, form=form, status=WRONG)
    version, user = form.cleaned_data["version"], signed_in(request)
    try:
        moved = services.weigh_action(action, judgements=form.judgements, version=version, by=user)
    except services.Conflict as conflict:
        stored = conflict.stored
        clash = Note(sentence(conflict), _stands(stored), "bad", live=True)
        again = form.against(stored)
        return _page(request, plan_view(action.plan), weighed=stored, form=again, clash=clash, status=CLASH)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _judged(moved))
    return _back(action)


@login_required
@require_POST
def action_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the action to where its point was dropped."""
    action = get_permitted(with_plan(), pk, request.user, permissions.may_change_action)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The point was dropped outside the matrix. Nothing was changed."))
        return _back(action)
    try:
        moved = services.place_action(action, **form.cleaned_data, by=signed_in(request))
    except services.Conflict as conflict:
        changed = _("Somebody else changed this action meanwhile; your move was not taken.")
        messages.error(request, f"{changed} {_stands(conflict.stored)}.")
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _judged(moved))
    return _back(action)


def _stands(action: Action) -> str:
    said = {"code": action.code, **_figures(action)}
    return _("%(code)s stands now at importance %(importance)s, feasibility %(feasibility)s") % said


def _judged(action: Action) -> str:
    said = {"code": action.code, **_figures(action)}
    return _("%(code)s: importance %(importance)s, feasibility %(feasibility)s.") % said


def _figures(action: Action) -> dict[str, str]:
    weighing = action.weighing
    return {
        "importance": numbers.figure(weighing.importance, 1),
        "feasibility": numbers.figure(weighing.feasibility, 1),
    }


def _back(action: Action, query: str = "") -> HttpResponse:
    return redirect(reverse("improvements:plan-detail", args=[action.plan_id]) + f"{query}#matrix")


# --- To take away ----------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def plan_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions that the page shows, as CSV in the reader's language."""
    return _sent(request, pk, "csv")


@never_cache
@login_required
@require_safe
def plan_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions that the page shows, as XLSX."""
    return _sent(request, pk, "xlsx")


def _sent(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    plan = get_permitted(with_office(), pk, request.user, permissions.may_read_plan)
    view = plan_view(plan)
    headers = sheets.plan_headers()
    rows = sheets.plan_rows(view, PlanFilter(request.GET, view=view, user_id=request.user.pk).rows())
    if kind == "csv":
        content, content_type = write_csv(headers, rows), "text/csv; charset=utf-8"
    else:
        content, content_type = write_xlsx(sheets.plan_title(view), headers, rows), XLSX
    name = f"plan-{plan.office.slug}-{plan.year}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )
