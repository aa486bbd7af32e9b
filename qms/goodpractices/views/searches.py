"""Searches that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.goodpractices.components.finding import name_of
from qms.goodpractices.components.labels import labels_of
from qms.goodpractices.forms.finding import NameForm
from qms.goodpractices.models import SavedSearch
from qms.goodpractices.queries.catalogue import lexicon
from qms.goodpractices.queries.finding import asked
from qms.goodpractices.queries.opendata import library_in
from qms.goodpractices.queries.searches import searches_of
from qms.goodpractices.services import searches as services
from qms.lifecycle import Refused
from qms.ui.components import Crumbs, Empty, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@dataclass(frozen=True)
class KeptSearch:
    """One kept search as its list shows it."""

    search: SavedSearch
    about: str
    url: str
    form: NameForm


@login_required
@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the question that stands in the library's address."""
    known = lexicon()
    query = asked(QueryDict(request.POST.get("query", "")), language=(get_language() or "pl")[:2], lexicon=known)
    name = name_of(query, labels_of(known))
    try:
        services.save_search(query, name=name, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The search is kept. When a new practice fits it, we write to you."))
    return redirect("goodpractices:searches")


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """What the person keeps: open it, call it otherwise, delete it."""
    return listed(request)


@login_required
@require_POST
def search_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a kept search otherwise, or delete it."""
    by = signed_in(request)
    search = get_object_or_404(searches_of(by), pk=pk)
    if "delete" in request.POST:
        services.delete_search(search, by=by)
        messages.success(request, _("The search is deleted; no more letters come."))
        return redirect("goodpractices:searches")
    form = NameForm(request.POST, auto_id=f"search-{pk}-%s")
    if not form.is_valid():
        return listed(request, wrong={pk: form}, status=WRONG)
    services.rename_search(search, name=form.cleaned_data["name"], by=by)
    messages.success(request, _("The search has its new name."))
    return redirect("goodpractices:searches")


def listed(request: HttpRequest, *, wrong: dict[int, NameForm] | None = None, status: int = 200) -> HttpResponse:
    """The page of kept searches."""
    known, homes = lexicon(), {}
    labels, rows = labels_of(known), []
    for search in searches_of(signed_in(request)):
        if search.language not in homes:
            library = library_in(search.language)
            homes[search.language] = (library and library.get_url(request)) or ""
        query = asked(QueryDict(search.query), language=search.language, lexicon=known)
        form = (wrong or {}).get(search.pk) or NameForm(initial={"name": search.name}, auto_id=f"search-{search.pk}-%s")
        rows.append(KeptSearch(search, name_of(query, labels), f"{homes[search.language]}?{search.query}", form))
    here = library_in((get_language() or "pl")[:2])
    links = [Link(here.title, here.get_url(request) or "/")] if here else []
    head = PageHead(_("My saved searches"), lead=_("New finds come by mail, once a week at most."))
    text = _("Open the library, narrow it to what you need, and save the search under the list.")
    context = {
        "head": head,
        "crumbs": Crumbs((*links, Link(_("My saved searches"), ""))),
        "rows": rows,
        "forms": tuple((wrong or {}).values()),
        "empty": Empty(_("You keep no searches yet"), text, links[0] if links else None, 2),
    }
    return render(request, "goodpractices/searches.html", context, status=status)
