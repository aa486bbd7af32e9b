"""Phases of a jury: the whole policy of each time, in one row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.models import Programme, Round
from qms.core.permissions import get_permitted
from qms.jury import permissions
from qms.jury.components import pool as shown
from qms.jury.forms.phases import PhaseForm
from qms.jury.models import Phase
from qms.jury.queries.pool import phases_of
from qms.jury.services import phases as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@login_required
@require_safe
def phases(request: HttpRequest, pk: int) -> HttpResponse:
    """The phases in order, with what each lets."""
    at = timezone.now()
    found = _round(request, pk)
    rows = phases_of(found)
    suggest = Button(_("Propose the usual phases"), url=reverse("jury:phases-suggest", args=[pk]), post=True)
    lead = _("Declarations, blind scores, talks, visits and decisions, from the closing until results are told.")
    context = {
        "crumbs": shown.crumbs_of(found, Link(_("Phases"), "")),
        "head": shown.phases_head(found),
        "steps": shown.phases_way(found, rows, at) if rows else None,
        "table": shown.phases_table(found, rows, at) if rows else None,
        "zone": found.zone,
        "empty": Empty(_("No phase yet"), lead, suggest),
        "back": reverse("jury:pool", args=[pk]),
    }
    return render(request, "jury/phases.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phase_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more phase."""
    at = timezone.now()
    found = _round(request, pk)
    form = PhaseForm(request.POST or None, round=found, phases=phases_of(found), at=at)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_phase(found, draft=form.draft, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The phase is added."))
            return redirect("jury:phases", pk=pk)
    return _page(request, form, found, PageHead(_("Add a phase"), over=found.title), _("Add the phase"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phase_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a phase; it counts at once."""
    at = timezone.now()
    phase = _phase(request, pk)
    found = phase.round
    form = PhaseForm(request.POST or None, round=found, phases=phases_of(found), phase=phase, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_phase(phase, draft=form.draft, by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The phase was saved. It counts at once."))
            return redirect("jury:phases", pk=found.pk)
    deleting = {
        "delete": reverse("jury:phase-delete", args=[pk]),
        "delete_label": _("Delete this phase"),
        "delete_text": _("In its time jurors will see no application."),
    }
    head = PageHead(phase.title, over=found.title)
    return _page(request, form, found, head, _("Save"), deleting if phase.starts_at > at else {})


@login_required
@require_POST
def phase_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a phase away that has not begun."""
    at = timezone.now()
    phase = _phase(request, pk)
    try:
        services.delete_phase(phase, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The phase is deleted."))
    return redirect("jury:phases", pk=phase.round_id)


@login_required
@require_POST
def phases_suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """The usual five phases, to be changed freely."""
    at = timezone.now()
    found = _round(request, pk)
    try:
        services.suggest_phases(found, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Five phases are added. Check their dates."))
    return redirect("jury:phases", pk=pk)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)


def _phase(request: HttpRequest, pk: int) -> Phase:
    run = Programme.objects.run_by(signed_in(request)).values("pk")
    rows = Phase.objects.filter(round__programme__in=run).select_related("round__programme")
    return get_permitted(rows, pk, request.user, permissions.may_run)


def _page(
    request: HttpRequest,
    form: PhaseForm,
    found: Round,
    head: PageHead,
    button: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    phases_link = Link(_("Phases"), reverse("jury:phases", args=[found.pk]))
    context = {
        "crumbs": shown.crumbs_of(found, phases_link, Link(head.title, "")),
        "head": head,
        "form": form,
        "zone": found.zone,
        "button": button,
        "back": reverse("jury:phases", args=[found.pk]),
        **(more or {}),
    }
    wrong = form.is_bound and form.errors
    return render(request, "jury/pool_form.html", context, status=WRONG if wrong else 200)
