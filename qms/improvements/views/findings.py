"""Findings of an office: the list, an own one, setting aside, and the way into an action."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.improvements import permissions, queries, services
from qms.improvements.components import findings as shown
from qms.improvements.forms.findings import DismissForm, FindingForm
from qms.improvements.models import Finding, Plan
from qms.improvements.queries import FindingView
from qms.improvements.queries.forming import framework_of_office
from qms.improvements.queries.lists import plans_that_take_actions
from qms.lifecycle import Refused
from qms.offices import permissions as offices
from qms.offices.models import Office
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination, Say
from qms.ui.words import sentence

WRONG = 422
ROWS_ON_A_PAGE = 20


@login_required
@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """What instruments and people found, and which action answers it."""
    office = office_of(request)
    found = queries.findings_view(office)
    handles = permissions.may_handle_findings(request.user, office)
    asked, source = request.GET.get("show", ""), request.GET.get("source", "")
    part = asked if asked in shown.SHOWN else shown.OPEN
    source = source if source in Finding.Source.values else ""
    add = shown.add_button(office) if handles else None
    rows = shown.narrowed(found, shown=part, source=source)
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "head": PageHead(
            _("Findings"),
            over=office.short_name,
            lead=_("What self-assessments and people found, the gravest first, and which action answers it."),
            action=add,
        ),
        "crumbs": crumbs(_("Findings")),
        "handles": handles,
        "stats": shown.stats_of(found),
        "tabs": shown.tabs_of(found, shown=part, source=source, office=office),
        "sources": shown.sources_of(found, shown=part, source=source, office=office),
        "rows": [shown.row_of(one, office, number=at, handles=handles) for at, one in enumerate(page)],
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "plans": plans_that_take_actions(office) if handles else [],
        "answer_url": reverse("improvements:finding-answer") + f"?office={office.pk}",
        "empty": None if found else _empty(add),
    }
    return render(request, "improvements/finding_list.html", context)


def _empty(add: Button | None) -> Empty:
    text = _(
        "Here stand the areas for improvement and the low or disputed scores of the latest approved self-assessment. "
        "They appear when the director has approved one. The quality lead can add own observations at any time."
    )
    return Empty(_("No findings yet"), text, add)


@login_required
@require_POST
def finding_answer(request: HttpRequest) -> HttpResponse:
    """A proposed action, filled in from what was ticked; without a plan, one in preparation is opened for it."""
    plan = _plan_asked(request)
    office = plan.office if plan else office_of(request, handles=True)
    only = request.POST.get("only")
    keys = [only] if only else request.POST.getlist("key") or request.GET.getlist("key")
    try:
        action = services.answer_in_plan(office, keys, plan=plan, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect(_list_url(office))
    messages.success(
        request, _("%(code)s stands in the plan, filled in from the finding. Complete it.") % {"code": action.code}
    )
    return redirect("improvements:action-edit", pk=action.pk)


def _plan_asked(request: HttpRequest) -> Plan | None:
    asked = request.POST.get("plan") or request.GET.get("plan")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    plans = Plan.objects.select_related("office", "assessment")
    return get_permitted(plans, asked, request.user, permissions.may_add_action)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_add(request: HttpRequest) -> HttpResponse:
    """An own observation."""
    office = office_of(request, handles=True)
    framework = framework_of_office(office)
    form = FindingForm(request.POST or None, framework=framework)
    if request.method == "POST" and form.is_valid():
        code = framework.code if framework else ""
        services.add_finding(office, by=signed_in(request), framework=code, **form.cleaned_data)
        messages.success(request, _("The finding stands in the list."))
        return redirect(_list_url(office))
    head = PageHead(
        _("Add an own finding"),
        over=office.short_name,
        lead=_("Something that no instrument tells yet: a complaint, an idea of a colleague, a remark of an audit."),
    )
    return _form_page(request, form, head, _("Add"), office)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_dismiss(request: HttpRequest) -> HttpResponse:
    """Set a finding aside, with the reason."""
    office = office_of(request, handles=True)
    one = _finding_told(office, request.GET.get("key", ""))
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.dismiss(office, one.key, reason=reason, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The finding is set aside; its reason stands beside it."))
            return redirect(_list_url(office))
    head = PageHead(_("Set a finding aside"), over=office.short_name)
    said = Say(one.title, "area", over=" · ".join(part for part in (one.node, one.instrument) if part))
    return _form_page(request, form, head, _("Set aside"), office, said=said)


def _finding_told(office: Office, key: str) -> FindingView:
    for one in queries.findings_view(office):
        if one.key == key:
            return one
    raise Http404


@login_required
@require_POST
def finding_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what was set aside."""
    finding = get_permitted(Finding.objects.select_related("office"), pk, request.user, _may_handle)
    services.restore(finding, by=signed_in(request))
    messages.success(request, _("The finding is open again."))
    return redirect(_list_url(finding.office))


@login_required
@require_POST
def finding_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an own observation that no action uses."""
    finding = get_permitted(Finding.objects.select_related("office"), pk, request.user, _may_handle)
    try:
        services.delete_finding(finding, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The finding is deleted."))
    return redirect(_list_url(finding.office))


def _may_handle(user: object, finding: Finding) -> bool:
    return permissions.may_handle_findings(user, finding.office)


# --- Around the pages -------------------------------------------------------------------------------------------------


def office_of(request: HttpRequest, *, handles: bool = False) -> Office:
    """The office that the address names, else the current one; 404 where the person heads none like it."""
    own = list(offices_of(request.user))
    headed = [one for one in own if offices.leads(request.user, one) or offices.directs(request.user, one)]
    asked = request.GET.get("office")
    if asked:
        chosen = next((one for one in own if str(one.pk) == asked), None)
        if chosen is None:
            raise Http404
    else:
        here = current_office(request.user, request.session.get("office"))
        chosen = here if here in headed else next(iter(headed), None)
    if chosen is None or chosen not in headed:
        raise PermissionDenied
    if handles and not permissions.may_handle_findings(request.user, chosen):
        raise PermissionDenied
    return chosen


def crumbs(*labels: str, office: Office | None = None) -> Crumbs:
    """The way from the list of plans to the page."""
    links = [Link(_("Improvement plans"), reverse("improvements:plan-list"))]
    if office is not None:
        links.append(Link(_("Findings"), _list_url(office)))
    return Crumbs((*links, *(Link(label, "") for label in labels)))


def _list_url(office: Office) -> str:
    return reverse("improvements:finding-list") + f"?office={office.pk}"


def _form_page(
    request: HttpRequest,
    form: FindingForm | DismissForm,
    head: PageHead,
    button: str,
    office: Office,
    *,
    said: Say | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "head": head,
        "said": said,
        "button": button,
        "back": _list_url(office),
        "crumbs": crumbs(head.title, office=office),
    }
    status = WRONG if form.is_bound and form.errors else 200
    return render(request, "improvements/finding_form.html", context, status=status)
