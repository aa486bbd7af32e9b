"""All numbers of the results, to reckon with elsewhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.assessments import sheets
from qms.assessments.permissions import may_read_results
from qms.assessments.queries import individual_scores, results_of
from qms.core.permissions import get_permitted
from qms.core.spreadsheets import write_csv, write_xlsx

from .results import with_edition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def results_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers as CSV in the reader's language."""
    return _sent(request, pk, "csv")


@never_cache
@login_required
@require_safe
def results_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers as XLSX."""
    return _sent(request, pk, "xlsx")


def _sent(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    assessment = get_permitted(with_edition(), pk, request.user, may_read_results)
    results = results_of(assessment)
    headers = sheets.results_headers(results.framework, assessment.panel)
    rows = sheets.result_rows(results, individual_scores(assessment))
    if kind == "csv":
        content, content_type = write_csv(headers, rows), "text/csv; charset=utf-8"
    else:
        content, content_type = write_xlsx(sheets.results_title(results), headers, rows), XLSX
    name = f"results-{assessment.office.slug}-{assessment.year}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )
