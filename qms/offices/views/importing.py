"""Pages that bring in lists of offices and people: upload, look through, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.core.tasks import send_letters
from qms.lifecycle import Refused
from qms.offices import services, sheets
from qms.offices.forms import UploadForm
from qms.offices.models import Membership, Office, PendingImport, Region
from qms.offices.permissions import may_import_people, may_manage_offices
from qms.offices.views.answers import TYPES, download
from qms.ui.components import Button, PageHead
from qms.ui.words import sentence

MOST_SHOWN = 500


def _check_right(user: Any, kind: str) -> None:
    """Nothing, or 404 for an unknown kind and 403 for a person without the right."""
    if kind not in PendingImport.Kind.values:
        raise Http404
    allowed = may_manage_offices(user) if kind == PendingImport.Kind.OFFICES else may_import_people(user)
    if not allowed:
        raise PermissionDenied


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; nothing is imported yet."""
    _check_right(request.user, kind)
    form = UploadForm(request.POST or None, request.FILES or None, kind=PendingImport.Kind(kind))
    if request.method == "POST" and form.is_valid() and (pending := _store(request, form)):
        return redirect("offices:import-preview", pk=pending.pk)
    title = _("Import offices") if kind == PendingImport.Kind.OFFICES else _("Import people")
    context = {
        "head": PageHead(title, lead=_("Nothing is imported before you have looked through every line.")),
        "kind": kind,
        "form": form,
        "columns": sheets.COLUMNS[kind],
        "choices": _choices(kind),
    }
    return render(request, "offices/import_upload.html", context)


def _store(request: HttpRequest, form: UploadForm) -> PendingImport | None:
    sheet = form.sheet
    if sheet is None:
        return None
    rows = [(row.line, [row.cells[header] for header in sheet.headers]) for row in sheet.rows]
    name = form.cleaned_data["file"].name
    try:
        return services.store_upload(
            kind=str(form.kind), file_name=name, headers=sheet.headers, rows=rows, by=signed_in(request)
        )
    except Refused as refusal:
        form.add_error("file", sentence(refusal))
        return None


def _choices(kind: str) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What may stand in the columns that take only certain words."""
    regions = [(region.code, region.name) for region in Region.objects.order_by("name_pl")]
    if kind == PendingImport.Kind.OFFICES:
        return [("kind", list(Office.Kind.choices)), ("region", regions)]
    return [("role", list(Membership.Role.choices)), ("region", regions)]


@login_required
@require_safe
def import_template(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """An empty list to fill in, with one example line."""
    _check_right(request.user, kind)
    if ending not in TYPES:
        raise Http404
    headers, rows = sheets.template_of(kind)
    return download(ending, title=kind, headers=headers, rows=rows)


@login_required
@require_safe
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the file, with a sentence at each cell that will not do."""
    pending = _own(request, pk)
    preview = services.preview_of(pending, by=signed_in(request))
    shown = [*preview.bad, *preview.good][:MOST_SHOWN]
    good, bad = len(preview.good), len(preview.bad)
    lead = ngettext("%(count)s line can be imported.", "%(count)s lines can be imported.", good) % {"count": good}
    context = {
        "head": PageHead(_("Look through the list"), over=pending.file_name, lead=lead),
        "pending": pending,
        "preview": preview,
        "lines": sorted(shown, key=lambda line: line.number),
        "hidden": good + bad - len(shown),
        "wrong": _wrong(bad),
        "confirm": _confirm(pending, good, bad),
        "again": resolve_url("offices:import", kind=pending.kind),
    }
    return render(request, "offices/import_preview.html", context)


def _wrong(bad: int) -> str:
    if not bad:
        return ""
    text = ngettext(
        "%(count)s line cannot be imported: the reason stands in its cell. Mend the file and upload it again, "
        "or import the other lines without it.",
        "%(count)s lines cannot be imported: the reasons stand in their cells. Mend the file and upload it again, "
        "or import the other lines without them.",
        bad,
    )
    return text % {"count": bad}


def _confirm(pending: PendingImport, good: int, bad: int) -> Button | None:
    if pending.imported_at or not good:
        return None
    if bad:
        label = ngettext("Import only the good line", "Import only the %(count)s good lines", good)
    else:
        label = ngettext("Import the line", "Import all %(count)s lines", good)
    return Button(label % {"count": good}, url=resolve_url("offices:import-confirm", pk=pending.pk), post=True)


@login_required
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the good lines, all or none."""
    pending = _own(request, pk)
    try:
        done = services.import_lines(pending, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("offices:import-preview", pk=pk)
    send_letters.delay_on_commit()
    text = ngettext("%(count)s line was imported.", "%(count)s lines were imported.", done.imported)
    messages.success(request, text % {"count": done.imported})
    if done.kind == PendingImport.Kind.OFFICES:
        return redirect("offices:office-list")
    return redirect("offices:everyone" if may_manage_offices(request.user) else "portal:tasks")


def _own(request: HttpRequest, pk: int) -> PendingImport:
    pending = get_object_or_404(PendingImport, pk=pk, created_by=signed_in(request))
    _check_right(request.user, pending.kind)
    return pending
