"""Planning a visit and writing its report; what somebody else saved meanwhile is shown beside what was typed."""

from __future__ import annotations

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
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.models import Application
from qms.core.tasks import send_letters
from qms.jury.components import visits as shown
from qms.jury.components.juror import Kept
from qms.jury.components.reading import crumbs_of_juror
from qms.jury.forms.visits import PlanForm, ReportForm, many_points, plan_initial, report_initial, typed_report
from qms.jury.models import Juror, Visit
from qms.jury.queries import access
from qms.jury.queries import visits as queries
from qms.jury.queries.visits import Side
from qms.jury.services import visiting as services
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, Field, Link, Note, PageHead
from qms.ui.words import sentence

from .visits import crumbs_of, opened

WRONG, CLASH = 422, 409
METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(METHODS)
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """When and where the jury visits the office, who goes, and what is shown."""
    at, user = timezone.now(), signed_in(request)
    application = get_object_or_404(access.run_by(user, at), pk=pk)
    known = queries.standing_visit(application)
    if request.method != "POST" and known is not None and known.state == Visit.State.HELD:
        return redirect("jury:visit", pk=known.pk)
    form = _plan_form(request, application, known)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_visit(application, plan=form.plan(), version=_version(request), by=user, at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            known = queries.standing_visit(application)
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The visit is planned. The office and the team get a letter."))
            return redirect("jury:visit", pk=made.pk)
    return _plan_page(request, application, known, form)


def _plan_form(request: HttpRequest, application: Application, known: Visit | None) -> PlanForm:
    is_sent = request.method == "POST"
    zone = application.category.round.timezone
    agenda = queries.agenda_of(known) if known is not None else []
    initial = plan_initial(known, queries.team_of(known), agenda, zone) if known is not None else {}
    return PlanForm(
        request.POST if is_sent else None,
        initial=initial,
        zone=zone,
        jurors=queries.who_may_visit(application),
        sections=queries.scored_sections(application.category),
        many=many_points(agenda, request.POST if is_sent else ()),
    )


def _plan_page(request: HttpRequest, application: Application, known: Visit | None, form: PlanForm) -> HttpResponse:
    title = _("Change the visit") if known is not None else _("Plan the visit")
    category = application.category
    back = reverse("jury:visit-list", args=[category.pk])
    is_stale = form.is_bound and _version(request) != (known.version if known is not None else 0)
    agenda = [tuple(Field(bound) for bound in row) for row in form.rows]
    context: dict[str, Any] = {
        "head": PageHead(title, over=f"{application.number}, {application.office.name}"),
        "crumbs": shown.crumbs_of(category, Link(title, "")),
        "errors": ErrorSummary(form) if form.errors else None,
        "form": form,
        "fields": [Field(form[name]) for name in ("starts_at", "ends_at", "place", "team", "message")],
        "nobody": None
        if form.fields["team"].choices
        else Note(
            _("Jurors of the category can visit after they have declared on this office."), _("Nobody yet"), "warn"
        ),
        "agenda": agenda,
        "version": known.version if known is not None else 0,
        "stored": shown.plan_state(known, queries.team_of(known), queries.agenda_of(known))
        if is_stale and known is not None
        else None,
        "back": back,
    }
    return render(request, "jury/visit_plan.html", context, status=WRONG if form.errors else 200)


@never_cache
@login_required
@require_http_methods(METHODS)
def visit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team saw, on the whole and by section; closed, the visit counts as held."""
    if _was_taken_off(request, pk):
        return _taken_off(request)
    found, user, side, at = opened(request, pk)
    if not queries.may_report(found, side, at):
        return _not_now(request, found, side)
    sections, notes = queries.scored_sections(found.application.category), queries.notes_of(found)
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, sections=sections, initial=report_initial(found, notes))
    if sent is not None and form.is_valid():
        closes = "close" in sent
        try:
            services.write_report(found, report=form.said(), version=_version(request), closes=closes, by=user, at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            found, _user, side, at = opened(request, pk)
        else:
            messages.success(request, _("The report is closed.") if closes else _("The report is saved."))
            return redirect("jury:visit", pk=pk)
    return _report_page(request, found, side, form)


def _report_page(request: HttpRequest, found: Visit, side: Side, form: ReportForm) -> HttpResponse:
    title = _("Report on the visit")
    is_stale = form.is_bound and _version(request) != found.version
    notes = queries.notes_of(found)
    context: dict[str, Any] = {
        "head": PageHead(title, over=found.application.office.name),
        "crumbs": crumbs_of(
            found, side, Link(_("Visit of the jury"), reverse("jury:visit", args=[found.pk])), Link(title, "")
        ),
        "errors": ErrorSummary(form) if form.errors else None,
        "clashes": shown.report_clashes(request.POST, found, notes, form.sections) if is_stale else (),  # type: ignore[arg-type]
        "whole": Field(form["report"]),
        "rows": [(Field(verdict), Field(note)) for _section, verdict, note in form.rows],
        "version": found.version,
        "is_held": found.state == Visit.State.HELD,
        "back": reverse("jury:visit", args=[found.pk]),
    }
    return render(request, "jury/visit_report.html", context, status=WRONG if form.errors else 200)


def _was_taken_off(request: HttpRequest, pk: int) -> bool:
    """Whether a juror sends words about a visit that is closed to them; the same for a number that no visit has."""
    user = signed_in(request)
    if not typed_report(request.POST) or queries.visits_for(user, timezone.now()).filter(pk=pk).exists():
        return False
    return Juror.objects.filter(user=user).exists()


def _taken_off(request: HttpRequest) -> HttpResponse:
    """The own words to copy, and nothing of the office."""
    title = _("Report on the visit")
    kept = Kept(_("You are not on the team of this visit any more. Nothing was saved."), typed_report(request.POST))
    context = {"head": PageHead(title), "crumbs": crumbs_of_juror(Link(title, "")), "kept": kept}
    return render(request, "jury/kept.html", context, status=CLASH)


def _not_now(request: HttpRequest, found: Visit, side: Side) -> HttpResponse:
    """The office never writes it; a juror whose phase has ended keeps what was typed on a page that says so."""
    if side == "office" or request.method != "POST":
        raise PermissionDenied
    form = ReportForm(request.POST, sections=queries.scored_sections(found.application.category))
    form.add_error(
        None, _("Reports are taken only while a phase lets jurors visit. Copy your text and tell the organiser.")
    )
    return _report_page(request, found, side, form)


def _version(request: HttpRequest) -> int:
    """The version of the visit from which the page was made."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1
