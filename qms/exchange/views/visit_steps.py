"""The steps of a study visit: confirm, decline, call off, report, rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.exchange import permissions
from qms.exchange.components import visits as shown
from qms.exchange.forms.visits import ConfirmForm, RateForm, ReasonForm, ReportForm
from qms.exchange.models import VisitRequest
from qms.exchange.queries import visits as queries
from qms.exchange.services import visit_words as words
from qms.exchange.services import visits as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Facts, Link, PageHead
from qms.ui.words import sentence

from .visits import crumbs as to_visit

if TYPE_CHECKING:
    from qms.ui.forms import Form

WRONG = 422
METHODS = ["GET", "HEAD", "POST"]
Status = VisitRequest.Status


# --- Answering, calling off ------------------------------------------------------------------------------------------


@login_required
@require_http_methods(METHODS)
def visit_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when and where the guests are awaited; of a confirmed visit change it."""
    visit, today = _visit(request, pk, permissions.may_answer_visit), timezone.localdate()
    moves = visit.status == Status.CONFIRMED
    if request.method != "POST" and not moves and visit.status != Status.ASKED:
        return _meanwhile(request, visit)
    initial: dict[str, Any] = {"held_on": visit.held_on or visit.wished_on}
    initial |= {"held_at": visit.held_at, "place": visit.place, "answer": visit.answer}
    form = ConfirmForm(request.POST or None, initial=initial, today=today)

    def act() -> None:
        appointment = form.appointment()
        services.confirm_visit(visit, appointment=appointment, by=signed_in(request), on=today)

    title = _("Change day or place") if moves else _("Confirm the visit")
    done = _("The visit is confirmed; the guests get a letter with day and place.")
    return _step(
        request, visit, form, act, Said(title=title, button=Button(_("Confirm") if not moves else _("Save")), done=done)
    )


@login_required
@require_http_methods(METHODS)
def visit_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    visit = _visit(request, pk, permissions.may_answer_visit)
    if request.method != "POST" and visit.status != Status.ASKED:
        return _meanwhile(request, visit)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.decline_visit(visit, reason=form.cleaned_data["reason"], by=signed_in(request))

    button = Button(_("Decline the visit"), kind="danger")
    done = _("The visit is declined; the guests get your reason by e-mail.")
    return _step(request, visit, form, act, Said(title=_("Decline the visit"), button=button, done=done))


@login_required
@require_http_methods(METHODS)
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the visit off, from either side."""
    visit = _visit(request, pk, permissions.may_cancel_visit)
    if request.method != "POST" and visit.status not in (Status.ASKED, Status.CONFIRMED):
        return _meanwhile(request, visit)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.cancel_visit(visit, reason=form.cleaned_data["reason"], by=signed_in(request))

    button = Button(_("Call the visit off"), kind="danger")
    done = _("The visit is called off; the other office gets your reason by e-mail.")
    return _step(request, visit, form, act, Said(title=_("Call the visit off"), button=button, done=done))


# --- Afterwards ------------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(METHODS)
def visit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The guests' short report; then they rate the visit."""
    visit = _visit(request, pk, permissions.may_report_visit)
    if request.method != "POST" and visit.status != Status.CONFIRMED:
        return _meanwhile(request, visit)
    if request.method != "POST" and not shown.is_over(visit, on=timezone.localdate()):
        return _too_early(request, visit)
    form = ReportForm(request.POST or None)

    def act() -> None:
        now = timezone.now()
        words.report_visit(visit, by=signed_in(request), at=now, on=timezone.localdate(now), **form.cleaned_data)

    done = _("The host reads your report now. Say in one more step how useful the visit was.")
    button = Button(_("Send the report"))
    return _step(
        request,
        visit,
        form,
        act,
        Said(title=_("Report on the visit"), button=button, done=done, then="exchange:visit-rate"),
    )


@login_required
@require_http_methods(METHODS)
def visit_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """How useful the visit was for one side."""
    visit = _visit(request, pk, permissions.may_cancel_visit)
    comes = permissions.may_report_visit(request.user, visit)
    receives = permissions.may_answer_visit(request.user, visit)
    mine = ("guest",) * comes + ("host",) * receives
    left = queries.sides_left(visit, mine)
    if request.method != "POST" and not shown.is_on(visit):
        return _meanwhile(request, visit)
    if request.method != "POST" and not shown.is_over(visit, on=timezone.localdate()):
        return _too_early(request, visit)
    if request.method != "POST" and not left:
        messages.info(request, _("Your office has rated this visit already."))
        return redirect("exchange:visit", pk=pk)
    form = RateForm(request.POST or None, initial={"side": left[0] if left else ""})

    def act() -> None:
        found = form.cleaned_data
        side = found["side"] if found["side"] in mine else mine[0]
        facts = {"rating": found["rating"], "words": found["words"]}
        words.rate_visit(visit, side=side, by=signed_in(request), on=timezone.localdate(), **facts)

    done = _("Thank you. Both offices and the coordinators read it.")
    lead = _("The other office and the coordinators read it. Others see only a mean, from five ratings on.")
    return _step(
        request, visit, form, act, Said(title=_("Rate the visit"), button=Button(_("Save")), done=done, lead=lead)
    )


# --- What the steps share --------------------------------------------------------------------------------------------


def _visit(request: HttpRequest, pk: int, predicate: Callable[[Any, VisitRequest], bool]) -> VisitRequest:
    return get_permitted(queries.visits_with_all(), pk, request.user, predicate)


def _meanwhile(request: HttpRequest, visit: VisitRequest) -> HttpResponse:
    """A step that is not open any more: the page of the visit, with what became of it."""
    messages.warning(request, gettext(services.MEANWHILE[Status(visit.status)]))
    return redirect("exchange:visit", pk=visit.pk)


def _too_early(request: HttpRequest, visit: VisitRequest) -> HttpResponse:
    messages.warning(request, gettext(words.AHEAD))
    return redirect("exchange:visit", pk=visit.pk)


@dataclass(frozen=True, slots=True)
class Said:
    """What the page of a step says: its title, its button, and what is told when it is done."""

    title: str
    button: Button
    done: str
    lead: str = ""
    then: str = "exchange:visit"


def _step(request: HttpRequest, visit: VisitRequest, form: Form, act: Callable[[], None], said: Said) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, said.done)
            return redirect(said.then, pk=visit.pk)
    address = reverse("exchange:visit", args=[visit.pk])
    head = PageHead(said.title, over=visit.offer.title, lead=said.lead)
    crumbs = to_visit(Link(visit.offer.title, address), Link(said.title, ""))
    return form_page(
        request, form, head, said.button, crumbs=crumbs, facts=_facts(visit), back=address, wish=visit.wish
    )


def _facts(visit: VisitRequest) -> Facts:
    return Facts(
        (
            (_("Guests"), visit.office.name),
            (_("Host"), visit.offer.office.name),
            (_("How many"), str(visit.people)),
            (_("Day"), shown.day_words(visit)),
        )
    )


def form_page(
    request: HttpRequest, form: Form, head: PageHead, button: Button, *, back: str, **more: Any
) -> HttpResponse:
    """A form beside what it is about; what is wrong in it is said with everything that was typed."""
    context = {"form": form, "head": head, "button": button, "back": back, **more}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "exchange/visit_form.html", context, status=WRONG if wrong else 200)
