"""What every list of this app does the same way: turn pages, keep filters in the address, give a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from qms.core import spreadsheets

PAGE_SIZE = 50
MOST_IN_A_FILE = 50_000


def page_of(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """The page that the address asks for; the nearest one where it asks for nonsense."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def address_with(request: HttpRequest, **changes: str | None) -> str:
    """The address of this page with other filters, and without those that are None."""
    asked = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            asked.pop(name, None)
        else:
            asked[name] = value
    return f"?{asked.urlencode()}"


def csv_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download of what the list shows."""
    response = HttpResponse(spreadsheets.write_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
