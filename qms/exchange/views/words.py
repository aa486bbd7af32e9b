"""The editors' words on a page, kept without the CMS."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from qms.accounts.permissions import signed_in
from qms.exchange.components.pieces import blocks_of
from qms.exchange.components.wording import WordsEntry, mark, places_of, told_by
from qms.exchange.domain.mentions import mentions_of
from qms.exchange.domain.wording import words_in
from qms.exchange.forms.pages import WordsForm
from qms.exchange.models import EditionPage, MeetingPage, OfficePage, ThemePage
from qms.exchange.permissions import may_edit_words, takes_part
from qms.exchange.queries.calls import node_titles
from qms.exchange.queries.wording import newest_of, pieces_of
from qms.exchange.services.words import Conflict, add_words, change_words, delete_words
from qms.ui.components import Conflict as Clash
from qms.ui.components import Crumbs, Link, PageHead
from qms.ui.words import sentence

WRONG, CLASH = 422, 409
KINDS = (OfficePage, ThemePage, EditionPage, MeetingPage)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What editors wrote on the page, each by itself, and room for more."""
    page = _permitted(request, pk)
    match request.POST.get("do", ""):
        case "add":
            return _add(request, page)
        case "change":
            return _change(request, page)
        case "delete":
            return _delete(request, page)
    return _answer(request, page)


def _permitted(request: HttpRequest, pk: int) -> Any:
    """The page: 404 where this person does not find it, 403 where it may only be read."""
    found = Page.objects.filter(pk=pk).specific().first()
    if not isinstance(found, KINDS) or not takes_part(request.user):
        raise Http404
    if not isinstance(found, MeetingPage) and not found.may_open(request.user):
        raise Http404
    if not may_edit_words(request.user, found):
        raise PermissionDenied
    return found


def _add(request: HttpRequest, page: Any) -> HttpResponse:
    form = WordsForm(request.POST, prefix="new", places=_places(page))
    if not form.is_valid():
        return _answer(request, page, new=form, status=WRONG)
    add_words(page, **form.cleaned_data, by=signed_in(request), on=timezone.localdate())
    return _done(request, page, _("The words stand on the page."))


def _change(request: HttpRequest, page: Any) -> HttpResponse:
    ident, was = request.POST.get("ident", ""), request.POST.get("was", "")
    form = WordsForm(request.POST, prefix=ident)
    if not form.is_valid():
        return _answer(request, page, typed={ident: (form, None)}, status=WRONG)
    text = form.cleaned_data["text"]
    try:
        change_words(page, ident=ident, text=text, was=was, by=signed_in(request), on=timezone.localdate())
    except Conflict as conflict:
        return _clash(request, page, conflict, ident, form, text)
    return _done(request, page, _("The words were changed."))


def _delete(request: HttpRequest, page: Any) -> HttpResponse:
    ident, was = request.POST.get("ident", ""), request.POST.get("was", "")
    try:
        delete_words(page, ident=ident, was=was, by=signed_in(request))
    except Conflict as conflict:
        if conflict.theirs is None:
            return _done(request, page, _("The words were off the page already."))
        text = request.POST.get(f"{ident}-text", "")
        return _clash(request, page, conflict, ident, WordsForm(request.POST, prefix=ident), text)
    return _done(request, page, _("The words were taken off the page."))


def _clash(request: HttpRequest, page: Any, conflict: Conflict, ident: str, form: WordsForm, text: str) -> HttpResponse:
    """Both texts; or one's own as new words where the old ones are gone."""
    if conflict.theirs is None:
        new = WordsForm(prefix="new", places=_places(page), initial={"text": text})
        return _answer(request, page, new=new, said=sentence(conflict), status=CLASH)
    return _answer(request, page, typed={ident: (form, Clash(text, conflict.theirs))}, status=CLASH)


def _done(request: HttpRequest, page: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("exchange:words", pk=page.pk)


def _places(page: Any) -> list[tuple[str, str]]:
    newest = newest_of(page)
    return places_of(pieces_of(newest), node_titles(mentions_of(blocks_of(newest.body)).nodes))


def _answer(
    request: HttpRequest,
    page: Any,
    *,
    new: WordsForm | None = None,
    typed: dict[str, tuple[WordsForm, Clash | None]] | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    title, way = _("Editors' words"), Link(page.title, page.get_url(request) or "")
    entries = [
        WordsEntry(piece.id, mark(piece), told_by(piece), *_form_of(piece, typed or {}))
        for piece in words_in(pieces_of(newest_of(page)))
    ]
    context = {
        "head": PageHead(
            title, over=page.title, lead=_("They stay where they are when the page is put together anew each morning.")
        ),
        "crumbs": Crumbs((way, Link(title, ""))),
        "entries": entries,
        "new": new or WordsForm(prefix="new", places=_places(page)),
        "said": said,
        "back": way,
    }
    return render(request, "exchange/words.html", context, status=status)


def _form_of(piece: Any, typed: dict[str, tuple[WordsForm, Clash | None]]) -> tuple[WordsForm, Clash | None]:
    return typed.get(piece.id) or (WordsForm(prefix=piece.id, initial={"text": piece.value["text"]}), None)
