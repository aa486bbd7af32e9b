"""My actions, and the private address from which a calendar takes their days."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.letters import absolute
from qms.improvements.components import mine as shown
from qms.improvements.documents.calendar import calendar_of
from qms.improvements.queries import mine
from qms.improvements.queries.calendar import agenda_of, calendar_token, owner_of_calendar
from qms.improvements.services.calendar import renew_calendar
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Tabs

SOON = timedelta(days=30)
PARTS = ("own", "help")


@login_required
@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    """What this person owns or helps with, over all plans, late first."""
    user, today = signed_in(request), timezone.localdate()
    part = request.GET.get("part", "")
    every = mine.my_actions(user, on=today)
    chosen = [one for one in every if part not in PARTS or one.is_owner == (part == "own")]
    context = {
        "head": PageHead(
            _("My actions"),
            lead=shown.summary(every),
            action=Button(_("In my calendar"), url=reverse("improvements:calendar"), kind="secondary"),
        ),
        "crumbs": _crumbs(_("My actions")),
        "tabs": _tabs(every, part) if every else None,
        "lists": shown.lists_of(chosen, on=today, soon=today + SOON),
        "finished": shown.finished_of(mine.finished_by(user, on=today)),
        "empty": None if every else _nothing(),
    }
    return render(request, "improvements/my_actions.html", context)


def _tabs(every: tuple[mine.MyAction, ...], part: str) -> Tabs:
    own = sum(one.is_owner for one in every)
    choices = (("", _("All"), len(every)), ("own", _("I own"), own), ("help", _("I help"), len(every) - own))
    current = part if part in PARTS else ""
    links = [Link(label, f"?part={code}", current == code, str(count)) for code, label, count in choices]
    return Tabs(_("My part"), tuple(links))


def _nothing() -> Empty:
    return Empty(
        _("No action is yours yet"),
        _(
            "Here stand the actions that you own or help with, with their last days. "
            "The quality lead names owners and helpers in the improvement plan."
        ),
        Button(_("Improvement plans"), url=reverse("improvements:plan-list"), kind="secondary"),
    )


def _crumbs(title: str) -> Crumbs:
    return Crumbs((Link(_("Improvement plans"), reverse("improvements:plan-list")), Link(title, "")))


# --- The calendar ----------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The private address, what it brings, and how one makes a new one."""
    user, today = signed_in(request), timezone.localdate()
    token = calendar_token(user)
    address = absolute(reverse("improvements:calendar-feed", args=[token]))
    agenda = agenda_of(user)
    context = {
        "head": PageHead(
            _("My calendar"),
            lead=_("Your own calendar can follow the last days of your actions, tasks and plan reviews."),
        ),
        "crumbs": _crumbs(_("My calendar")),
        "address": address,
        "follow": f"webcal://{address.partition('://')[2]}",
        "events": shown.events_of(agenda, on=today),
        "count": shown.counted(agenda),
        "renew": reverse("improvements:calendar-renew"),
    }
    return render(request, "improvements/calendar.html", context)


@login_required
@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make the old address void."""
    user = signed_in(request)
    renew_calendar(user, by=user)
    messages.success(request, _("This is your new address. The old one leads nowhere now; change it in your calendar."))
    return redirect("improvements:calendar")


@never_cache
@require_safe
def calendar_feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for whoever knows the address; nothing where the address is void."""
    user = owner_of_calendar(token)
    if user is None:
        raise Http404
    content = calendar_of(agenda_of(user), reader=user)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="plans.ics"',
            "X-Robots-Tag": "noindex, nofollow",
            "Referrer-Policy": "no-referrer",
        },
    )
