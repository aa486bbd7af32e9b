"""The page of a section: written by several at once, saved piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.awards.components import section_page as shown
from qms.awards.domain.writing import Act, Clash
from qms.awards.forms import section as forms
from qms.awards.models import Application, Comment, Section
from qms.awards.permissions import may_read
from qms.awards.queries.desk import Desk, desk_of, pieces_in, section_after
from qms.awards.services.saving import save_section
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary
from qms.ui.words import sentence

WRONG, CLASH = 422, 409
ABOUT_PIECES = ("up", "down", "restore", "take", "theirs")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """One section, to write on as long as the round is open, afterwards to read."""
    at = timezone.now()
    application, chosen = application_and_section(request, pk, section)
    if request.method == "POST":
        name, _colon, about = request.POST.get("do", "save").partition(":")
        return _save(request, application, chosen, Act(name, about), at)
    desk = desk_of(application, chosen, user=signed_in(request), at=at)
    entries = forms.on_page(desk, extra=request.GET.get("more", ""))
    return _page(request, desk, entries, at=at, writes=application.is_open(at))


@login_required
@require_POST
def section_ready(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Save what was typed and say that the section is ready, or not after all."""
    at = timezone.now()
    application, chosen = application_and_section(request, pk, section)
    act = Act("unready" if request.POST.get("ready") == "0" else "ready")
    return _save(request, application, chosen, act, at)


@login_required
@require_POST
def section_comment(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Save what was typed and put a comment beside the section."""
    at = timezone.now()
    application, chosen = application_and_section(request, pk, section)
    return _save(request, application, chosen, Act("comment"), at)


@login_required
@require_POST
def comment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what was typed and say that a comment is dealt with."""
    at = timezone.now()
    mine = Comment.objects.filter(application__in=Application.objects.visible_to(request.user))
    comment = get_object_or_404(mine, pk=pk)
    application, chosen = application_and_section(request, comment.application_id, comment.section_id)
    return _save(request, application, chosen, Act("settle", str(comment.pk)), at)


def application_and_section(request: HttpRequest, pk: int, section: int) -> tuple[Application, Section]:
    """The application, if this person reads it, and the section of its form.

    Who reads it may send what was typed: whether the clock still takes it, the service says, and the text stays.
    """
    applications = Application.objects.select_related("category__round__programme", "office")
    application = get_permitted(applications, pk, request.user, may_read)
    return application, get_object_or_404(Section, pk=section, category=application.category_id)


def _save(request: HttpRequest, application: Application, chosen: Section, act: Act, at: datetime) -> HttpResponse:
    user = signed_in(request)
    entries = forms.typed_entries(pieces_in(application, chosen), request.POST)
    wrong, comment = forms.wrong_in(entries, act), request.POST.get("comment", "")
    if wrong and act.name in ("ready", "next"):
        act = Act()
    draft = forms.draft_of(entries, act, comment=comment)
    try:
        saved = save_section(application, chosen, draft=draft, act=act, by=user, at=at)
    except Refused as refusal:
        more = {"said": sentence(refusal), "comment": comment, "is_late": not application.is_open(at)}
        desk = desk_of(application, chosen, user=user, at=at)
        return _page(request, desk, forms.on_page(desk, entries), at=at, writes=True, status=CLASH, **more)
    if not wrong and not saved.clashes:
        return _done(request, application, chosen, act)
    asked = wrong | {clash.ident for clash in saved.clashes}
    kept = [entry for entry in entries if entry.ident in asked]
    fresh = desk_of(application, chosen, user=user, at=at)
    return _page(
        request,
        fresh,
        forms.on_page(fresh, kept, clashes=saved.clashes),
        at=at,
        writes=True,
        status=WRONG if wrong else CLASH,
        errors=_errors(entry for entry in kept if entry.ident in wrong),
        clashes=_clash_words(saved.clashes) or _("Everything else is saved."),
    )


def _page(
    request: HttpRequest,
    desk: Desk,
    entries: list[Any],
    *,
    at: datetime,
    writes: bool,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    is_open = desk.application.is_open(at)
    if writes and not is_open:
        for entry in entries:
            for field in entry.form.fields.values():
                field.widget.attrs["readonly"] = True
    kept_key = f"qms-section-{signed_in(request).pk}-{desk.application.pk}-{desk.section.pk}"
    context = shown.section_page(desk, entries, at=at, is_open=is_open)
    context |= {"writes": writes, "kept_key": kept_key, "zone": desk.application.category.round.zone} | said
    return render(request, "awards/section.html", context, status=status)


def _errors(entries: Iterable[Any]) -> ErrorSummary | None:
    faults = shown.faults_of_forms(entries)
    return ErrorSummary(faults=faults) if faults else None


def _clash_words(clashes: tuple[Clash, ...]) -> str:
    if not clashes:
        return ""
    return _("Somebody else changed the same place meanwhile. Both texts stand below. Everything else is saved.")


def _done(request: HttpRequest, application: Application, chosen: Section, act: Act) -> HttpResponse:
    """Where one goes on after saving."""
    here = reverse("awards:section", args=[application.pk, chosen.pk])
    match act.name:
        case "next" if following := section_after(chosen):
            messages.success(request, _("Section %(code)s is saved.") % {"code": shown.called(chosen)})
            return redirect("awards:section", application.pk, following.pk)
        case "ready":
            messages.success(request, _("Section %(code)s is ready.") % {"code": shown.called(chosen)})
        case "add" if act.about.isdecimal():
            return redirect(f"{here}?more={act.about}#question-{act.about}")
        case "remove":
            messages.success(request, _("It was taken out. The history of the section keeps it."))
        case "comment" | "settle":
            return redirect(f"{here}#comments")
        case name if name in ABOUT_PIECES and not act.about.startswith("answer-"):
            return redirect(f"{here}#piece-{act.about}")
        case "save":
            messages.success(request, _("Saved."))
    return redirect(here)
