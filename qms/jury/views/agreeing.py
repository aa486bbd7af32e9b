"""What the jurors agreed on, written down by the organiser or the chair."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards.domain.form import named
from qms.awards.models import Application
from qms.jury import permissions
from qms.jury.components import agreeing as parts
from qms.jury.components import talks as shown
from qms.jury.components.juror import Kept
from qms.jury.components.talks import Reader
from qms.jury.domain.ballot import Stale
from qms.jury.forms.scores import AgreeForm, initial_agreed, typed_words
from qms.jury.models import Agreed
from qms.jury.queries import access
from qms.jury.queries.closing import is_decided
from qms.jury.queries.talks import Talk, TalkLine, stage_of, talk_of, words_of
from qms.jury.services import agreeing as services
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, Link, Note, PageHead
from qms.ui.words import sentence

from .talks import reader_of

CLASH, WRONG = 409, 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """One section: the scores and words of all jurors, and what they agreed on."""
    at = timezone.now()
    application, reader = _asked(request, pk, at)
    found = talk_of(application)
    line = found.line(section)
    if line is None and found.is_revealed:
        raise Http404
    if line is None:
        return _blind(request, application, reader)
    if request.method != "POST":
        blank = _blank(request, found, line)
        return _page(request, found, line, reader, blank) if reader.writes else _to_talk(request, application, reader)
    form = AgreeForm(request.POST, line=line)
    if not form.is_valid():
        return _page(request, found, line, reader, form, status=WRONG)
    try:
        services.agree_section(
            application,
            line.section,
            draft=form.draft,
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=at,
        )
    except Stale as stale:
        return _stale(request, application, line, reader, stale)
    except Refused as refusal:
        return _page(request, found, line, reader, form, status=CLASH, refusal=refusal)
    return _onward(request, found, line)


def _blind(request: HttpRequest, application: Application, reader: Reader) -> HttpResponse:
    """Where a ballot was added or given back while one wrote, the words come back, without the numbers."""
    words = typed_words(request.POST)
    if not words:
        return _to_talk(request, application, reader)
    title, talk_url = _("Agreement"), reverse("jury:talk", args=[application.pk])
    context = {
        "head": PageHead(title, over=f"{application.number}, {application.office.name}"),
        "crumbs": shown.crumbs_of(application, reader, Link(application.number, talk_url), Link(title, "")),
        "kept": Kept(sentence(Refused(services.BLIND)), words),
    }
    return render(request, "jury/kept.html", context, status=CLASH)


def _to_talk(request: HttpRequest, application: Application, reader: Reader) -> HttpResponse:
    """The page of the talk, and why nothing is agreed now; that numbers are still blind, it says itself."""
    if not reader.writes:
        why = services.DECIDED if is_decided(application.category) else services.LATE
        messages.info(request, sentence(Refused(why)))
    return redirect("jury:talk", pk=application.pk)


@login_required
@require_POST
def agree_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree all sections in which scores lie close, at their mean."""
    at = timezone.now()
    application, _reader = _asked(request, pk, at)
    try:
        many = services.agree_close(application, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        words = ngettext("%(count)s section is agreed.", "%(count)s sections are agreed.", many)
        messages.success(request, words % {"count": many})
    return redirect("jury:talk", pk=pk)


def _asked(request: HttpRequest, pk: int, at: datetime) -> tuple[Application, Reader]:
    """The application, for the organiser and for the chair; what the clock closed meanwhile may still be sent.

    The service then says that it is late, and nothing that was typed is lost.
    """
    sent = request.method == "POST"
    rows = access.cleared_for(request.user, at) if sent else access.open_to(request.user, at)
    application: Application = get_object_or_404(access.run_by(request.user, at) | rows, pk=pk)
    if not permissions.leads(request.user, application):
        raise PermissionDenied
    reader = reader_of(request, application, at)
    if sent and reader is not None and not reader.is_organiser:
        is_open = access.open_to(request.user, at).filter(pk=pk).exists()
        reader = reader if is_open else None
    if sent:
        return application, reader or Reader(is_organiser=False, writes=False, sees_names=False)
    if reader is None:
        raise PermissionDenied
    return application, reader


def _blank(request: HttpRequest, found: Talk, line: TalkLine) -> AgreeForm:
    asked = request.GET.get("stage", "")
    stage = asked if asked in Agreed.Stage.values else stage_of(found.application)
    words = {kind: words_of(line, kind) for kind in ("strengths", "areas")}
    return AgreeForm(initial=initial_agreed(line, stage=stage, **words), line=line)


def _page(
    request: HttpRequest,
    found: Talk,
    line: TalkLine,
    reader: Reader,
    form: AgreeForm,
    *,
    status: int = 200,
    refusal: Refused | None = None,
    stale: Stale | None = None,
) -> HttpResponse:
    application, section = found.application, line.section
    talk_url = reverse("jury:talk", args=[application.pk])
    following = found.after(line)
    stage = Agreed.Stage(str(form["stage"].value())) if form["stage"].value() in Agreed.Stage.values else None
    # Who may not read scores now (the phase ended meanwhile) gets back what was typed, and nothing else.
    sees = reader.writes or reader.is_organiser
    known = line.agreed or line.earlier
    context = {
        "head": PageHead(
            named(section.code, section.title),
            over=f"{application.number}, {application.office.name}",
            state=shown.state_of_line(line),
            meta=((_("Agreement"), stage.label),) if stage else (),
        ),
        "crumbs": shown.crumbs_of(
            application, reader, Link(application.number, talk_url), Link(shown.sign_of(line), "")
        ),
        "sees": sees,
        "strips": shown.strips_of(found, reader, here=section.pk) if sees else "",
        "section": shown.section_of(found, line, reader, is_here=True) if sees else "",
        "form": form,
        "whole": parts.whole_marks(line, typed=form.whole_typed, error=form.whole_wrong, name=form.whole_name),
        "parts": parts.part_marks(line, typed=form.typed, errors=form.wrong),
        "parts_used": any(form.typed.values()) or bool(form.wrong),
        "errors": ErrorSummary(form) if form.errors else None,
        "refusal": sentence(refusal) if refusal else "",
        "clash": Note(
            _("Below stands what you typed; beside it, what is saved now. Saving again replaces it."),
            sentence(stale),
            "warn",
        )
        if stale
        else None,
        "stored": parts.stored_facts(known) if stale and known else None,
        "may_write": reader.writes,
        "following": shown.sign_of(following) if following else "",
        "talk_url": talk_url,
    }
    return render(request, "jury/agree.html", context, status=status)


def _stale(
    request: HttpRequest, application: Application, line: TalkLine, reader: Reader, stale: Stale
) -> HttpResponse:
    """Both versions; saving again replaces the stored one."""
    fresh = talk_of(application)
    now = fresh.line(line.section.pk) or line
    data = request.POST.copy()
    data["version"] = str(now.version)
    return _page(request, fresh, now, reader, AgreeForm(data, line=now), status=CLASH, stale=stale)


def _onward(request: HttpRequest, found: Talk, line: TalkLine) -> HttpResponse:
    """Where one goes on after saving."""
    said = _("%(section)s is agreed.") % {"section": named(line.section.code, line.section.title)}
    messages.success(request, said)
    following = found.after(line)
    if request.POST.get("do") != "next" or following is None:
        return redirect("jury:talk", pk=found.application.pk)
    return redirect("jury:agree", found.application.pk, following.section.pk)
