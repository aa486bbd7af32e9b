"""Visits: the organiser's list, one visit as each side sees it, and its end before it began."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.models import User
from qms.accounts.permissions import signed_in
from qms.awards.components.submitting import crumbs_of as crumbs_of_office
from qms.awards.models import Category
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.core.views.lists import page_of
from qms.jury import permissions
from qms.jury.components import visits as shown
from qms.jury.components.board_page import over_of
from qms.jury.components.juror import visit_state
from qms.jury.components.reading import crumbs_of_juror
from qms.jury.forms.visits import CancelForm
from qms.jury.models import Visit
from qms.jury.queries import access
from qms.jury.queries import visits as queries
from qms.jury.queries.closing import is_shortlisted
from qms.jury.queries.visits import Side
from qms.jury.services import visiting as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Crumbs, Empty, ErrorSummary, Link, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
State = Visit.State


@never_cache
@login_required
@require_safe
def visit_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is visited in a category, when and by whom."""
    at, user = timezone.now(), signed_in(request)
    categories = Category.objects.select_related("round__programme")
    category = get_permitted(categories, pk, user, permissions.may_run)
    page = page_of(queries.to_visit(category, user, at), request)
    lead = _("Every office that applied. Close the list for visits to narrow it.")
    if is_shortlisted(category):
        lead = _("The offices that the jury chose to visit.")
    title = _("Visits of the jury")
    award = category.round
    context = {
        "head": PageHead(title, over=over_of(category), lead=lead),
        "crumbs": shown.crumbs_of(category),
        "table": shown.list_table(page, award) if page.object_list else None,
        "pages": Pagination(page, request.GET) if page.paginator.num_pages > 1 else None,
        "empty": Empty(_("Nobody to visit yet"), _("Applications appear here when the round has closed.")),
    }
    return render(request, "jury/visit_list.html", context)


@never_cache
@login_required
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan for everybody who takes part; the report for the organiser and the team."""
    found, _user, side, at = opened(request, pk)
    return _page(request, found, side, at, CancelForm() if _cancels(found, side) else None)


@login_required
@require_POST
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a planned visit off, with the reason."""
    found, user, side, at = opened(request, pk)
    if side != "organiser":
        raise PermissionDenied
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, found, side, at, form)
    try:
        services.cancel_visit(found, reason=form.cleaned_data["reason"], by=user)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return _page(request, found, side, at, form)
    send_letters.delay_on_commit()
    messages.success(request, _("The visit is called off. The office and the team get a letter."))
    return redirect("jury:visit", pk=pk)


def opened(request: HttpRequest, pk: int) -> tuple[Visit, User, Side, datetime]:
    """The visit, who opens it, from which side, and when; 404 for everybody else."""
    at, user = timezone.now(), signed_in(request)
    found = get_object_or_404(queries.visits_for(user, at), pk=pk)
    return found, user, queries.side_of(found, user, at), at


def crumbs_of(found: Visit, side: Side, *links: Link) -> Crumbs:
    """The way from where this side came."""
    application = found.application
    if side == "office":
        return crumbs_of_office(application, *links)
    if side == "team":
        return crumbs_of_juror(*links)
    return shown.crumbs_of(application.category, *links)


def _cancels(found: Visit, side: Side) -> bool:
    return side == "organiser" and found.state == State.PLANNED


def _page(request: HttpRequest, found: Visit, side: Side, at: datetime, form: CancelForm | None) -> HttpResponse:
    team = queries.team_of(found)
    reads = queries.may_report(found, side, at)
    title = _("Visit of the jury")
    context: dict[str, Any] = {
        "visit": found,
        "called_off": _(found.cancelled_reason) if found.cancelled_reason else "",
        "head": PageHead(
            title,
            over=found.application.office.name,
            state=visit_state(found),
            action=_actions(found, side, at, reads=reads),
        ),
        "crumbs": crumbs_of(found, side, Link(title, "")),
        "span": shown.span_words(found),
        "agenda": shown.agenda_table(queries.agenda_of(found)),
        "facts": shown.facts_of(found, team),
        "form": form,
        "errors": ErrorSummary(form) if form is not None and form.errors else None,
        "cancel": Button(_("Call the visit off"), kind="danger"),
        "promise": _("The jury keeps its report to itself. You will read what it found in your feedback.")
        if side == "office"
        else "",
        "reading": _reading(found, side, request, at),
        **(_report(found) if reads else {}),
    }
    return render(request, "jury/visit.html", context, status=WRONG if form is not None and form.errors else 200)


def _actions(found: Visit, side: Side, at: datetime, *, reads: bool) -> tuple[Button, ...]:
    ways = []
    if reads and found.state != State.CANCELLED:
        label = _("Write the report") if found.state == State.PLANNED else _("Change the report")
        kind: Any = "primary" if found.starts_at <= at else "secondary"
        ways.append(Button(label, url=reverse("jury:visit-report", args=[found.pk]), kind=kind))
    if side == "organiser" and found.state == State.PLANNED:
        plan = reverse("jury:visit-plan", args=[found.application_id])
        ways.append(Button(_("Change the visit"), url=plan, kind="secondary"))
    return tuple(ways)


def _reading(found: Visit, side: Side, request: HttpRequest, at: datetime) -> str:
    """Where this side reads the application."""
    pk = found.application_id
    if side == "organiser":
        return reverse("awards:received-detail", args=[pk])
    if side == "team" and access.open_to(signed_in(request), at).filter(pk=pk).exists():
        return reverse("jury:reading", args=[pk])
    return ""


def _report(found: Visit) -> dict[str, Any]:
    if found.reported_at is None:
        return {}
    sections = queries.scored_sections(found.application.category)
    who = found.reported_by.name if found.reported_by else ""
    return {
        "report": found.report,
        "notes": shown.notes_table(sections, queries.notes_of(found)) if sections else None,
        "reported": who,
    }
