"""A juror's own ballot: all sections, one section, handing in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards.components.hours import moment_of
from qms.awards.components.submitting import over_of
from qms.awards.domain.form import named
from qms.core.permissions import get_permitted
from qms.jury import permissions
from qms.jury.components import ballots as shown
from qms.jury.components import marks
from qms.jury.components.juror import Kept
from qms.jury.domain.ballot import Stale
from qms.jury.forms.scores import HandInForm, MarkForm, SummaryForm, initial_of, typed_words
from qms.jury.models import Ballot
from qms.jury.queries import ballots as queries
from qms.jury.queries.ballots import BallotView, Line
from qms.jury.services import ballots as services
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, ErrorSummary, Link, Note, PageHead
from qms.ui.words import sentence

CLASH, WRONG = 409, 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole ballot and how far it is; its words in short are saved here."""
    at = timezone.now()
    if _was_taken(request, pk, at):
        return _taken(request)
    own = _own(request, pk, at)
    if request.method != "POST":
        return _overview(request, own, at)
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _overview(request, own, at, form=form, status=WRONG)
    try:
        services.save_summary(own, by=signed_in(request), at=at, **form.cleaned_data)
    except Stale as stale:
        return _stale_summary(request, own, at, SummaryForm, stale)
    except Refused as refusal:
        return _overview(request, own, at, form=form, refusal=refusal, status=CLASH)
    messages.success(request, _("Saved."))
    return redirect("jury:ballot", pk=pk)


@login_required
@require_POST
def ballot_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the own ballot; the box under what becomes fixed must be ticked."""
    at = timezone.now()
    if _was_taken(request, pk, at):
        return _taken(request)
    own = _own(request, pk, at)
    form = HandInForm(request.POST)
    if not form.is_valid():
        return _overview(request, own, at, form=form, status=WRONG)
    try:
        given = form.cleaned_data
        services.hand_in_ballot(own, summary=given["summary"], version=given["version"], by=signed_in(request), at=at)
    except Stale as stale:
        return _stale_summary(request, own, at, HandInForm, stale)
    except Refused as refusal:
        return _overview(request, own, at, form=form, refusal=refusal, status=CLASH)
    messages.success(request, _("Your ballot is handed in. You can read it here at any time."))
    return redirect("jury:ballot", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """One section: what the office wrote, and what the juror gives it."""
    at = timezone.now()
    if _was_taken(request, pk, at):
        return _taken(request)
    view = queries.ballot_view(_own(request, pk, at), at)
    line = next((one for one in view.lines if one.section.pk == section), None)
    if line is None:
        raise Http404
    if request.method != "POST":
        return _page(request, view, line, MarkForm(initial=initial_of(line.mark), scale=line.scale))
    form = MarkForm(request.POST, scale=line.scale)
    if not form.is_valid():
        return _page(request, view, line, form, status=WRONG)
    try:
        services.save_mark(
            view.ballot,
            line.section,
            draft=form.draft,
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=at,
        )
    except Stale as stale:
        return _stale(request, view, line, form, stale, at)
    except Refused as refusal:
        return _page(request, view, line, form, status=CLASH, refusal=refusal)
    return _onward(request, view, line)


def _own(request: HttpRequest, pk: int, at: datetime) -> Ballot:
    """The person's own ballot: nobody else opens it, and nothing of it is left where something excludes the juror."""
    found = get_permitted(Ballot.objects.select_related(*queries.WITH), pk, request.user, permissions.is_own)
    if not queries.own(request.user, at).filter(pk=pk).exists():
        raise Http404
    return found


def _was_taken(request: HttpRequest, pk: int, at: datetime) -> bool:
    """Whether somebody writes on a ballot that was their own and is taken away, whatever for."""
    if not typed_words(request.POST) or queries.own(request.user, at).filter(pk=pk).exists():
        return False
    return Ballot.objects.filter(pk=pk, juror__user=request.user.pk).exists()


def _taken(request: HttpRequest) -> HttpResponse:
    """The own words to copy, and nothing of the office or its application."""
    title = _("My ballot")
    kept = Kept(sentence(Refused(services.TAKEN)), typed_words(request.POST))
    crumbs = Crumbs((Link(_("Work as a juror"), reverse("jury:home")), Link(title, "")))
    return render(request, "jury/kept.html", {"head": PageHead(title), "crumbs": crumbs, "kept": kept}, status=CLASH)


def _stale_summary(
    request: HttpRequest, own: Ballot, at: datetime, form: type[SummaryForm | HandInForm], stale: Stale
) -> HttpResponse:
    """Both texts; saving again replaces the stored one."""
    own.refresh_from_db(fields=["summary", "version"])
    data = request.POST.copy()
    data["version"] = str(own.version)
    clash = shown.clash_of_summary(own, typed=str(data["summary"]))
    note = Note(_("Saving again replaces what is stored with what stands below."), sentence(stale), "warn", level=2)
    return _overview(request, own, at, form=form(data), status=CLASH, clash=clash, clash_note=note)


