"""Experiences of participants: telling, taking back, taking the name off, leaving out, showing again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.exchange import permissions
from qms.exchange.components import meetings as shown
from qms.exchange.domain.gathering import gathers
from qms.exchange.forms.meetings import KIND, NAME, ExperienceForm, LeaveOutForm
from qms.exchange.models import Experience, Meeting
from qms.exchange.queries import meetings as reads
from qms.exchange.queries.speakers import stands_for
from qms.exchange.services import experiences as services
from qms.lifecycle import Refused
from qms.offices.queries import offices_of
from qms.ui.components import Button, Link, PageHead
from qms.ui.words import sentence

if TYPE_CHECKING:
    from qms.accounts.models import User

WRONG, TOO_LATE = 422, 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what helped and what hindered, or change it until the gathering closes."""
    held = get_permitted(reads.with_edition(), pk, request.user, permissions.may_look_back)
    form = _form(request, held)
    if not _gathers(held):
        return _too_late(request, held, form)
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_experience(held, **form.told, by=signed_in(request), on=timezone.localdate())
        except Refused as refusal:
            held.refresh_from_db()
            if not _gathers(held):
                return _too_late(request, held, form)
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Thank you. You can change it until the gathering closes."))
            return redirect("exchange:meeting", pk=pk)
    lead = _("Why we ask: the next programme should be easier. One experience of each participant; write what you can.")
    head = PageHead(_("Tell your experience"), over=held.title, lead=lead)
    return _form_page(request, form, head, Button(_("Save")), held)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an experience out of the page, and say why."""
    one = get_permitted(reads.with_meeting(), pk, request.user, permissions.may_leave_out)
    form = LeaveOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.leave_out(one, reason=reason, by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("It is left out; who told it gets your reason by e-mail."))
            return redirect("exchange:meeting", pk=one.meeting_id)
    lead = _("It leaves the page at once. It stays here, and you can show it again.")
    head = PageHead(_("Leave an experience out"), over=one.meeting.title, lead=lead)
    item = shown.told_item(one, reads.rows_of([one])[one.pk], ways=())
    return _form_page(request, form, head, Button(_("Leave it out"), kind="danger"), one.meeting, item=item)


@login_required
@require_POST
def experience_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an experience again."""

    def show(one: Experience, user: User) -> str:
        services.show_again(one, by=user)
        return _("It stands on the page again.")

    return _step(request, pk, permissions.may_leave_out, show)


@login_required
@require_POST
def experience_unname(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the office's name off, at once, also from the published page."""

    def take_off(one: Experience, user: User) -> str:
        services.take_name_off(one, by=user)
        return _("The name of the office is off; the words stay.")

    return _step(request, pk, permissions.may_take_name_off, take_off)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own experience back, at once, also from the published page; asked once."""

    def take_back(one: Experience, user: User) -> str:
        services.take_back(one, by=user)
        return _("Your experience is taken back and stands nowhere any more.")

    if request.method == "POST":
        return _step(request, pk, permissions.may_take_back, take_back)
    one = get_permitted(reads.with_meeting(), pk, request.user, permissions.may_take_back)
    lead = _("Your words leave the platform at once, also the published page. They cannot be brought back.")
    head = PageHead(_("Take your experience back"), over=one.meeting.title, lead=lead)
    item = shown.told_item(one, reads.rows_of([one])[one.pk], ways=())
    return _form_page(request, None, head, Button(_("Take it back for good"), kind="danger"), one.meeting, item=item)


def _step(
    request: HttpRequest,
    pk: int,
    predicate: Callable[[object, Experience], bool],
    step: Callable[[Experience, User], str],
) -> HttpResponse:
    one = get_permitted(reads.with_meeting(), pk, request.user, predicate)
    try:
        messages.success(request, step(one, signed_in(request)))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect("exchange:meeting", pk=one.meeting_id)


# --- What these pages share -------------------------------------------------------------------------------------------


def _gathers(held: Meeting) -> bool:
    return gathers(held.state, held.closes_on, timezone.localdate())


def _form(request: HttpRequest, held: Meeting) -> ExperienceForm:
    user = signed_in(request)
    own, told = offices_of(user), reads.told_by(user, held)
    first: dict[str, object] = {"shown_as": KIND}
    if told is not None:
        first = {name: getattr(told, name) for name in ("office", "helped", "hindered", "advice", "role")}
        first["shown_as"] = NAME if told.by_name else KIND
    offices = list(own)
    words = stands_for(offices[0]) if len(offices) == 1 else _("the kind of the office")
    return ExperienceForm(request.POST or None, initial=first, offices=own, stands_for=words)


def _too_late(request: HttpRequest, held: Meeting, form: ExperienceForm) -> HttpResponse:
    back = Button(_("Back to the meeting"), url=reverse("exchange:meeting", args=[held.pk]), kind="secondary")
    if request.method != "POST":
        messages.info(request, _("The gathering of experiences is closed."))
        return redirect("exchange:meeting", pk=held.pk)
    head = PageHead(
        _("The gathering was closed meanwhile"),
        over=held.title,
        lead=_("Your experience was not saved. Here are your texts, so that nothing is lost."),
    )
    fields = ("helped", "hindered", "advice", "role")
    texts = [(form[name].label, request.POST[name]) for name in fields if request.POST.get(name)]
    context = {"head": head, "crumbs": _crumbs(held, head.title), "texts": texts, "back": back}
    return render(request, "exchange/too_late.html", context, status=TOO_LATE)


def _form_page(
    request: HttpRequest,
    form: ExperienceForm | LeaveOutForm | None,
    head: PageHead,
    button: Button,
    held: Meeting,
    *,
    item: shown.ToldItem | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "head": head,
        "button": button,
        "about": "" if item else held.text,
        "item": item,
        "back": reverse("exchange:meeting", args=[held.pk]),
        "crumbs": _crumbs(held, head.title),
    }
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, "exchange/experience_form.html", context, status=WRONG if wrong else 200)


def _crumbs(held: Meeting, title: str) -> object:
    return shown.crumbs(Link(held.title, reverse("exchange:meeting", args=[held.pk])), Link(title, ""))
