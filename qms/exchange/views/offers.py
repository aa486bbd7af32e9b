"""Offers of study visits: the list, one offer, writing and closing one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.exchange import permissions
from qms.exchange.components import visits as shown
from qms.exchange.domain.visiting import days_ahead
from qms.exchange.forms.offers import SiftForm
from qms.exchange.models import VisitOffer
from qms.exchange.queries import visits as queries
from qms.exchange.queries.visit_people import contact_of
from qms.goodpractices.queries.catalogue import lexicon
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of
from qms.offices.queries import current_office, offices_of
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination, Tabs

if TYPE_CHECKING:
    from qms.accounts.models import User

WRONG = 422
ROWS_ON_A_PAGE = 20


# --- The list --------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    """Who invites others, narrowed by subcriterion, kind, region and video; or the own offers."""
    user, today = signed_in(request), timezone.localdate()
    if not permissions.takes_part(user):
        raise PermissionDenied
    own, headed = roles_of(user).offices(), headed_offices(user)
    is_own = bool(own) and request.GET.get("part") == "own"
    known = lexicon()
    asked = asked_in(request)
    found = queries.offers_open(asked, on=today)
    rows = queries.offers_of(user) if is_own else found.rows
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    sift = SiftForm(
        request.GET or None,
        nodes=shown.node_choices(found.nodes, known),
        kinds=[(kind, str(Office.Kind(kind).label)) for kind in found.kinds],
        regions=found.regions.items(),
    )
    invite = Button(_("Invite others to us"), url=reverse("exchange:offer-add")) if headed else None
    context = {
        "head": PageHead(
            _("Study visits: who invites"),
            over=_("Experience sharing"),
            lead=_("Offices that show how they do it. Ask to come; the host confirms a day."),
            action=invite,
        ),
        "crumbs": crumbs(),
        "tabs": _tabs(found.count, user, is_own=is_own) if own else None,
        "sift": None if is_own or not found.count else sift,
        "is_sifted": any((asked.node, asked.kind, asked.region, asked.online)),
        "lines": shown.offer_lines(page, lexicon=known, on=today, asks=bool(headed), own=own),
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "empty": _empty(invite, is_own=is_own, is_sifted=bool(found.count)),
    }
    return render(request, "exchange/offers.html", context)


def asked_in(request: HttpRequest) -> queries.Asked:
    """What the address narrows the list to."""
    asked = request.GET
    return queries.Asked(
        asked.get("node", ""), asked.get("kind", ""), asked.get("region", ""), bool(asked.get("online"))
    )


def _tabs(count: int, user: User, *, is_own: bool) -> Tabs:
    own = queries.offers_of(user).count()
    return Tabs(
        _("Offers"),
        (
            Link(_("All offices"), reverse("exchange:offer-list"), current=not is_own, count=str(count)),
            Link(_("Our offers"), "?part=own", current=is_own, count=str(own)),
        ),
    )


def _empty(invite: Button | None, *, is_own: bool, is_sifted: bool) -> Empty:
    if is_own:
        return Empty(
            _("Your office has not invited anybody yet"),
            _("The quality lead or the director invites others: what there is to see, when, and for how many guests."),
            invite,
        )
    if is_sifted:
        text = _("Take a filter away, or ask for help with a subcriterion: offices that are strong there are told.")
        return Empty(
            _("No offer fits"), text, Button(_("Show all offers"), reverse("exchange:offer-list"), "secondary")
        )
    return Empty(
        _("Nobody invites at the moment"),
        _("Here stand the offices that show others how they work. Any office may invite at any time."),
        invite,
    )


# --- One offer -------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def offer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: what there is to see, when, for how many, and what guests think of it."""
    user, today = signed_in(request), timezone.localdate()
    rows = queries.with_free(VisitOffer.objects.select_related("contact"))
    offer = get_permitted(rows, pk, user, permissions.takes_part)
    own_visit = queries.open_visit_of(offer, user)
    receives = offices.works_in(user, offer.office)
    practice = queries.practice_of(offer)
    contact = contact_of(offer)
    visits = queries.visits_in(queries.HOSTING, user).filter(offer=offer) if receives else None
    context = {
        "offer": offer,
        "crumbs": crumbs(Link(offer.title, "")),
        "head": _head(offer, user, today, has_asked=own_visit is not None),
        "own_visit": None if own_visit is None else reverse("exchange:visit", args=[own_visit.pk]),
        "days": [numbers.weekday(day) for day in days_ahead(offer.days, on=today)],
        "nodes": shown.node_words(offer, lexicon()),
        "practice": None if practice is None else Link(practice.title, practice.get_url(request) or ""),
        "contact": contact.name if contact else _("the quality lead of the office"),
        "useful": shown.usefulness_words(queries.usefulness_of(offer)),
        "visits": shown.guests_table(_("Visits to this offer"), visits) if visits else None,
        "receives": receives,
        "closes": permissions.may_change_offer(user, offer),
    }
    return render(request, "exchange/offer.html", context)


def _head(offer: Any, user: User, today: date, *, has_asked: bool) -> PageHead:
    meta: list[tuple[str, object]] = [
        (_("Guests"), shown.guests_words(offer)),
        (_("Visits"), shown.free_words(offer)),
        (_("How guests come"), _("on the spot or by video") if offer.online else _("on the spot")),
    ]
    if offer.open_until:
        meta.append((_("One may ask until"), numbers.day(offer.open_until)))
    action = None
    if permissions.may_change_offer(user, offer):
        action = Button(_("Change the offer"), url=reverse("exchange:offer-edit", args=[offer.pk]), kind="secondary")
    elif permissions.may_ask_to_come(user, offer) and shown.is_asked_for(offer, on=today) and not has_asked:
        action = Button(_("Ask to come"), url=reverse("exchange:visit-ask", args=[offer.pk]))
    return PageHead(
        offer.title,
        over=f"{offer.office.name}, {offer.office.region.name}",
        state=shown.offer_state(offer, on=today),
        meta=tuple(meta),
        action=action,
    )


# --- Around the pages -------------------------------------------------------------------------------------------------


def headed_offices(user: User) -> list[Office]:
    """The offices that the person leads or directs."""
    return [one for one in offices_of(user).select_related("region") if permissions.may_offer(user, one)]


def headed_office(request: HttpRequest) -> Office:
    """The headed office that the address names, else the current one; 404 for another's, 403 without any."""
    user = signed_in(request)
    headed = headed_offices(user)
    if asked := request.GET.get("office", ""):
        if not asked.isdecimal():
            raise Http404
        return get_permitted(Office.objects.select_related("region"), int(asked), user, permissions.may_offer)
    if not headed:
        raise PermissionDenied
    here = current_office(user, request.session.get("office"))
    return next((one for one in headed if one == here), headed[0])


def crumbs(*way: Link) -> Crumbs:
    """The way from the list of offers to the page."""
    return Crumbs((Link(_("Study visits"), reverse("exchange:visit-list")), *_to_offers(way)))


def _to_offers(way: tuple[Link, ...]) -> tuple[Link, ...]:
    return (Link(_("Who invites"), reverse("exchange:offer-list") if way else ""), *way)
