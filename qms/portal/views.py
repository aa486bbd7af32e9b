"""My tasks and search; the other pages of the portal are the CMS's own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.portal import components, queries
from qms.ui.components import Empty, Link, PageHead, Pagination, SearchBox
from qms.ui.numbers import weekday

FOUND_ON_A_PAGE = 20
LONGEST_QUESTION = 200


@login_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person."""
    user = signed_in(request)
    now = timezone.now()
    today = timezone.localdate(now)
    todos = queries.todos_of(user, now)
    asked = request.GET.get("office", "")
    chosen = int(asked) if asked.isdecimal() and any(todo.office_id == int(asked) for todo in todos) else None
    shown = [todo for todo in todos if chosen is None or todo.office_id == chosen]
    context = {
        "head": PageHead(gettext("My tasks"), over=weekday(today), lead=components.lead_of(todos, today)),
        "tabs": components.tabs_of(todos, chosen, reverse("portal:tasks")),
        "lists": components.lists_of(shown, today),
        "empty": nothing_to_do(),
        "cycles": [components.cycle_of(assessment) for assessment in queries.cycles_of(user)],
        "files": [components.file_of(rendering) for rendering in queries.files_of(user)],
        "lately": components.timeline_of(queries.lately_of(user)),
    }
    return render(request, "portal/tasks.html", context)


def nothing_to_do() -> Empty:
    return Empty(
        gettext("Nothing waits for you"),
        gettext("Here you find what you are asked to do, with the date and a link to the exact place."),
        Link(gettext("See self-assessments"), reverse("assessments:assessment-list")),
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Published pages and offices that hold the words asked for."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    found = queries.found_by(asked, (get_language() or "pl")[:2])
    page = Paginator(found, FOUND_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "head": PageHead(gettext("Search")),
        "box": SearchBox(reverse("portal:search"), gettext("What are you looking for?"), asked),
        "asked": asked,
        "offices": queries.offices_found_by(asked),
        "page": page,
        "pagination": Pagination(page, request.GET),
    }
    return render(request, "portal/search.html", context)
