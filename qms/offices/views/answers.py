"""What the pages of this app answer the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from qms.core import spreadsheets

View = Callable[..., HttpResponse]
MOST_IN_A_FILE = 50_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def permitted(predicate: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only for signed-in people of whom the predicate is true; 403 for the others."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not predicate(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def download(kind: str, *, title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV or XLSX of what is shown."""
    as_xlsx = kind == "xlsx"
    content = spreadsheets.write_xlsx(title, headers, rows) if as_xlsx else spreadsheets.write_csv(headers, rows)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"{slugify(title) or 'list'}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
