"""The plan as a board: a column for each status."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements.components.board import board_of
from qms.improvements.components.plans import crumbs_to_plan, state_of_plan
from qms.improvements.models import Plan
from qms.improvements.permissions import may_read_plan
from qms.improvements.queries.board import board_rights
from qms.improvements.queries.plans import PlanView, plan_view
from qms.ui.components import Button, Empty, Link, Note, PageHead, Tabs


@never_cache
@login_required
@require_safe
def plan_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Every action as a card under its status; those who may move it do so here."""
    user = signed_in(request)
    plan = get_permitted(Plan.objects.select_related("office"), pk, user, may_read_plan)
    view = plan_view(plan)
    mine = {row.action.pk for row in view.mine(user.pk)}
    only_mine = request.GET.get("who") == "me"
    context = {
        "head": _head(view),
        "crumbs": crumbs_to_plan(plan, _("Board")),
        "tabs": _tabs(len(view.rows), len(mine), only_mine=only_mine) if mine else None,
        "note": _note(plan),
        "board": board_of(view, board_rights(user, view), only=mine if only_mine else None) if view.rows else None,
        "empty": _nothing(plan),
    }
    return render(request, "improvements/plan_board.html", context)


def _head(view: PlanView) -> PageHead:
    return PageHead(
        _("Board of actions"),
        over=view.plan.title,
        state=state_of_plan(view.plan),
        action=Button(_("The plan"), url=reverse("improvements:plan-detail", args=[view.plan.pk]), kind="secondary"),
    )


def _tabs(every: int, mine: int, *, only_mine: bool) -> Tabs:
    return Tabs(
        _("Whose actions"),
        (Link(_("All"), "?", not only_mine, str(every)), Link(_("Only mine"), "?who=me", only_mine, str(mine))),
    )


def _note(plan: Plan) -> Note | None:
    """Why no card can be moved."""
    if plan.stage == Plan.Stage.DRAFT:
        return Note(_("Cards can be moved when the director has approved the plan."), level=2)
    if plan.stage == Plan.Stage.APPROVAL:
        return Note(_("The plan waits for the director. Cards can be moved when it is approved."), level=2)
    if plan.stage == Plan.Stage.CLOSED:
        return Note(_("The plan is closed. The board shows how it ended."), level=2)
    return None


def _nothing(plan: Plan) -> Empty:
    return Empty(
        _("No action in this plan yet"),
        _("Actions stand here as cards under their status. The quality lead adds them, best from a finding."),
        Button(_("The plan"), url=reverse("improvements:plan-detail", args=[plan.pk]), kind="secondary"),
    )
