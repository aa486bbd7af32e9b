"""Taking over a framework from a file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qms.frameworks import services
from qms.frameworks.domain.document import DocumentRefused
from qms.frameworks.domain.document import Fault as FileFault
from qms.frameworks.forms import EditionFileForm
from qms.frameworks.permissions import may_edit_frameworks
from qms.frameworks.views.pages import MOST_SHOWN, crumbs_to
from qms.lifecycle import Refused
from qms.ui.components import ErrorSummary, Fault
from qms.ui.words import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edition_import(request: HttpRequest) -> HttpResponse:
    """Import a framework file or a workbook as a draft; a file with faults changes nothing."""
    if not may_edit_frameworks(request.user):
        raise PermissionDenied
    form = EditionFileForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            edition = services.import_file(form.cleaned_data["file"], by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            faults = _faults(refusal)
        else:
            messages.success(request, _("The file was taken over."))
            return redirect("frameworks:edition-detail", pk=edition.pk)
    context = {"form": form, "errors": ErrorSummary(form, faults=faults), "crumbs": crumbs_to(_("Import a framework"))}
    return render(request, "frameworks/edition_import.html", context, status=422 if faults or form.errors else 200)


def _faults(refusal: Refused) -> tuple[Fault, ...]:
    if not isinstance(refusal, DocumentRefused):
        return (Fault(sentence(refusal)),)
    lines = [_told(each) for each in refusal.faults]
    more = len(lines) - MOST_SHOWN
    if more > 0:
        rest = ngettext("… and one more.", "… and %(count)s more.", more) % {"count": more}
        lines = [*lines[:MOST_SHOWN], rest]
    return tuple(Fault(line) for line in lines)


def _told(fault: FileFault) -> str:
    values = {"line": fault.line, "sheet": fault.sheet, "column": fault.column, "fault": sentence(fault)}
    if fault.sheet:
        return _("Sheet %(sheet)s, row %(line)s, column %(column)s: %(fault)s") % values
    return _("Line %(line)s: %(fault)s") % values
