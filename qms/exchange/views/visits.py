"""Study visits: the list, one visit, its file for a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.accounts.models import User
from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.exchange import permissions
from qms.exchange.components import visits as shown
from qms.exchange.documents.visit import calendar_of
from qms.exchange.models import VisitRequest
from qms.exchange.queries import visits as queries
from qms.exchange.queries.visit_people import contact_of
from qms.offices import permissions as offices
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Empty, Facts, Link, PageHead, Pagination, Part, Tabs

Status = VisitRequest.Status
ROWS_ON_A_PAGE = 25


# --- The list --------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def visit_list(request: HttpRequest) -> HttpResponse:
    """Who comes to us, where we go, and for coordinators what happens in the region or the country."""
    user = signed_in(request)
    if not permissions.takes_part(user):
        raise PermissionDenied
    parts = queries.parts_of(user)
    asked = request.GET.get("part", "")
    part = asked if asked in parts else next((one for one, count in parts.items() if count), next(iter(parts)))
    page = Paginator(queries.visits_in(part, user), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    title = _titles()[part]
    context = {
        "head": PageHead(
            _("Study visits"),
            over=_("Experience sharing"),
            lead=_("Going to see how others do it, and receiving those who want to see it here."),
            action=Button(_("Find an office to visit"), url=reverse("exchange:offer-list")),
        ),
        "tabs": Tabs(
            _("Study visits"),
            tuple(
                Link(_titles()[one], f"?part={one}", current=one == part, count=str(count))
                for one, count in parts.items()
            ),
        ),
        "table": shown.visits_table(title, page, host=part != queries.HOSTING, guest=part != queries.GOING)
        if page.object_list
        else None,
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "empty": _empty(part),
        "crumbs": Crumbs((Link(_("Study visits"), ""),)),
    }
    return render(request, "exchange/visits.html", context)


def _titles() -> dict[str, str]:
    return {
        queries.HOSTING: _("Who comes to us"),
        queries.GOING: _("Where we go"),
        queries.AROUND: _("All visits"),
    }


def _empty(part: str) -> Empty:
    if part == queries.HOSTING:
        return Empty(
            _("Nobody has asked to come yet"),
            _("Requests appear here when another office wants to see what you offer."),
            Button(_("Our offers"), reverse("exchange:offer-list") + "?part=own", "secondary"),
        )
    if part == queries.GOING:
        return Empty(
            _("Your office has not asked to visit anybody yet"),
            _("The quality lead or the director asks another office to come and see; the host confirms a day."),
        )
    return Empty(_("No study visits yet"), _("They appear here as soon as an office asks another one to come."))


# --- One visit -------------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit as both sides see it: the request, the appointment, the report, the ratings; and the next step."""
    user, today = signed_in(request), timezone.localdate()
    visit = get_permitted(queries.visits_with_all(), pk, user, lambda _user, _visit: True)
    words = queries.words_of(visit)
    takes_part = permissions.may_cancel_visit(user, visit)
    context = {
        "visit": visit,
        "crumbs": crumbs(Link(visit.offer.title, "")),
        "head": _head(visit, user, today, set(words)),
        "way": shown.way_of(visit, words, on=today),
        "next": _next(visit, user, today, set(words)),
        "wished": numbers.day(visit.wished_on) if visit.wished_on else _("by arrangement"),
        "asked_on": numbers.day(visit.created_at),
        "held": _held(visit),
        "is_set": visit.status in (Status.CONFIRMED, Status.REPORTED),
        "calendar": _is_ahead(visit, today) and _takes_part(user, visit),
        "moves": _moves(visit, user, today),
        "said": shown.said_of(visit, words) if shown.is_over(visit, on=today) else (),
        "facts": _facts(visit),
        "cancels": takes_part and visit.status in (Status.ASKED, Status.CONFIRMED),
    }
    return render(request, "exchange/visit.html", context)