def _overview(
    request: HttpRequest,
    own: Ballot,
    at: datetime,
    *,
    form: SummaryForm | HandInForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    view = queries.ballot_view(own, at)
    writes = view.may_score or form is not None
    context = {
        "head": shown.ballot_head(view),
        "crumbs": shown.crumbs_of(own, Link(_("My ballot"), "")),
        "notes": shown.notes_of(view),
        "progress": shown.done_of(view),
        "turn": shown.turn_of(view),
        "table": shown.lines_table(view),
        "missing": shown.missing_words(view),
        "form": (form or HandInForm(initial={"summary": own.summary, "version": own.version})) if writes else None,
        "errors": ErrorSummary(form) if form is not None and form.errors else None,
        "refusal": sentence(refusal) if refusal else "",
        "may_score": view.may_score,
        "can_hand_in": view.may_score and not view.missing,
        "confirm": HandInForm.base_fields["confirmed"].label,
        "summary": own.summary,
        "fixed": (_("the scores of all sections and what you wrote"), _("the total, weighted as announced")),
        "seen": shown.seen_words(view),
        "hand_in_url": reverse("jury:ballot-hand-in", args=[own.pk]),
        "save_url": reverse("jury:ballot", args=[own.pk]),
        "reading_url": reverse("jury:reading", args=[own.application_id]) if view.is_open else "",
        "conflict_url": reverse("jury:conflict", args=[own.application_id]),
    }
    return render(request, "jury/ballot.html", context | more, status=status)


def _page(
    request: HttpRequest,
    view: BallotView,
    line: Line,
    form: MarkForm,
    *,
    status: int = 200,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    own, section = view.ballot, line.section
    over = f"{own.application.number}, {own.application.office.name}"
    content = queries.written_by_office(own, section) if view.is_open else None
    following = view.after(line)
    meta = [(_("Weight"), shown.weight_of(line))]
    if view.may_score and view.phase is not None:
        meta.append((_("Score until"), moment_of(own.application.category.round, view.phase.ends_at)))
    context = {
        "head": PageHead(
            named(section.code, section.title), over=over, state=shown.state_of_line(line), meta=tuple(meta)
        ),
        "crumbs": shown.crumbs_of(
            own, Link(_("My ballot"), reverse("jury:ballot", args=[own.pk])), Link(shown.sign_of(line), "")
        ),
        "over": over_of(own.application),
        "progress": shown.done_of(view),
        "turn": shown.turn_of(view, here=section.pk),
        "is_open": view.is_open,
        "answers": shown.answers_of(content),
        "lead": section.lead,
        "guide": marks.guide_of(section),
        "bands": marks.legend_of(line.scale.bands),
        "range": marks.range_said(line.scale),
        "marks": marks.marks_of(
            line.scale,
            typed=form.typed,
            errors=form.wrong,
            legend=_("Score of %(section)s") % {"section": section.title},
        ),
        "form": form,
        "errors": ErrorSummary(form) if form.errors else None,
        "refusal": sentence(refusal) if refusal else "",
        # What was typed too late stays on the page to be copied, but cannot be sent any more.
        "writes": view.may_score or form.is_bound,
        "may_score": view.may_score,
        "is_late": form.is_bound and not view.may_score,
        "notes": () if form.is_bound else shown.notes_of(view),
        "mark": line.mark,
        "facts": shown.marks_facts(line),
        "following": shown.sign_of(following) if following else "",
        "ballot_url": reverse("jury:ballot", args=[own.pk]),
    }
    return render(request, "jury/ballot_section.html", context | more, status=status)


def _stale(
    request: HttpRequest, view: BallotView, line: Line, form: MarkForm, stale: Stale, at: datetime
) -> HttpResponse:
    """Both versions; saving again replaces the stored one."""
    fresh = queries.ballot_view(view.ballot, at)
    now = next(one for one in fresh.lines if one.section.pk == line.section.pk)
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = MarkForm(data, scale=line.scale)
    clash = shown.clash_of(now, typed=form.draft, url=shown.address_of(view.ballot, now))
    note = Note(_("Saving again replaces what is stored with what stands below."), sentence(stale), "warn", level=2)
    return _page(request, fresh, now, again, status=CLASH, clash=clash, clash_note=note)


def _onward(request: HttpRequest, view: BallotView, line: Line) -> HttpResponse:
    """Where one goes on after saving."""
    following = view.after(line)
    if request.POST.get("do") != "next":
        messages.success(request, _("Saved."))
        return redirect(shown.address_of(view.ballot, line))
    said = pgettext("section", "%(section)s is saved.") % {"section": named(line.section.code, line.section.title)}
    messages.success(request, said)
    if following is None:
        return redirect("jury:ballot", pk=view.ballot.pk)
    return redirect(shown.address_of(view.ballot, following))
