"""Evaluation meetings: the list, one meeting, preparing, closing, reopening, publishing, and their tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.core.spreadsheets import write_csv, write_xlsx
from qms.core.tasks import send_letters
from qms.exchange import permissions, sheets
from qms.exchange.components import meetings as shown
from qms.exchange.domain.gathering import gathers
from qms.exchange.forms.meetings import MeetingForm
from qms.exchange.models import Meeting
from qms.exchange.queries import meetings as reads
from qms.exchange.services import meeting_page
from qms.exchange.services import meetings as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, Link, PageHead, Pagination, Part
from qms.ui.words import sentence

if TYPE_CHECKING:
    from qms.accounts.models import User

WRONG = 422
ROWS_ON_A_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings at which one may look back."""
    if not permissions.takes_part(request.user):
        raise PermissionDenied
    page = Paginator(reads.meetings_listed(signed_in(request)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    runs = permissions.may_run(request.user)
    add = Button(_("Prepare a meeting"), url=reverse("exchange:meeting-add")) if runs else None
    lead = _("At the end of a programme its participants tell what helped, what hindered, and what they would change.")
    context = {
        "head": PageHead(_("Evaluation meetings"), lead=lead, action=add),
        "table": shown.table_of(page.object_list, timezone.localdate()) if page.paginator.count else None,
        "pagination": Pagination(page, request.GET) if page.has_other_pages() else None,
        "empty": Empty(
            _("No meeting has been prepared yet"),
            _("The national coordinator prepares one for an edition. Then everybody who took part can tell."),
            add,
        ),
    }
    return render(request, "exchange/meeting_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting for an edition."""
    if not permissions.may_run(request.user):
        raise PermissionDenied
    editions = reads.editions_to_look_back_at()
    first = {"edition": request.GET.get("edition") or editions.first(), "language": request.LANGUAGE_CODE}
    form = MeetingForm(request.POST or None, initial=first, editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = services.open_meeting(**form.cleaned_data, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The meeting is prepared. Everybody who works in an office can tell now."))
            return redirect("exchange:meeting", pk=meeting.pk)
    head = PageHead(
        _("Prepare an evaluation meeting"),
        lead=_("Participants tell in a short form. You read it first, and then publish it as a page."),
    )
    return _form_page(request, form, head, _("Prepare"), reverse("exchange:meeting-list"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, day, place or end."""
    meeting = get_permitted(reads.with_edition(), pk, request.user, permissions.may_run)
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_meeting(meeting, **form.cleaned_data, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect("exchange:meeting", pk=pk)
    head = PageHead(_("Change the meeting"), over=meeting.title)
    return _form_page(request, form, head, _("Save"), reverse("exchange:meeting", args=[pk]))


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: what it is about, the own experience, and what who runs it does."""
    held = get_permitted(reads.with_edition(), pk, request.user, permissions.takes_part)
    user, today = signed_in(request), timezone.localdate()
    runs, gathering = permissions.may_run(user), gathers(held.state, held.closes_on, today)
    own, others = reads.told_by(user, held), reads.told_in_offices_of(user, held)
    everything = reads.told_at(held) if runs else []
    rows = reads.rows_of([*([own] if own else []), *others, *everything])
    tells = gathering and permissions.may_tell(user, held)
    page = reads.page_of(held)
    context = {
        "head": shown.meeting_head(
            held, today, counts=reads.counted(held), actions=_ways(held, own is not None, tells=tells, runs=runs)
        ),
        "crumbs": shown.crumbs(Link(held.title, "")),
        "meeting": held,
        "page_url": page.get_url(request) if page else "",
        "own": shown.told_item(own, rows[own.pk], ways=shown.own_ways(own, gathering=tells)) if own else None,
        "others": [
            shown.told_item(
                one, rows[one.pk], ways=(shown.name_button(one),) if one.by_name else (), shows_reason=False
            )
            for one in others
        ],
        "runs": runs,
        "everything": [shown.told_item(one, rows[one.pk], ways=shown.moderating_ways(one)) for one in everything],
        "seal": shown.publish_seal(held) if runs and held.state == Meeting.State.CLOSED and everything else None,
    }
    return render(request, "exchange/meeting.html", context)


def _ways(held: Meeting, has_told: bool, *, tells: bool, runs: bool) -> tuple[Part, ...]:  # noqa: FBT001  a fact
    ways: list[Part] = []
    if tells and not has_told:
        ways.append(Button(_("Tell your experience"), url=reverse("exchange:experience", args=[held.pk])))
    if runs:
        ways.append(Button(_("Change the meeting"), url=_url("meeting-edit", held), kind="secondary"))
    if runs and held.state == Meeting.State.OPEN:
        ways.append(Button(_("Close the gathering"), url=_url("meeting-close", held), kind="secondary", post=True))
    if runs and held.state == Meeting.State.CLOSED:
        ways.append(Button(_("Open it again"), url=_url("meeting-reopen", held), kind="secondary", post=True))
    if runs and held.state == Meeting.State.PUBLISHED:
        ways.append(Button(_("Publish again"), url=_url("meeting-publish", held), kind="secondary", post=True))
    return tuple(ways)


@login_required
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody tells any more."""

    def close(held: Meeting, user: User) -> str:
        services.close_meeting(held, by=user)
        return _("The gathering is closed. Read what was told, then publish it.")

    return _step(request, pk, close)


@login_required
@require_POST
def meeting_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Experiences are gathered again."""

    def reopen(held: Meeting, user: User) -> str:
        services.reopen_meeting(held, by=user, on=timezone.localdate())
        return _("Experiences are gathered again.")

    return _step(request, pk, reopen)


@login_required
@require_POST
def meeting_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with what was told, or the page brought up to date."""

    def publish(held: Meeting, user: User) -> str:
        meeting_page.publish_meeting(held, by=user)
        send_letters.delay_on_commit()
        return _("The page is published.")

    held = get_permitted(reads.with_edition(), pk, request.user, permissions.may_run)
    if held.state == Meeting.State.CLOSED and not request.POST.get("confirmed"):
        said = _("Tick the box first: you have read the experiences and left out what should not be public.")
        messages.error(request, said)
        return redirect(reverse("exchange:meeting", args=[pk]) + "#publish")
    return _step(request, pk, publish)


def _step(request: HttpRequest, pk: int, step: Callable[[Meeting, User], str]) -> HttpResponse:
    held = get_permitted(reads.with_edition(), pk, request.user, permissions.may_run)
    try:
        messages.success(request, step(held, signed_in(request)))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect("exchange:meeting", pk=pk)


# --- To take away -----------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def meeting_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was told, as CSV in the reader's language."""
    return _sent(request, pk, "csv")


@never_cache
@login_required
@require_safe
def meeting_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was told, as XLSX."""
    return _sent(request, pk, "xlsx")


def _sent(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    held = get_permitted(reads.with_edition(), pk, request.user, permissions.may_run)
    told = reads.told_at(held)
    rows = reads.rows_of(told)
    headers, lines = sheets.experience_headers(), sheets.experience_lines((one, rows[one.pk]) for one in told)
    if kind == "csv":
        content, content_type = write_csv(headers, lines), "text/csv; charset=utf-8"
    else:
        content, content_type = write_xlsx(_("Experiences"), headers, lines), XLSX
    name = f"experiences-{held.pk}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


# --- What these pages share -------------------------------------------------------------------------------------------


def _form_page(request: HttpRequest, form: MeetingForm, head: PageHead, button: str, back: str) -> HttpResponse:
    way = shown.crumbs(Link(head.title, ""))
    context = {"form": form, "head": head, "button": button, "back": back, "crumbs": way}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "exchange/meeting_form.html", context, status=WRONG if wrong else 200)


def _url(route: str, held: Meeting) -> str:
    return reverse(f"exchange:{route}", args=[held.pk])
