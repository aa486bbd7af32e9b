"""A juror takes the seat, declares on offices, and declares a conflict later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.components.hours import moment_of
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.views.lists import page_of
from qms.jury import permissions
from qms.jury.components.juror import Kept, told_table
from qms.jury.components.reading import crumbs_of_juror
from qms.jury.forms.declaring import ConflictForm, DeclareForm, PromiseForm
from qms.jury.models import Exclusion, Juror
from qms.jury.queries import access, desk
from qms.jury.services import declaring as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, ErrorSummary, Field, Link, Note, PageHead, Pagination, Seal
from qms.ui.words import sentence

CLASH, WRONG = 409, 422
METHODS = ["GET", "HEAD", "POST"]
ROWS = 50


@never_cache
@login_required
@require_http_methods(METHODS)
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """What a juror promises; with the tick the seat is taken."""
    at, seat = timezone.now(), _seat(request, pk)
    form = PromiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.promise(seat, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Thank you. You have taken your seat."))
            return redirect("jury:declare", pk=pk)
    title = _("Promise of a juror")
    context = {
        "head": PageHead(title, over=seat.round.title, lead=_("Before you see who applied, you promise four things.")),
        "crumbs": crumbs_of_juror(Link(title, "")),
        "promises": _promises(),
        "seal": _seal(pk) if seat.accepted_at is None else None,
        "given": moment_of(seat.round, seat.accepted_at) if seat.accepted_at else "",
        "errors": ErrorSummary(form) if form.errors else None,
        "next": reverse("jury:declare", args=[pk]),
    }
    return render(request, "jury/promise.html", context, status=WRONG if form.errors else 200)


def _promises() -> tuple[str, ...]:
    return (
        _("I judge by what the application and the visit show, and by nothing else."),
        _("I say at once when something ties me to an office: work, family, money, dispute."),
        _("I tell nobody outside the jury what I read, what I score and what is decided, also after the round."),
        _("I score alone. Until all scores are in I do not ask other jurors for theirs."),
    )


def _seal(pk: int) -> Seal:
    return Seal(
        _("Take your seat"),
        (_("your promise with its moment, in the protocol of the jury"),),
        (_("the organiser and the other jurors: your name"), _("offices that applied: nothing of what you score")),
        reverse("jury:promise", args=[pk]),
        _("I promise all this."),
        Button(_("Take the seat")),
        ident="promise",
    )


@never_cache
@login_required
@require_http_methods(METHODS)
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """The offices that applied: nothing ties me, or a conflict with its reason."""
    at, seat = timezone.now(), _seat(request, pk)
    if seat.accepted_at is None:
        return redirect("jury:promise", pk=pk)
    waiting = desk.to_declare(seat, at)
    sent = _sent(request.POST) if request.method == "POST" else {}
    rows = waiting.filter(pk__in=sent) if sent else waiting[:ROWS]
    form = DeclareForm(request.POST if request.method == "POST" else None, applications=rows)
    gone = set(sent) - {one.pk for one in form.applications}
    if sent and not form.applications:
        # The phase ended while this was written, or all was said elsewhere: no row of it can stand again.
        why = _gone() if _takes(seat, at) else sentence(Refused(services.NOT_NOW))
        return _not_taken(request, seat, at, why=why, words=sent.values())
    if kept := _kept(_gone(), [words for one, words in sent.items() if one in gone]):
        return _declare_page(request, seat, form, at, many=waiting.count(), kept=kept)
    if request.method == "POST" and form.is_valid():
        try:
            said = services.declare(seat, answers=form.answers(), by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            words = _("Written down. Nothing ties you: %(clear)s. Conflicts of interest: %(conflicts)s.")
            messages.success(request, words % {"clear": said.clear, "conflicts": said.conflicts})
            return redirect("jury:declare", pk=pk)
    return _declare_page(request, seat, form, at, many=waiting.count())


def _not_taken(request: HttpRequest, seat: Juror, at: datetime, *, why: str, words: Iterable[str]) -> HttpResponse:
    """Nothing of it can be taken now: the words come back, without the offices."""
    kept = _kept(why, words)
    if kept is None:
        messages.error(request, why)
        return redirect("jury:declare", pk=seat.pk)
    return _declare_page(request, seat, DeclareForm(applications=()), at, many=0, kept=kept)


def _gone() -> str:
    return _("Some of these offices do not wait for your declaration any more. Look at the page, then save it again.")


def _takes(seat: Juror, at: datetime) -> bool:
    phase = access.phase_of(seat.round, at)
    return phase is not None and phase.may_declare


def _kept(why: str, words: Iterable[str]) -> Kept | None:
    """The reasons one under another; nothing where none was typed."""
    text = "\n\n".join(filter(None, words))
    return Kept(why, text) if text else None


def _declare_page(
    request: HttpRequest, seat: Juror, form: DeclareForm, at: datetime, *, many: int, kept: Kept | None = None
) -> HttpResponse:
    page = page_of(desk.told_rows(seat, at), request)
    phase = access.phase_of(seat.round, at)
    takes = phase is not None and phase.may_declare
    title = _("Offices and conflicts of interest")
    counted = ngettext("%(count)s office", "%(count)s offices", many) % {"count": many}
    context: dict[str, Any] = {
        "head": PageHead(
            title,
            over=seat.round.title,
            lead=_("You read an application only after you have said that nothing ties you to its office."),
            meta=((_("Waiting for your declaration"), counted),) if takes else (),
        ),
        "crumbs": crumbs_of_juror(Link(title, "")),
        "kept": kept,
        "errors": ErrorSummary(form) if form.errors else None,
        "rows": [(Field(said), Field(reason)) for said, reason in form.rows] if takes or form.is_bound else (),
        "rest": Field(form["rest"]),
        "until": moment_of(seat.round, phase.ends_at) if phase is not None and takes else "",
        "more": max(0, many - len(form.applications)),
        "closed": None
        if takes
        else Note(_("A conflict of interest you can declare at any time."), _("Declarations are not taken now")),
        "told": told_table(desk.told_of(seat, page, at)) if page.object_list else None,
        "pages": Pagination(page, request.GET) if page.paginator.num_pages > 1 else None,
        "empty": Empty(_("Nothing declared yet"), _("Here you will find what you said of each office."), level=3),
    }
    status = WRONG if form.errors else CLASH if kept else 200
    return render(request, "jury/declare.html", context, status=status)


def _sent(sent: QueryDict) -> dict[int, str]:
    """The applications that stood on the page, with the reasons as they were typed; a field of each is always sent."""
    found = {}
    for name in sent:
        if name.startswith("reason_") and (number := row_number(name.removeprefix("reason_"))):
            found[number] = str(sent[name]).strip()
    return found


@never_cache
@login_required
@require_http_methods(METHODS)
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest later; access ends at once."""
    at, user = timezone.now(), signed_in(request)
    rows = access.judged_by(user, at) if request.method == "POST" else access.named_to(user, at)
    application = get_object_or_404(rows, pk=pk)
    seat = access.seats_of(user).get(round=application.category.round_id)
    back = reverse("jury:declare", args=[seat.pk])
    if request.method == "POST" and not access.named_to(user, at).filter(pk=pk).exists():
        words = str(request.POST.get("reason", "")).strip()
        return _not_taken(request, seat, at, why=sentence(Refused(services.NOT_NAMED)), words=[words])
    if Exclusion.objects.filter(juror=seat, application=application, kind=Exclusion.Kind.DECLARED).exists():
        return _known(request, back)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare_conflict(application, reason=form.cleaned_data["reason"], by=user, at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The conflict is written down. You no longer see this application."))
            return redirect(back)
    title = _("Declare a conflict of interest")
    context = {
        "head": PageHead(title, over=f"{application.number}, {application.office.name}"),
        "crumbs": crumbs_of_juror(Link(_("Offices and conflicts of interest"), back), Link(title, "")),
        "warning": Note(
            _("You no longer read the application, and your scores of it do not count. Nobody can lift this."),
            _("Your access ends at once"),
            "warn",
            level=2,
        ),
        "form": form,
        "button": Button(title, kind="danger"),
        "back": back,
    }
    return render(request, "jury/conflict.html", context, status=WRONG if form.errors else 200)


def _known(request: HttpRequest, back: str) -> HttpResponseRedirect:
    messages.info(request, _("You have declared this conflict already."))
    return redirect(back)


def _seat(request: HttpRequest, pk: int) -> Juror:
    rows = Juror.objects.select_related("round__programme", "user")
    return get_permitted(rows, pk, request.user, permissions.is_own)
