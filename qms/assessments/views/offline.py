"""The sheet without a connection: printed, as XLSX, and brought back in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from qms.assessments import services, sheets
from qms.assessments.components.sheet import EntryList, bands_of, language, title_of
from qms.assessments.forms.sheet import OfflineForm
from qms.assessments.models import Kind, Sheet
from qms.assessments.queries import NodeAnswer, whole_sheet
from qms.assessments.sheets import SheetLine
from qms.assessments.views import sheet_facts as facts
from qms.assessments.views.sheets import own_sheet
from qms.core.spreadsheets import read_sheet, write_xlsx
from qms.frameworks.domain.framework import text
from qms.lifecycle import Refused
from qms.ui.components import Legend, Link, PageHead
from qms.ui.words import sentence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to print: as it stands, or blank with room to write."""
    whole = whole_sheet(own_sheet(request, pk))
    blank = "blank" in request.GET
    title = _("Blank sheet") if blank else _("My sheet")
    overview = reverse("assessments:sheet", args=[pk])
    dimension = whole.answers[0].scale.dimensions[0]
    said = _("Whole numbers from %(lowest)s to %(highest)s.")
    context = {
        "title": title,
        "crumbs": facts.crumbs_of(whole.sheet, Link(_("My sheet"), overview), Link(_("Print"), "")),
        "head": PageHead(title, over=whole.assessment.title, meta=facts.deadline(whole.assessment)),
        "legend": Legend(bands_of(whole.framework)),
        "range": said % {"lowest": dimension.minimum, "highest": dimension.maximum},
        "pages": [_printed(answer, blank=blank) for answer in whole.answers],
    }
    return render(request, "assessments/sheet_print.html", context)


@login_required
@require_safe
def sheet_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it stands as a table that can be filled in and brought back."""
    whole = whole_sheet(own_sheet(request, pk))
    heads = sheets.headers(whole.framework, whole.assessment.panel)
    content = write_xlsx(sheets.title_of(whole.framework), heads, sheets.rows(whole, language=language()))
    response = HttpResponse(content, content_type=XLSX)
    name = slugify(f"{whole.assessment.title}-{whole.framework.code}") or "sheet"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled table back onto the own sheet: all of it or nothing."""
    own = own_sheet(request, pk)
    form = OfflineForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.import_sheet(own, lines=_lines(own, form), by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error("file", sentence(refusal))
        else:
            said = ngettext("%(count)s subcriterion was brought in.", "%(count)s subcriteria were brought in.", count)
            messages.success(request, said % {"count": count})
            return redirect("assessments:sheet", pk=pk)
    overview = reverse("assessments:sheet", args=[pk])
    title = _("Bring in a filled sheet")
    context = {
        "form": form,
        "head": PageHead(title, over=own.member.assessment.title, state=facts.state_of(own)),
        "crumbs": facts.crumbs_of(own, Link(_("My sheet"), overview), Link(title, "")),
        "back_url": overview,
    }
    return render(request, "assessments/sheet_import.html", context)


def _lines(own: Sheet, form: OfflineForm) -> Mapping[str, SheetLine]:
    assessment = own.member.assessment
    table = read_sheet(form.cleaned_data["file"])
    return sheets.read(assessment.edition.tree(), assessment.panel, table.rows)


def _printed(answer: NodeAnswer, *, blank: bool) -> dict[str, Any]:
    marks = [
        (text(dimension.titles, language()), "" if blank else answer.marks.get(dimension.code, ""))
        for dimension in answer.scale.dimensions
    ]
    return {
        "identifier": answer.node.identifier,
        "title": title_of(answer.node),
        "guidance": text(answer.node.guidance, language()),
        "texts": [
            (EntryList(kind, ()).title, [] if blank else [entry.text for entry in answer.of_kind(kind)])
            for kind in Kind.values
        ],
        "marks": marks,
        "unknown": answer.unknown and not blank,
        "rationale": "" if blank else answer.rationale,
    }