def _head(visit: VisitRequest, user: User, today: date, said: set[str]) -> PageHead:
    return PageHead(
        visit.offer.title,
        over=_("Study visit"),
        state=shown.state_of(visit),
        lead=_("%(guest)s visits %(host)s") % {"guest": visit.office.short_name, "host": visit.offer.office.short_name},
        action=_actions(visit, user, today, said) or None,
    )


def _actions(visit: VisitRequest, user: User, today: date, said: set[str]) -> tuple[Part, ...]:
    """The step that is due now, for whom it is open."""
    comes, receives = permissions.may_report_visit(user, visit), permissions.may_answer_visit(user, visit)
    if visit.status == Status.ASKED and receives:
        return (
            Button(_("Confirm a day"), url=_address("visit-confirm", visit)),
            Button(_("Decline"), url=_address("visit-decline", visit), kind="secondary"),
        )
    if not shown.is_over(visit, on=today):
        return ()
    if visit.status == Status.CONFIRMED and comes:
        return (Button(_("Write the report"), url=_address("visit-report", visit)),)
    if (comes and "guest" not in said) or (receives and "host" not in said):
        return (Button(_("Rate the visit"), url=_address("visit-rate", visit)),)
    return ()


def _next(visit: VisitRequest, user: User, today: date, said: set[str]) -> str:
    """What one waits for, where there is nothing to do."""
    if _actions(visit, user, today, said):
        return ""
    host, guest = visit.offer.office.short_name, visit.office.short_name
    if visit.status == Status.ASKED:
        return _("%(host)s will confirm a day or decline.") % {"host": host}
    if visit.status == Status.CONFIRMED and not shown.is_over(visit, on=today):
        return _("After the visit %(guest)s writes a short report, and both offices rate it.") % {"guest": guest}
    if visit.status == Status.CONFIRMED:
        return _("%(guest)s will write a short report.") % {"guest": guest}
    return ""


def _held(visit: VisitRequest) -> str:
    if visit.held_on is None:
        return ""
    day = numbers.weekday(visit.held_on)
    return f"{day}, {visit.held_at:%H:%M}" if visit.held_at else day


def _facts(visit: VisitRequest) -> Facts:
    contact = contact_of(visit.offer)
    host, guest = visit.offer.office, visit.office
    return Facts(
        (
            (_("Host"), f"{host.name}, {host.region.name}"),
            (_("Guests are received by"), contact.name if contact else _("the quality lead of the office")),
            (_("Guests"), f"{guest.name}, {guest.region.name}"),
            (_("Asked by"), visit.asked_by.name),
            (_("Offer"), Link(visit.offer.title, reverse("exchange:offer", args=[visit.offer_id]))),
        )
    )


def _is_ahead(visit: VisitRequest, today: date) -> bool:
    return shown.is_on(visit) and visit.held_on is not None and visit.held_on >= today


def _moves(visit: VisitRequest, user: User, today: date) -> bool:
    return visit.status == Status.CONFIRMED and _is_ahead(visit, today) and permissions.may_answer_visit(user, visit)


# --- Its file for a calendar ------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def visit_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmed visit as a file for the calendar of either side."""
    visit = get_permitted(queries.visits_with_all(), pk, request.user, _takes_part)
    if not shown.is_on(visit):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="visit-{visit.pk}.ics"'}
    return HttpResponse(calendar_of(visit), content_type="text/calendar; charset=utf-8", headers=headers)


def _takes_part(user: Any, visit: VisitRequest) -> bool:
    return offices.works_in(user, visit.office) or offices.works_in(user, visit.offer.office)


# --- Around the pages -------------------------------------------------------------------------------------------------


def crumbs(*way: Link) -> Crumbs:
    """The way from the list of visits to the page."""
    return Crumbs((Link(_("Study visits"), reverse("exchange:visit-list")), *way))


def _address(route: str, visit: VisitRequest) -> str:
    return reverse(f"exchange:{route}", args=[visit.pk])
