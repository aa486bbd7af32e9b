"""Editions: the list, preparing and changing one, and the coordinator's page of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.components import JobRow
from qms.core.permissions import get_permitted
from qms.exchange import permissions
from qms.exchange.components import editions as shown
from qms.exchange.components import waiting as waits
from qms.exchange.forms.editions import EditionForm
from qms.exchange.models import Edition
from qms.exchange.queries import progress as reads
from qms.exchange.queries.waiting import waiting_pages
from qms.exchange.services import editions as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Empty, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
ROWS_ON_A_PAGE = 25
MOST_FAILURES = 50
MOST_WAITING = 15


@login_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """The editions that this person may read, newest first."""
    if not permissions.takes_part(request.user):
        raise PermissionDenied
    runs = permissions.may_run(request.user)
    found = Edition.objects.visible_to(signed_in(request)).order_by("-starts_on", "-pk")
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    add = Button(_("Prepare an edition"), url=reverse("exchange:edition-add")) if runs else None
    fronts = reads.front_links(page.object_list, get_language() or "pl")
    context = {
        "crumbs": shown.crumbs_to(None),
        "head": PageHead(
            _("Editions of experience sharing"),
            lead=_("Each edition shows what strong offices did, and to each office what fits its own weak points."),
            action=add,
        ),
        "table": shown.editions_table(list(page.object_list), fronts, runs=runs) if page.paginator.count else None,
        "pagination": Pagination(page, request.GET),
        "empty": Empty(
            _("No edition yet"),
            _("The national coordinator prepares an edition with its themes. Its pages are built by the platform."),
            add,
        ),
    }
    return render(request, "exchange/edition_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_add(request: HttpRequest) -> HttpResponse:
    """A new edition; its themes come next."""
    if not permissions.may_run(request.user):
        raise PermissionDenied
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            edition = services.prepare_edition(draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The edition is prepared. Add its themes."))
            return redirect("exchange:edition", pk=edition.pk)
    context = {
        "form": form,
        "crumbs": shown.crumbs_to(None, _("Prepare")),
        "head": PageHead(
            _("Prepare an edition"), lead=_("Only coordinators see it until you open it. Themes are added afterwards.")
        ),
        "button": _("Save and add themes"),
        "back": reverse("exchange:edition-list"),
    }
    return render(request, "exchange/edition_form.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles, time, languages, how pages appear."""
    edition = get_permitted(Edition.objects.select_related("framework"), pk, request.user, permissions.may_run)
    form = EditionForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_edition(edition, draft=form.draft, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. Pages that are there change with the next build."))
            return redirect("exchange:edition", pk=pk)
    context = {
        "form": form,
        "crumbs": shown.crumbs_to(edition, _("Settings")),
        "head": PageHead(_("Settings of the edition"), over=edition.title),
        "button": _("Save"),
        "back": reverse("exchange:edition", args=[pk]),
    }
    return render(request, "exchange/edition_form.html", context, status=_status(form))


@login_required
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the pages are, what failed and why, what waits for the coordinator, the themes."""
    found = get_permitted(Edition.objects.select_related("framework"), pk, request.user, permissions.may_run)
    asked = request.GET.get("show", "")
    state = asked if asked in (reads.BUILT, reads.WAITING, reads.FAILED) else ""
    progress, themes = reads.progress_of(found), reads.themes_of(found)
    counts = {one: reads.parts_listed(found, one).count() for one in ("", reads.BUILT, reads.WAITING, reads.FAILED)}
    page = Paginator(reads.parts_listed(found, state), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = waiting_pages(found)
    by_hand = found.publishing == Edition.Publishing.WORKFLOW
    failures = reads.part_rows(found, reads.parts_failed(found)[:MOST_FAILURES])
    context = {
        "edition": found,
        "crumbs": shown.crumbs_to(found),
        "head": shown.edition_head(found),
        "jobs": [JobRow(job) for job in reads.open_jobs_of(found)],
        "stats": shown.progress_stats(progress, len(waiting) if by_hand else None) if progress.planned else None,
        "failures": shown.failures_table(failures) if failures else None,
        "waiting": waits.waiting_table(found, waiting[:MOST_WAITING]) if waiting else None,
        "publish": waits.publish_all(found, waiting),
        "drafts": waits.drafts_note(waiting),
        "more_wait": max(0, len(waiting) - MOST_WAITING),
        "themes": shown.theme_items(found, themes, reads.page_links(found, themes=[theme.pk for theme in themes])),
        "regions": shown.regions_table(reads.regions_of(found)) if counts[""] else None,
        "tabs": shown.part_tabs(counts, state),
        "offices": shown.parts_table(reads.part_rows(found, page.object_list), _("Pages for offices")),
        "pagination": Pagination(page, request.GET),
        "any_office": bool(counts[""]),
        "is_draft": found.state == Edition.State.DRAFT,
        "is_open": found.state == Edition.State.OPEN,
        "is_closed": found.state == Edition.State.CLOSED,
    }
    return render(request, "exchange/edition.html", context)


def _status(form: EditionForm) -> int:
    return WRONG if form.is_bound and form.errors else 200
