"""Plans: the list, opening one, its frame, closing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import permissions, services
from qms.improvements.components.plans import crumbs_to_plan, plans_table, state_of_plan
from qms.improvements.forms.plans import CloseForm, PlanForm
from qms.improvements.models import Plan
from qms.improvements.queries.lists import latest_assessment, plans_listed, rows_of
from qms.lifecycle import Refused
from qms.offices import permissions as offices
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Empty, Note, PageHead, Pagination
from qms.ui.words import sentence

from .findings import crumbs

ROWS_ON_A_PAGE = 25
WRONG = 422
FRAME = ("title", "year", "introduction", "currency", "assessment", "review_on")


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that this person may read, newest first."""
    plans = plans_listed(signed_in(request), on=timezone.localdate())
    page = Paginator(plans, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    own = list(offices_of(request.user))
    leads = any(permissions.may_open_plan(request.user, office) for office in own)
    heads = leads or any(offices.directs(request.user, office) for office in own)
    context = {
        "head": PageHead(
            _("Improvement plans"),
            lead=_("A finding becomes an action, somebody does it, and the next measurement says whether it worked."),
            action=_ways(leads=leads, heads=heads),
        ),
        "table": plans_table(rows_of(page.object_list)) if page.paginator.count else None,
        "pagination": Pagination(page, request.GET),
        "empty": Empty(
            _("No improvement plan yet"),
            _(
                "Here stand the plans of your office with their state. The quality lead begins one from the findings "
                "of the approved self-assessment; the director approves it."
            ),
            Button(_("See the findings"), url=reverse("improvements:finding-list")) if heads else None,
        ),
    }
    return render(request, "improvements/plan_list.html", context)


def _ways(*, leads: bool, heads: bool) -> tuple[Button, ...] | None:
    ways = []
    if leads:
        ways.append(Button(_("Begin a plan"), url=reverse("improvements:plan-start")))
    if heads:
        url = reverse("improvements:finding-list")
        ways.append(Button(_("Findings"), url=url, kind="secondary" if leads else "primary"))
    return tuple(ways) or None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_start(request: HttpRequest) -> HttpResponse:
    """A new plan; its actions come on the next pages."""
    led = [office for office in offices_of(request.user) if permissions.may_open_plan(request.user, office)]
    if not led:
        raise PermissionDenied
    today = timezone.localdate()
    here = current_office(request.user, request.session.get("office"))
    asked = next((office for office in led if str(office.pk) == request.GET.get("office")), None)
    office = asked or (here if here in led else led[0])
    initial = {
        "office": office,
        "title": _("Improvement plan %(year)s") % {"year": today.year},
        "year": today.year,
        "assessment": latest_assessment(office),
        "currency": Plan.Currency.PLN,
    }
    form = PlanForm(request.POST or None, initial=initial, offices=led)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            plan = services.open_plan(facts.pop("office", led[0]), by=signed_in(request), **facts)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The plan is open. Choose the findings that it answers."))
            return redirect(reverse("improvements:finding-list") + f"?office={plan.office_id}")
    context = {
        "form": form,
        "crumbs": crumbs(_("Begin")),
        "head": PageHead(
            _("Begin an improvement plan"),
            lead=_("Nobody is written to yet. You make actions from the findings, then send the plan to the director."),
        ),
        "button": _("Begin and choose findings"),
        "back": reverse("improvements:plan-list"),
    }
    return render(request, "improvements/plan_form.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, year, introduction, currency, review; after approval only the review."""
    plan = get_permitted(
        Plan.objects.select_related("office", "assessment"), pk, request.user, permissions.may_add_action
    )
    initial = {name: getattr(plan, name) for name in FRAME}
    form = PlanForm(request.POST or None, initial=initial, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_plan(plan, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The plan was saved."))
            return redirect("improvements:plan-detail", pk=pk)
    lead = _("The director has approved the plan; only the day of its review changes now.") if plan.is_approved else ""
    context = {
        "form": form,
        "crumbs": crumbs_to_plan(plan, _("Settings")),
        "head": PageHead(_("Settings of the plan"), over=plan.title, lead=lead),
        "button": _("Save"),
        "back": reverse("improvements:plan-detail", args=[pk]),
    }
    return render(request, "improvements/plan_form.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last step: what the plan has brought."""
    plan = get_permitted(Plan.objects.select_related("office"), pk, request.user, permissions.may_close_plan)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        conclusion = form.cleaned_data["conclusion"]
        try:
            services.close_plan(plan, conclusion=conclusion, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The plan is closed."))
            return redirect("improvements:plan-detail", pk=pk)
    context = {
        "form": form,
        "crumbs": crumbs_to_plan(plan, _("Close")),
        "head": PageHead(_("Close the plan"), over=plan.title, state=state_of_plan(plan)),
        "notes": _before_closing(plan),
        "back": reverse("improvements:plan-detail", args=[pk]),
    }
    return render(request, "improvements/plan_close.html", context, status=_status(form))


def _before_closing(plan: Plan) -> tuple[Note, ...]:
    """What is still open, and which finished actions have no verdict."""
    notes = []
    still = ", ".join(action.code for action in plan.actions.open().order_by("number"))
    if still:
        text = _("Not done or stopped yet: %(actions)s.") % {"actions": still}
        notes.append(Note(text, _("The plan cannot be closed yet"), "warn", level=2))
    unmeasured = plan.actions.filter(status="done", effect__isnull=True).order_by("number")
    if codes := ", ".join(action.code for action in unmeasured):
        text = _("Done without a stated effect: %(actions)s. It can be stated after closing too.") % {"actions": codes}
        notes.append(Note(text, level=2))
    return tuple(notes)


def _status(form: PlanForm | CloseForm) -> int:
    return WRONG if form.is_bound and form.errors else 200
