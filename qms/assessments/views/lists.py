"""All assessments that a person may open, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.accounts.models import User
from qms.accounts.permissions import signed_in
from qms.assessments import permissions, queries
from qms.assessments.components.lists import panel_title, state_of, steps_of, table_of
from qms.assessments.models import Assessment
from qms.core.permissions import get_permitted
from qms.offices.queries import offices_of
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination
from qms.ui.numbers import moment

ROWS_ON_A_PAGE = 25
Stage = Assessment.Stage


@login_required
@require_safe
def assessment_list(request: HttpRequest) -> HttpResponse:
    """The assessments this person may open, newest first."""
    page = Paginator(queries.assessments_listed(signed_in(request)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    leads = [office for office in offices_of(request.user) if permissions.may_open(request.user, office)]
    start = Button(_("Start a self-assessment"), url=reverse("assessments:assessment-start")) if leads else None
    context = {
        "head": PageHead(
            _("Self-assessment"),
            lead=_("Each member of the group scores alone; then the group agrees, and the director approves."),
            action=start,
        ),
        "table": table_of(list(page.object_list)) if page.paginator.count else None,
        "pagination": Pagination(page, request.GET),
        "empty": Empty(
            _("No self-assessment yet"),
            _(
                "Here stand the self-assessments of your office with their state and results. "
                "The quality lead starts one; members of the group get a letter with the way to their sheet."
            ),
            start,
        ),
    }
    return render(request, "assessments/assessment_list.html", context)


@login_required
@require_safe
def assessment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the assessment stands, what comes next, and who does it."""
    assessment = get_permitted(
        Assessment.objects.select_related("office__region", "edition"), pk, request.user, permissions.may_see
    )
    user = signed_in(request)
    sees_progress = permissions.may_see_progress(user, assessment)
    progress = queries.progress_of(assessment) if sees_progress else None
    context: dict[str, Any] = {
        "assessment": assessment,
        "crumbs": Crumbs(
            (
                Link(_("Self-assessment"), reverse("assessments:assessment-list")),
                Link(assessment.title, ""),
            )
        ),
        "head": PageHead(
            assessment.title,
            over=f"{assessment.office.short_name}, {assessment.year}",
            state=state_of(assessment),
            meta=_facts(assessment),
            action=_next_step(user, assessment),
        ),
        "steps": steps_of(assessment, progress),
        "progress": progress,
        "manages": permissions.may_manage(user, assessment),
        "chairs": permissions.may_moderate(user, assessment),
        "sheet": queries.own_sheet_of(assessment, user),
        "reads_results": permissions.may_read_results(user, assessment),
        "evidence": permissions.may_add_evidence(user, assessment),
        "in_draft": assessment.stage == Stage.DRAFT,
        "in_scoring": assessment.stage == Stage.INDIVIDUAL,
    }
    return render(request, "assessments/assessment_detail.html", context)


def _facts(assessment: Assessment) -> tuple[tuple[str, object], ...]:
    facts: list[tuple[str, object]] = [
        (_("Framework"), assessment.edition.title_in(get_language() or "pl")),
        (_("Way of scoring"), panel_title(assessment)),
        (_("Scope"), assessment.unit or _("the whole office")),
    ]
    if assessment.approved_at:
        facts.append((_("Approved"), moment(assessment.approved_at)))
    return tuple(facts)


def _next_step(user: User, assessment: Assessment) -> Button | None:
    """The one thing this person does next; most people have one."""
    here = [assessment.pk]
    sheet = queries.own_sheet_of(assessment, user)
    if assessment.stage == Stage.DRAFT and permissions.may_manage(user, assessment):
        return Button(_("Compose the group"), url=reverse("assessments:assessment-group", args=here))
    if sheet is not None and permissions.may_score(user, sheet):
        return Button(_("Open my sheet"), url=reverse("assessments:sheet", args=[sheet.pk]))
    if assessment.stage == Stage.INDIVIDUAL and permissions.may_moderate(user, assessment):
        return Button(_("Begin the consensus"), url=reverse("assessments:consensus-begin", args=here))
    if assessment.stage == Stage.CONSENSUS and permissions.may_see_divergence(user, assessment):
        return Button(_("Open the consensus"), url=reverse("assessments:consensus", args=here))
    if permissions.may_read_results(user, assessment):
        label = _("Read and approve") if permissions.may_approve(user, assessment) else _("See the results")
        return Button(label, url=reverse("assessments:results", args=here))
    return None
