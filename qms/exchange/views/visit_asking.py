"""Asking to come: the request of an office for a study visit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.exchange import permissions
from qms.exchange.components import visits as shown
from qms.exchange.domain.visiting import days_ahead
from qms.exchange.forms.visits import AskForm
from qms.exchange.models import VisitOffer
from qms.exchange.queries import visits as queries
from qms.exchange.services import visits as services
from qms.lifecycle import Refused
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.ui.components import Button, Facts, Link, PageHead
from qms.ui.words import sentence

from .offers import crumbs as to_offer
from .visit_steps import METHODS, form_page


@login_required
@require_http_methods(METHODS)
def visit_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to come, in the name of an office that one leads or directs."""
    user, today = signed_in(request), timezone.localdate()
    offer = _offer_to_ask(request, pk)
    offices = queries.offices_to_ask(user, offer)
    if request.method != "POST" and (away := _elsewhere(request, offer, offices)):
        return away
    form = AskForm(
        request.POST or None,
        offices=offices,
        most=offer.people,
        days=days_ahead(offer.days, on=today),
        by_video=offer.online,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        office = form.cleaned_data["office"]
        try:
            visit = services.ask_to_come(offer, office=office, wish=form.wish_written(), by=user, on=today)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The host has your request. You get the answer by e-mail."))
            return redirect("exchange:visit", pk=visit.pk)
    is_closed = offer.closed_at is not None
    address = reverse("exchange:offer-list") if is_closed else reverse("exchange:offer", args=[offer.pk])
    head = PageHead(
        _("Ask to come"),
        over=offer.office.name,
        lead=_("The host reads your request, confirms a day or declines."),
        state=shown.offer_state(offer, on=today),
    )
    facts = Facts(
        (
            (_("What there is to see"), offer.title),
            (_("Guests"), shown.guests_words(offer)),
            (_("Visits"), shown.free_words(offer)),
        )
    )
    crumbs = to_offer(Link(offer.title, address), Link(head.title, ""))
    return form_page(request, form, head, Button(_("Send the request")), crumbs=crumbs, facts=facts, back=address)


def _offer_to_ask(request: HttpRequest, pk: int) -> VisitOffer:
    """The offer; one that was closed while somebody wrote still takes the form, and the service says so."""
    rows = queries.with_free(VisitOffer.objects.all())
    headed = roles_of(request.user).offices(roles.QUALITY_LEAD, roles.DIRECTOR)
    if request.method == "POST":
        offer = get_object_or_404(rows, pk=pk)
        if offer.closed_at is not None and any(office != offer.office_id for office in headed):
            return offer
    return get_permitted(rows, pk, request.user, permissions.may_ask_to_come)


def _elsewhere(request: HttpRequest, offer: VisitOffer, offices: Any) -> HttpResponse | None:
    """Where one is led who has asked already, or who comes too late."""
    if all(office.has_asked for office in offices) and (visit := queries.open_visit_of(offer, signed_in(request))):
        messages.info(request, _("Your office has asked already. This is the visit."))
        return redirect("exchange:visit", pk=visit.pk)
    if not shown.is_asked_for(offer, on=timezone.localdate()):
        messages.warning(request, _("One cannot ask any more: all visits are taken, or the last day has passed."))
        return redirect("exchange:offer", pk=offer.pk)
    return None
