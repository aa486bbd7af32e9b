"""A round in figures, and its scores without names."""

from __future__ import annotations

from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.awards.components.rounds import crumbs_to
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.core.spreadsheets import write_xlsx
from qms.core.views.files import given_out
from qms.laureates import permissions, sheets
from qms.laureates.components import statistics as shown
from qms.laureates.queries.results import is_told_from
from qms.laureates.queries.statistics import figures_of, masks_of
from qms.ui.components import Note, PageHead

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """How many applied, how they were scored, how long it took."""
    at, found = timezone.now(), _round(request, pk)
    figures, is_closed, title = figures_of(found, at), found.is_closed(at), _("Statistics")
    context = {
        "head": PageHead(title, over=found.title, lead=_("No office and no person is named here.")),
        "crumbs": crumbs_to(found, title),
        "stats": shown.stats_of(figures),
        "categories": shown.category_table(figures),
        "sealed": None if is_closed else Note(_("Offices and scores are counted when the round has closed.")),
        "offices": (shown.kind_table(figures), shown.size_table(figures)) if is_closed else (),
        "totals": shown.totals_part(figures),
        "tables": shown.tables_of(figures),
        "export": shown.export_part(found, at, reverse("laureates:export", args=[pk])),
    }
    return render(request, "laureates/statistics.html", context)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Every score that counted as a table without names; before the embargo has ended there is none."""
    at, found = timezone.now(), _round(request, pk)
    if not is_told_from(found, at):
        messages.info(request, _("The table is made when results may be told."))
        return redirect("laureates:statistics", pk=pk)
    lines = sheets.score_lines(masks_of(found, SystemRandom()))
    response = HttpResponse(write_xlsx(_("Scores"), sheets.score_headers(), lines), content_type=XLSX)
    name = f"{slugify(found.prefix)}-scores.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return given_out(response, request, found, "laureates.fetch_export", file=name)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
