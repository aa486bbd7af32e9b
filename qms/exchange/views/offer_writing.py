"""Writing, changing and closing offers of study visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.exchange import permissions
from qms.exchange.domain.visiting import days_ahead
from qms.exchange.forms.offers import DAYS, OfferForm
from qms.exchange.models import VisitOffer
from qms.exchange.queries import visits as queries
from qms.exchange.services import offers as services
from qms.frameworks.domain.framework import Framework, text
from qms.frameworks.models import Edition
from qms.goodpractices.queries.people import contacts_of
from qms.improvements.queries.forming import framework_of_office
from qms.lifecycle import Refused
from qms.offices.models import Office
from qms.ui.components import ErrorSummary, Link, PageHead
from qms.ui.words import sentence

from .offers import crumbs, headed_office, headed_offices

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_add(request: HttpRequest) -> HttpResponse:
    """Invite others to the office."""
    user, today = signed_in(request), timezone.localdate()
    office = headed_office(request)
    framework = framework_of_office(office)
    form = _form(request, office, framework, today=today)
    if request.method == "POST" and form.is_valid():
        code = framework.code if framework else ""
        try:
            offer = services.offer_visit(office, draft=form.draft(), framework=code, by=user, on=today)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Other offices see your offer now. Requests come by e-mail and to your tasks."))
            return redirect("exchange:offer", pk=offer.pk)
    head = PageHead(
        _("Invite others to us"),
        over=office.name,
        lead=_("Everybody who works on this platform reads it. You answer each request yourselves."),
    )
    others = [Link(one.short_name, f"?office={one.pk}", current=one == office) for one in headed_offices(user)]
    return _form_page(request, form, head, _("Invite"), others=others if len(others) > 1 else [])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the offer anew."""
    user, today = signed_in(request), timezone.localdate()
    # Closed while somebody wrote, it still takes the form: the service says why, and the text stays.
    may = _may_close if request.method == "POST" else permissions.may_change_offer
    offer = get_permitted(VisitOffer.objects.select_related("office__region"), pk, user, may)
    edition = Edition.objects.filter(code=offer.framework).first()
    form = _form(request, offer.office, edition.tree() if edition else None, today=today, offer=offer)
    if request.method == "POST" and form.is_valid():
        seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
        try:
            services.change_offer(offer, draft=form.draft(), by=user, on=today, seen=seen)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            form.see_anew(get_object_or_404(VisitOffer, pk=pk).updated_at.isoformat())
        else:
            messages.success(request, _("The offer is changed."))
            return redirect("exchange:offer", pk=pk)
    head = PageHead(_("Change the offer"), over=offer.office.name)
    return _form_page(request, form, head, _("Save"), offer=offer)


@login_required
@require_POST
def offer_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody ask any more."""
    offer = get_permitted(VisitOffer.objects.select_related("office"), pk, request.user, _may_close)
    services.close_offer(offer, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The offer is closed. Visits that are agreed stay as they are."))
    return redirect("exchange:offer", pk=pk)


def _may_close(user: Any, offer: VisitOffer) -> bool:
    # Closed twice, by two people or by two clicks, it is simply closed.
    return permissions.may_offer(user, offer.office)


def _form(
    request: HttpRequest, office: Office, framework: Framework | None, *, today: date, offer: VisitOffer | None = None
) -> OfferForm:
    language = get_language() or "pl"
    scored = framework.scored if framework else ()
    return OfferForm(
        request.POST or None,
        initial=_initial(offer, today) if offer else {"practice": request.GET.get("practice")},
        nodes=[(node.identifier, f"{node.identifier} {text(node.titles, language)}") for node in scored],
        practices=queries.practices_to_show(office),
        people=contacts_of(office),
        today=today,
        until=offer.open_until if offer else None,
    )


def _initial(offer: VisitOffer, today: date) -> dict[str, Any]:
    days = dict(zip(DAYS, days_ahead(offer.days, on=today), strict=False))
    names = ("title", "text", "practice", "nodes", "people", "allowed", "online", "open_until", "contact")
    return {name: getattr(offer, name) for name in names} | days | {"seen": offer.updated_at.isoformat()}


def _form_page(
    request: HttpRequest,
    form: OfferForm,
    head: PageHead,
    button: str,
    *,
    offer: VisitOffer | None = None,
    others: list[Link] | None = None,
) -> HttpResponse:
    back = reverse("exchange:offer", args=[offer.pk]) if offer else reverse("exchange:offer-list")
    way = (Link(offer.title, back),) if offer else ()
    context = {
        "form": form,
        "errors": ErrorSummary(form),
        "head": head,
        "crumbs": crumbs(*way, Link(head.title, "")),
        "button": button,
        "back": back,
        "others": others or [],
        "day_fields": [form[name] for name in DAYS],
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "exchange/offer_form.html", context, status=WRONG if wrong else 200)
