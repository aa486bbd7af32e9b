"""Taking practices over, and drafting practices from finished actions and agreed strengths."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.goodpractices.models import PracticePage
from qms.improvements import permissions
from qms.improvements.components.practices import strength_rows
from qms.improvements.forms.practices import AdoptForm
from qms.improvements.models import Action
from qms.improvements.queries.actions import with_plan
from qms.improvements.queries.adoptions import plans_to_adopt_into
from qms.improvements.queries.strengths import strength_of, strengths_of
from qms.improvements.services.adoption import adopt_practice
from qms.improvements.services.drafting import practice_from_action as draft_from_action
from qms.improvements.services.drafting import practice_from_strength as draft_from_strength
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
ROWS_ON_A_PAGE = 25


# --- Taking over -----------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the plan; the practice becomes a proposed action in it."""
    rows = PracticePage.objects.select_related("office__region", "locale")
    practice = get_permitted(rows, pk, request.user, permissions.may_adopt)
    plans = plans_to_adopt_into(signed_in(request))
    form = AdoptForm(request.POST or None, plans=plans)
    if request.method == "POST" and form.is_valid():
        plan = form.cleaned_data["plan"]
        if not permissions.may_adopt_into(request.user, plan):
            raise PermissionDenied
        try:
            action = adopt_practice(plan, practice=practice, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The practice is an action of your plan now. Give it an owner and days."))
            return redirect("improvements:action-edit", pk=action.pk)
    context = {
        "practice": practice,
        "form": form,
        "crumbs": _crumbs_to(request, practice),
        "head": PageHead(_("We adopt this"), over=practice.title, lead=practice.summary),
        "has_plans": bool(plans),
        "indicator": practice.results.order_by("sort_order", "pk").first(),
        "empty": Empty(
            _("Your office has no open plan"),
            _("A practice is taken over as an action of an improvement plan. Begin a plan first; then come back."),
            Button(_("Begin a plan"), reverse("improvements:plan-start")),
        ),
        "back": practice.get_url(request) or "/",
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "improvements/practice_adopt.html", context, status=WRONG if wrong else 200)


def _crumbs_to(request: HttpRequest, practice: PracticePage) -> Crumbs:
    library = practice.get_parent()
    way = (Link(library.title, library.get_url(request) or ""), Link(practice.title, practice.get_url(request) or ""))
    return Crumbs((*way, Link(_("We adopt this"), "")))


# --- Drafting --------------------------------------------------------------------------------------------------------


@login_required
@require_POST
def practice_from_action(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in the library from what the action says; the one that is there, when asked again."""
    rows = with_plan()
    action: Action = get_permitted(rows, pk, request.user, permissions.may_draft_from_action)
    try:
        practice = draft_from_action(action, language=_language(), by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("improvements:practice-draft", pk=pk)
    return redirect("goodpractices:edit", pk=practice.pk)


@login_required
@require_safe
def strengths(request: HttpRequest) -> HttpResponse:
    """The agreed strengths of the office, each with a button that makes a draft of it."""
    office, led = _office(request)
    page = Paginator(strengths_of(office), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "offices": [
            Link(one.short_name or one.name, f"?office={one.pk}", current=one == office) for one in led if len(led) > 1
        ],
        "rows": strength_rows(page.object_list),
        "pagination": Pagination(page, request.GET),
        "crumbs": Crumbs((Link(office.short_name or office.name, _address(office)), Link(_("Strengths"), ""))),
        "head": PageHead(
            _("Practices from your strengths"),
            over=office.name,
            lead=_(
                "What your latest approved self-assessment calls a strength may help others. Make a draft of it; you "
                "add what you did, what it cost and what changed."
            ),
        ),
        "empty": Empty(
            _("No agreed strengths yet"),
            _("They appear here once a self-assessment of your office is approved."),
            Button(_("To the self-assessments"), reverse("assessments:assessment-list"), "secondary"),
        ),
    }
    return render(request, "improvements/strengths.html", context)


@login_required
@require_POST
def practice_from_strength(request: HttpRequest, office: int) -> HttpResponse:
    """A draft in the library from one agreed strength; the one that is there, when asked again."""
    user = signed_in(request)
    place = get_permitted(Office.objects.select_related("region"), office, user, permissions.may_draft_from_strengths)
    strength = strength_of(place, request.POST.get("strength", ""))
    if strength is None:
        messages.error(request, _("This strength does not stand in your latest approved self-assessment any more."))
        return redirect(reverse("improvements:strengths") + f"?office={place.pk}")
    try:
        practice = draft_from_strength(place, strength=strength, language=_language(), by=user)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect(reverse("improvements:strengths") + f"?office={place.pk}")
    return redirect("goodpractices:edit", pk=practice.pk)


def _office(request: HttpRequest) -> tuple[Office, list[Office]]:
    """The office that is asked for, else the current one: one whose strengths the person may draft from."""
    user = signed_in(request)
    led = [one for one in offices_of(user) if permissions.may_draft_from_strengths(user, one)]
    asked = request.GET.get("office", "")
    if asked:
        if not asked.isdecimal():
            raise Http404
        return get_permitted(Office, int(asked), user, permissions.may_draft_from_strengths), led
    if not led:
        raise PermissionDenied
    here = current_office(user, request.session.get("office"))
    chosen = here if here is not None and here in led else led[0]
    return chosen, led


def _address(office: Office) -> str:
    return reverse("offices:office-detail", args=[office.slug])


def _language() -> str:
    return (get_language() or "pl")[:2]
