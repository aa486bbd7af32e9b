"""The jury of a round: who sits in it, for which categories, who leaves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.jury import permissions
from qms.jury.components import pool as shown
from qms.jury.forms.pool import JurorAddForm, JurorForm, LeaveForm
from qms.jury.models import Juror
from qms.jury.queries import pool as queries
from qms.jury.services import pool as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@never_cache
@login_required
@require_safe
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Jurors, pools by category, exclusions with their reasons."""
    at = timezone.now()
    found = _round(request, pk)
    jury, closed = queries.pool_of(found, at), found.is_closed(at)
    phases = queries.phases_of(found)
    context = {
        "crumbs": shown.crumbs_of(found),
        "head": shown.pool_head(found, jury, at),
        "steps": shown.phases_way(found, phases, at) if phases else None,
        "needs": shown.needs_table(jury.needs, closed=closed) if jury.needs else None,
        "seats": shown.seats_table(jury.seats, closed=closed) if jury.seats else None,
        "empty": Empty(_("Nobody sits in this jury yet"), _("Add people who hold the role of a juror.")),
        "exclusions": shown.exclusions_table(jury),
    }
    return render(request, "jury/pool.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def juror_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one of the people with a juror's role a seat."""
    at = timezone.now()
    found = _round(request, pk)
    people = queries.candidates(found)
    form = JurorAddForm(request.POST or None, round=found, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            juror = services.add_juror(found, user=form.user_chosen, draft=form.draft, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            said = _("%(sign)s %(name)s sits in the jury. A letter tells it.")
            messages.success(request, said % {"sign": juror.sign, "name": juror.user.name})
            return redirect("jury:pool", pk=pk)
    lead = _("A juror first promises to be impartial, then declares conflicts of interest, and only then reads.")
    has_people = people.exists()
    invite = Button(_("Invite a juror"), url=reverse("offices:jurors"), kind="secondary")
    head = PageHead(_("Add a juror"), over=found.title, lead=lead, action=invite if has_people else None)
    nobody = Empty(_("Nobody to choose from"), _("Invite people as jurors first."), invite)
    more = {} if has_people else {"empty": nobody}
    return _page(request, form, found, head, _("Add the juror"), more)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def juror_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Categories of a juror, and whether the person chairs."""
    at = timezone.now()
    juror = _juror(request, pk)
    form = JurorForm(request.POST or None, round=juror.round, juror=juror)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_juror(juror, draft=form.draft, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The seat was saved."))
            return redirect("jury:pool", pk=juror.round_id)
    return _seat_page(request, juror, form, LeaveForm(prefix="leave"))


@login_required
@require_POST
def juror_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the seat up, with the reason."""
    at = timezone.now()
    juror = _juror(request, pk)
    leaving = LeaveForm(request.POST, prefix="leave")
    if leaving.is_valid():
        try:
            services.leave(juror, reason=leaving.cleaned_data["reason"], by=signed_in(request), at=at)
        except Refused as refusal:
            leaving.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The juror has left. The ballots ended; what was scored stays in the file."))
            return redirect("jury:pool", pk=juror.round_id)
    return _seat_page(request, juror, JurorForm(round=juror.round, juror=juror), leaving)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)


def _juror(request: HttpRequest, pk: int) -> Juror:
    rows = Juror.objects.select_related("round__programme", "user")
    return get_permitted(rows, pk, request.user, permissions.may_run)


def _seat_page(request: HttpRequest, juror: Juror, form: JurorForm, leaving: LeaveForm) -> HttpResponse:
    seated = juror.left_at is None
    more: dict[str, Any] = {
        "leaving": leaving,
        "leave": reverse("jury:juror-leave", args=[juror.pk]),
        "is_open": leaving.is_bound,
        "seat": juror.pk,
    }
    if not seated:
        gone = _("This seat is given up. Add the juror again to give it back.")
        more = {"empty": Empty(gone, juror.left_reason)}
    return _page(request, form, juror.round, shown.juror_head(juror), _("Save"), more)


def _page(
    request: HttpRequest, form: JurorForm, found: Round, head: PageHead, button: str, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "crumbs": shown.crumbs_of(found, Link(head.title, "")),
        "head": head,
        "form": form,
        "button": button,
        "back": reverse("jury:pool", args=[found.pk]),
        **more,
    }
    wrong = any(one is not None and one.is_bound and one.errors for one in (form, more.get("leaving")))
    return render(request, "jury/pool_form.html", context, status=WRONG if wrong else 200)
