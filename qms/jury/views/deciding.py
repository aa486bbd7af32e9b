"""The two lists of a category: whom to visit, and who gets which prize."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.components.received import sealed_words
from qms.awards.models import Category
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.jury import permissions
from qms.jury.components import board_page as around
from qms.jury.components import deciding as shown
from qms.jury.components import deciding_beside as margin
from qms.jury.components import deciding_page as page
from qms.jury.components.juror import Kept
from qms.jury.domain.deciding import Meeting, Verdict, by_threshold, differing, filled, with_common_reason
from qms.jury.forms.deciding import CLOSE, DecidingForm, choice_of, choices_of
from qms.jury.models import DecisionList
from qms.jury.queries import access
from qms.jury.queries.deciding import Sheet, sheet_of
from qms.jury.services import deciding as services
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, ErrorSummary, Link, Note, PageHead
from qms.ui.words import sentence

WRONG, CLASH = 422, 409
FILL = "fill"
Stage = DecisionList.Stage


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visits_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Which applications are visited, which are talked about first, which are not visited and why."""
    return _decide(request, pk, Stage.VISIT)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prizes_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Which application gets which prize."""
    return _decide(request, pk, Stage.PRIZE)


def _decide(request: HttpRequest, pk: int, stage: Stage) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    category = _category(request, pk)
    if not _lets(user, category, at):
        return _late(request, category, stage, at)
    if not category.round.is_closed(at):
        return _sealed(request, category, stage)
    sheet = _sheet(category, stage, user, at)
    form = _form(sheet, request.POST if request.method == "POST" else None, names=_names(user, category, at))
    if request.method != "POST":
        return _page(request, sheet, form)
    if not form.is_valid():
        return _page(request, sheet, form, status=WRONG)
    try:
        saved = services.save_list(
            category,
            stage,
            version=form.cleaned_data["version"],
            verdicts=_wanted(sheet, form, request.POST.get("act", "")),
            meeting=form.meeting,
            by=user,
        )
    except Refused as refusal:
        return _clash(request, _sheet(category, stage, user, at), form, refusal, names=_names(user, category, at))
    return _close(request, category, stage, saved.version, at)


def _close(request: HttpRequest, category: Category, stage: Stage, version: int, at: datetime) -> HttpResponse:
    """What was saved is closed too where that was asked for; a refusal leaves it saved."""
    here = reverse(page.address_of(stage), args=[category.pk])
    if request.POST.get("act") != CLOSE:
        messages.success(request, _("The list is saved."))
        return redirect(here)
    user = signed_in(request)
    if not permissions.may_run(user, category) and _sheet(category, stage, user, at).unseen:
        messages.error(request, _("The list is saved. You do not see all of it, so the organiser closes it."))
        return redirect(here)
    try:
        protocol = services.close_list(category, stage, version=version, by=user, at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect(f"{here}#seal")
    send_letters.delay_on_commit()
    messages.success(request, _("The list is closed, and its protocol is written. The jury gets a letter."))
    return redirect("jury:protocol", pk=protocol.pk)


def _wanted(sheet: Sheet, form: DecidingForm, act: str) -> tuple[Verdict, ...]:
    """What was typed; those without a decision by the threshold, or without a prize, where that was asked for."""
    verdicts = form.verdicts
    if act == FILL:
        if sheet.stage == Stage.VISIT:
            judging = sheet.judging
            proposed: Mapping[int, str] = by_threshold(
                sheet.candidates,
                visit_from=judging.visit_from if judging else None,
                most_visits=judging.most_visits if judging else None,
            )
        else:
            proposed = {one.application: "no_prize" for one in verdicts}
        verdicts = filled(verdicts, proposed)
    return with_common_reason(verdicts, form.cleaned_data["common"].strip())


def _category(request: HttpRequest, pk: int) -> Category:
    """The category on which the person decides: the organiser, and the chair who sits in its pool."""
    rows = Category.objects.select_related("round__programme", "judging")
    category = get_permitted(rows, pk, request.user, permissions.leads)
    seats = access.seats_of(request.user).filter(categories=category)
    if not permissions.may_run(request.user, category) and not seats.exists():
        raise PermissionDenied
    return category


def _lets(user: Any, category: Category, at: datetime) -> bool:
    """Whether the list is open to the person now: to the organiser always, to the chair while a phase lets."""
    if permissions.may_run(user, category):
        return True
    phase = access.phase_of(category.round, at)
    return phase is not None and phase.may_decide


def _late(request: HttpRequest, category: Category, stage: Stage, at: datetime) -> HttpResponse:
    """The phase ended while the chair wrote: the words come back, without totals and places."""
    sheet, title = sheet_of(category, stage, only=access.cleared_for(request.user, at)), page.title_of(stage)
    words = shown.typed_words(sheet, request.POST)
    if not words:
        raise PermissionDenied
    why = _("The chair decides only while a phase lets. None does now. Copy your text and tell the organiser.")
    context = {
        "head": PageHead(title, over=around.over_of(category)),
        "crumbs": Crumbs((Link(_("Work as a juror"), reverse("jury:home")), Link(title, ""))),
        "kept": Kept(why, words),
    }
    return render(request, "jury/kept.html", context, status=CLASH)


def _sheet(category: Category, stage: Stage, user: Any, at: datetime) -> Sheet:
    runs = permissions.may_run(user, category)
    return sheet_of(category, stage, only=None if runs else access.open_to(user, at))


def _names(user: Any, category: Category, at: datetime) -> bool:
    """Whether the person may know who is E1: the organiser always, the chair while the phase lets."""
    phase = access.phase_of(category.round, at)
    return permissions.may_run(user, category) or bool(phase and phase.shows_names)


def _form(sheet: Sheet, data: Mapping[str, Any] | None, *, names: bool) -> DecidingForm:
    """A form for all applications whose scores are revealed, and those that were when the page was read."""
    shown_then = data or {}
    return DecidingForm(
        data,
        verdicts=[row.verdict for row in sheet.rows if row.candidate.is_revealed or f"reason-{row.pk}" in shown_then],
        choices=choices_of([one.pk for one in sheet.prizes], visits=sheet.stage == Stage.VISIT),
        jurors=[(one.pk, page.juror_words(one, names=names)) for one in sheet.jurors],
        meeting=_meeting(sheet),
        version=sheet.version,
        zone=sheet.category.round.timezone,
    )


def _meeting(sheet: Sheet) -> Meeting:
    found = sheet.found
    return Meeting(
        met_at=found.met_at if found else None,
        present=tuple(sorted(sheet.present)),
        note=found.note if found else "",
    )


def _clash(request: HttpRequest, sheet: Sheet, form: DecidingForm, refusal: Refused, *, names: bool) -> HttpResponse:
    """Somebody was quicker: what is saved now stands beside what was typed, and the next save is by choice."""
    theirs = {row.pk: row.verdict for row in sheet.rows}
    found = tuple(differing(with_common_reason(form.verdicts, form.cleaned_data["common"].strip()), theirs))
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = sheet.version  # type: ignore[index]
    clash = Note(sentence(refusal), _("Not saved"), "warn", live=True, level=2)
    around_it = page.meeting_differences(sheet, form.meeting, _meeting(sheet), names=names)
    differences = shown.differences(sheet, found)
    return _page(request, sheet, form, CLASH, clash=clash, differences=differences, meeting_differences=around_it)


def _page(request: HttpRequest, sheet: Sheet, form: DecidingForm, status: int = 200, **more: Any) -> HttpResponse:
    runs = permissions.may_run(request.user, sheet.category)
    keys = [one.application for one in form.saved]
    if sheet.is_closed:
        chosen = {row.pk: choice_of(row.verdict) for row in sheet.rows}
        reasons = {row.pk: row.verdict.reason for row in sheet.rows}
    else:
        chosen, reasons = {pk: form.chosen(pk) for pk in keys}, {pk: form.reason(pk) for pk in keys}
    errors = {pk: " ".join([*form[f"reason-{pk}"].errors, *form[f"choice-{pk}"].errors]) for pk in keys}
    hindrances, is_mendable = page.hindrances_of(sheet)
    context = {
        "head": page.head_of(sheet),
        "crumbs": around.crumbs_of(sheet.category, Link(page.title_of(sheet.stage), "")),
        "tabs": page.tabs_of(sheet),
        "is_visits": sheet.stage == Stage.VISIT,
        "is_closed": sheet.is_closed,
        "finding": shown.finding_of(sheet),
        "scale": shown.scale_words(sheet),
        "lines": shown.lines_of(sheet, chosen, reasons, errors, runs=runs),
        "waiting": shown.waiting_words(sheet),
        "out": shown.out_words(sheet),
        "unseen": page.unseen_words(sheet.unseen) if sheet.unseen else "",
        "beside": margin.beside_of(sheet),
        "given": margin.given_table(sheet),
        "form": form,
        "errors": ErrorSummary(form),
        "fixed": page.fixed_by(sheet),
        "seen": page.seen_by(sheet),
        "hindrances": hindrances,
        "is_mendable": is_mendable,
        "meeting": page.meeting_facts(sheet, names=_names(request.user, sheet.category, timezone.now())),
        **more,
    }
    return render(request, "jury/deciding.html", context, status=status)


def _sealed(request: HttpRequest, category: Category, stage: Stage) -> HttpResponse:
    award = category.round
    context = {
        "head": PageHead(page.title_of(stage), over=around.over_of(category)),
        "crumbs": around.crumbs_of(category, Link(page.title_of(stage), "")),
        "sealed": Note(sealed_words(award.closes_at, award.zone), _("Sealed")),
    }
    return render(request, "jury/deciding.html", context)
