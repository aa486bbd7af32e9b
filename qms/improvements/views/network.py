"""The improvement plans of a region or of the country in figures, for those who coordinate them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.core.spreadsheets import write_csv
from qms.improvements.components import network as shown
from qms.improvements.documents.network import network_headers, network_rows
from qms.improvements.forms.network import NetworkFilter
from qms.improvements.permissions import may_read_network
from qms.improvements.queries import network as queries
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Empty, Link, PageHead, Pagination

if TYPE_CHECKING:
    from qms.improvements.queries.network import OfficeRow
    from qms.offices.models import OfficeQuerySet

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: its link sorts."""

    label: str
    url: str = ""
    sorted: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One office as the table shows it."""

    row: OfficeRow
    url: str
    plan: str
    cells: tuple[tuple[str, str, bool], ...]


@login_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Figures over the offices of the reader's reach, and the offices one by one."""
    form, offices = _asked(request)
    today, sort = timezone.localdate(), request.GET.get("sort", "")
    figures = queries.network_of(offices, on=today)
    rows = shown.sorted_rows(queries.offices_counted(offices, on=today), sort)
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    title = _("Improvement in the network")
    context = {
        "head": PageHead(title, lead=shown.lead_of(figures)),
        "crumbs": Crumbs((Link(_("Improvement plans"), reverse("improvements:plan-list")), Link(title, ""))),
        "filter": form,
        "sort": sort,
        "stats": shown.stats_of(figures) if rows else None,
        "tables": shown.tables_of(figures),
        "headings": _headings(request),
        "lines": [_line(row) for row in page.object_list],
        "pagination": Pagination(page, request.GET),
        "as_csv": f"{reverse('improvements:network-csv')}{_with(request, page=None)}",
        "empty": _nothing(),
    }
    return render(request, "improvements/network.html", context)


@login_required
@require_safe
def network_csv(request: HttpRequest) -> HttpResponse:
    """The offices with their counts as CSV: all of those that the filters leave, in the same order."""
    _form, offices = _asked(request)
    today = timezone.localdate()
    rows = shown.sorted_rows(queries.offices_counted(offices, on=today), request.GET.get("sort", ""))
    return HttpResponse(
        write_csv(network_headers(), network_rows(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="improvement-network-{today:%Y-%m-%d}.csv"'},
    )


def _asked(request: HttpRequest) -> tuple[NetworkFilter, OfficeQuerySet]:
    """The filters of the address and the offices that they leave; 403 for those who coordinate nothing."""
    user = signed_in(request)
    if not may_read_network(user):
        raise PermissionDenied
    form = NetworkFilter(request.GET, regions=list(queries.regions_of(user)))
    return form, queries.reach_of(user, words=form.asked("q"), region=form.asked("region"), kind=form.asked("kind"))


def _headings(request: HttpRequest) -> list[Heading]:
    current = request.GET.get("sort") or "name"
    columns = (
        ("actions", _("Actions")),
        ("running", _("Open actions")),
        ("late", _("Late")),
        ("share", _("Late, %")),
        ("done", _("Done")),
        ("improved", _("Improved")),
    )
    return [
        _heading(request, "name", _("Office"), current),
        Heading(_("Plan")),
        *(_heading(request, name, label, current, numeric=True) for name, label in columns),
    ]


def _heading(request: HttpRequest, name: str, label: str, current: str, *, numeric: bool = False) -> Heading:
    """Figures are sorted from the highest first, names from A."""
    first, second = (f"-{name}", name) if numeric else (name, f"-{name}")
    state = {name: "ascending", f"-{name}": "descending"}.get(current, "")
    return Heading(label, _with(request, sort=second if current == first else first, page=None), state, numeric)


def _with(request: HttpRequest, **changes: str | None) -> str:
    """The query of this address with other filters, without those that are None."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"?{asked.urlencode()}" if asked else "?"


def _line(row: OfficeRow) -> Line:
    share = row.lateness.share
    cells: tuple[tuple[str, Any, bool], ...] = (
        (_("Actions"), numbers.figure(row.actions), False),
        (_("Open actions"), numbers.figure(row.running), False),
        (_("Late"), numbers.figure(row.late), row.late > 0),
        (_("Late, %"), numbers.figure(None) if share is None else numbers.share(share), False),
        (_("Done"), numbers.figure(row.done), False),
        (_("Improved"), numbers.figure(row.improved), False),
    )
    url = f"{reverse('improvements:plan-list')}?office={row.office.pk}" if row.has_approved else ""
    return Line(row, url, _plan_words(row), cells)


def _plan_words(row: OfficeRow) -> str:
    """How far the office is with its plan."""
    if row.open_plans:
        return _("approved")
    if row.in_preparation:
        return _("in preparation")
    return _("closed") if row.closed else _("none yet")


def _nothing() -> Empty:
    return Empty(
        _("No office here"),
        _("Offices of your reach that match the filters will stand here with the figures of their plans."),
        Button(_("Show all offices"), url=reverse("improvements:network"), kind="secondary"),
    )
