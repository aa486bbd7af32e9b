"""“For you”: the way to one's office's page, and what is missing before it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.exchange.components.missing import empty_of, no_office
from qms.exchange.models import OfficePage
from qms.exchange.permissions import may_read_page_of, may_set_aside
from qms.exchange.queries.for_you import front_page, library_page, newest_edition, office_pages_seen, standing_of
from qms.exchange.services import setting_aside
from qms.offices import permissions as offices
from qms.offices.models import Office
from qms.offices.queries import current_office
from qms.ui.components import Crumbs, Link, PageHead


@login_required
@require_safe
def for_you(request: HttpRequest) -> HttpResponse:
    """The office's page in the newest edition under way; a page that says what is missing where there is none."""
    office = _office(request)
    if office is None:
        return _offices(request)
    standing = standing_of(office)
    if standing.page is not None:
        return redirect(standing.page.get_url(request) or "/")
    may_start = offices.leads(request.user, office)
    empty = empty_of(standing, may_start=may_start, library=_library(request))
    return _answer(request, over=office.short_name or office.name, empty=empty)


def _library(request: HttpRequest) -> str:
    page = library_page()
    return page.get_url(request) or "" if page else ""


def _office(request: HttpRequest) -> Office | None:
    asked = request.GET.get("office")
    if asked is None:
        return current_office(request.user, request.session.get("office"))
    if not asked.isdecimal():
        raise Http404
    rows = Office.objects.select_related("region")
    return get_permitted(rows, int(asked), request.user, may_read_page_of)


def _offices(request: HttpRequest) -> HttpResponse:
    """The pages of the offices that a coordinator accompanies."""
    edition = newest_edition()
    pages = office_pages_seen(edition, request.user) if edition else []
    links = [Link(page.title, page.get_url(request) or "") for page in pages]
    if not links:
        return _answer(request, empty=no_office(edition, library=_library(request)))
    head = PageHead(_("Pages of offices"), over=edition.title if edition else "", lead=_("What each of them reads."))
    return _answer(request, head=head, links=links)


def _answer(request: HttpRequest, *, over: str = "", head: PageHead | None = None, **parts: Any) -> HttpResponse:
    lead = _("Your weakest subcriteria, and the practices and offices that fit them best.")
    head = head or PageHead(_("For your office"), over=over or _("Experience sharing"), lead=lead)
    front = front_page()
    links = (Link(front.title, front.get_url(request) or ""),) if front else ()
    crumbs = Crumbs((*links, Link(head.title, "")))
    return render(request, "exchange/for_you.html", {"head": head, "crumbs": crumbs, **parts})


# --- “Not for us” -----------------------------------------------------------------------------------------------------


@login_required
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose this practice for this subcriterion no more."""
    page = _page(request, pk)
    setting_aside.set_aside(page.office, **_about(request), by=signed_in(request))
    messages.success(request, _("Set aside. At the next build something else takes its place; you may take it back."))
    return _back(request, page)


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be proposed again."""
    page = _page(request, pk)
    if setting_aside.take_back(page.office, **_about(request), by=signed_in(request)):
        messages.success(request, _("It is proposed to you again."))
    return _back(request, page)


def _page(request: HttpRequest, pk: int) -> OfficePage:
    rows = OfficePage.objects.live().select_related("office__region", "locale")
    return get_permitted(rows, pk, request.user, lambda user, page: may_set_aside(user, page.office))


def _about(request: HttpRequest) -> dict[str, Any]:
    """What is set aside: a practice for a subcriterion of a framework."""
    try:
        practice = UUID(request.POST.get("practice", ""))
    except ValueError:
        raise Http404 from None
    framework, node = request.POST.get("framework", ""), request.POST.get("node", "")
    if not framework or not node or len(framework) > 60 or len(node) > 40:
        raise Http404
    return {"practice": practice, "framework": framework, "node": node}


def _back(request: HttpRequest, page: OfficePage) -> HttpResponse:
    node = request.POST.get("node", "").replace(".", "-")
    return redirect(f"{page.get_url(request) or '/'}#need-{node}")
