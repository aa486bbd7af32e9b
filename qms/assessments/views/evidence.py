"""The office's evidence: list, add, correct, withdraw, read; and choosing some of it for a text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.assessments import services
from qms.assessments.components.sheet import short_of
from qms.assessments.forms.evidence import EvidenceForm
from qms.assessments.forms.sheet import EntryForm
from qms.assessments.models import Assessment, Evidence
from qms.assessments.permissions import is_member, may_add_evidence, may_change_evidence, may_read_evidence
from qms.assessments.queries import SheetView, evidence_of
from qms.assessments.views import sheet_facts as facts
from qms.core.permissions import get_permitted
from qms.core.uploads import content_type_of, promised_kind
from qms.core.views.lists import address_with, csv_response
from qms.lifecycle import Refused
from qms.offices import permissions as offices
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Empty, Facts, FileRow, Link, PageHead, Pagination
from qms.ui.words import sentence

PAGE_SIZE = 50
NOT_CARRIED = ("csrfmiddlewaretoken", "do", "before")


@login_required
@require_safe
def evidence_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office can show, by number."""
    assessment = get_permitted(Assessment.objects.select_related("office"), pk, request.user, _may_read_store)
    query = request.GET.get("q", "").strip()
    rows = _searched(evidence_of(assessment.office), query)
    if request.GET.get("format") == "csv":
        return _csv(assessment, rows)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    add_url = reverse("assessments:evidence-add", args=[pk])
    add = Button(_("Add evidence"), url=add_url) if may_add_evidence(request.user, assessment) else None
    count = page.paginator.count
    context = {
        "assessment": assessment,
        "crumbs": _crumbs(assessment, Link(_("Evidence"), "")),
        "head": PageHead(
            _("Evidence"),
            over=assessment.office.short_name,
            lead=_("Files, links and notes that the texts cite. One piece can support many subcriteria."),
            action=add,
        ),
        "pieces": [(piece, may_change_evidence(request.user, _at(piece, assessment))) for piece in page],
        "pages": Pagination(page, request.GET) if page.paginator.num_pages > 1 else "",
        "counted": ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": count},
        "query": query,
        "searched": bool(query),
        "csv_url": address_with(request, format="csv", page=None),
        "empty": Empty(
            _("No evidence yet"),
            _("Here stands what the office can show: strategies, minutes, surveys. Members add it while they score."),
            add,
            level=3,
        ),
    }
    return render(request, "assessments/evidence_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new piece for the office's store."""
    assessment = get_permitted(Assessment.objects.select_related("office"), pk, request.user, may_add_evidence)
    back = reverse("assessments:evidence-list", args=[pk])
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if request.method == "POST":
        piece = created(form, assessment, request.user)
        if piece is not None:
            messages.success(request, _("%(code)s is in the store.") % {"code": piece.code})
            return redirect(back)
    title = _("Add evidence")
    context = {
        "title": title,
        "head": PageHead(title, over=assessment.office.short_name),
        "crumbs": _crumbs(assessment, Link(_("Evidence"), back), Link(title, "")),
        "form": form,
        "button": _("Add"),
        "back_url": back,
    }
    return render(request, "assessments/evidence_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said of a piece."""
    piece = get_permitted(Evidence.objects.current().select_related("office"), pk, request.user, may_change_evidence)
    back = _back(request, piece)
    stored = {name: getattr(piece, name) for name in ("title", "url", "note", "dated_on", "owner")}
    form = EvidenceForm(request.POST or None, evidence=piece, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_evidence(piece, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": piece.code})
            return redirect(back)
    title = f"{piece.code} {piece.title}"
    context = {
        "title": title,
        "head": PageHead(title, over=_("Correct evidence")),
        "form": form,
        "button": _("Save"),
        "back_url": back,
        "withdraw_url": reverse("assessments:evidence-withdraw", args=[pk]) + _from(request),
    }
    return render(request, "assessments/evidence_form.html", context)


@login_required
@require_POST
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece out of the lists."""
    piece = get_permitted(Evidence.objects.select_related("office"), pk, request.user, may_change_evidence)
    services.withdraw_evidence(piece, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("%(code)s is withdrawn. Texts that cite it keep it.") % {"code": piece.code})
    return redirect(_back(request, piece))


@login_required
@require_safe
def evidence_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its file, link or note, its date and who keeps it."""
    piece = get_permitted(Evidence.objects.select_related("office"), pk, request.user, may_read_evidence)
    told = [
        (_("Kind"), piece.get_kind_display()),
        (_("Date of the evidence"), numbers.day(piece.dated_on)),
        (_("Who keeps it"), piece.owner or "\u2013"),
        (_("Added"), numbers.day(piece.created_at)),
    ]
    if piece.sha256:
        told.append((_("SHA-256 of the file"), piece.sha256))
    context = {
        "piece": piece,
        "head": PageHead(
            f"{piece.code} {piece.title}", over=_("Evidence of %(office)s") % {"office": piece.office.short_name}
        ),
        "file": _file_row(piece) if piece.kind == Evidence.Kind.FILE else "",
        "facts": Facts(tuple(told)),
    }
    return render(request, "assessments/evidence_detail.html", context)


@login_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, always as a download, never run by the browser."""
    piece = get_permitted(Evidence.objects.exclude(file=""), pk, request.user, may_read_evidence)
    try:
        content = piece.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = promised_kind(piece.file_name)
    content_type = content_type_of(kind) if kind else "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=piece.file_name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# --- Choosing evidence for a text ------------------------------------------------------------------------------------


def pick_page(view: SheetView, entry: EntryForm, form: EvidenceForm, typed: QueryDict) -> dict[str, Any]:
    """The page on which evidence is chosen; all that was typed on the sheet travels through it."""
    chosen = set(entry.evidence_ids)
    stored = Evidence.objects.filter(office=view.assessment.office_id)
    pieces = stored.filter(Q(withdrawn_at__isnull=True) | Q(pk__in=chosen)).order_by("number")
    own = f"{entry.prefix}-evidence"
    carried = [
        (name, value)
        for name, values in typed.lists()
        for value in values
        if name not in NOT_CARRIED and name != own and not name.startswith(f"{form.prefix}-")
    ]
    node = view.answer.node
    title = _("Evidence for “%(label)s”") % {"label": entry.fields["text"].label}
    return {
        "title": title,
        "head": PageHead(
            title, over=f"{node.identifier} {short_of(node)}", lead=str(entry["text"].value() or "")[:300]
        ),
        "crumbs": facts.crumbs_of(
            view.sheet,
            Link(_("My sheet"), reverse("assessments:sheet", args=[view.sheet.pk])),
            Link(node.identifier, ""),
        ),
        "node_url": reverse("assessments:sheet-node", args=[view.sheet.pk, node.identifier]),
        "entry": entry,
        "form": form,
        "pieces": [(piece, piece.pk in chosen) for piece in pieces],
        "carried": carried,
        "before": typed.getlist("before") or sorted(chosen),
    }


def created(form: EvidenceForm, assessment: Assessment, user: Any) -> Evidence | None:
    """The new piece; nothing when the form says what is still wrong."""
    if not form.is_valid():
        return None
    try:
        return services.add_evidence(assessment.office, by=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return None


# --- Small things ----------------------------------------------------------------------------------------------------


def _may_read_store(user: Any, assessment: Assessment) -> bool:
    heads = offices.leads(user, assessment.office) or offices.directs(user, assessment.office)
    return heads or is_member(user, assessment)


def _searched(rows: Any, query: str) -> Any:
    if not query:
        return rows
    number = query[1:] if query[:1].upper() == "E" else ""
    by_code = Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q()
    return rows.filter(Q(title__icontains=query) | Q(owner__icontains=query) | by_code)


def _csv(assessment: Assessment, rows: Any) -> HttpResponse:
    heads = (_("Code"), _("Title"), _("Kind"), _("Date"), _("Who keeps it"), _("Address or file"), _("Note"))
    lines = [
        (
            each.code,
            each.title,
            each.get_kind_display(),
            each.dated_on,
            each.owner,
            each.url or each.file_name,
            each.note,
        )
        for each in rows
    ]
    return csv_response(f"{_('Evidence')} {assessment.office.short_name}", heads, lines)


def _at(piece: Evidence, assessment: Assessment) -> Evidence:
    piece.office = assessment.office
    return piece


def _from(request: HttpRequest) -> str:
    wanted = request.GET.get("from", "")
    return f"?from={wanted}" if wanted.isdecimal() else ""


def _back(request: HttpRequest, piece: Evidence) -> str:
    if _from(request):
        return reverse("assessments:evidence-list", args=[int(request.GET["from"])])
    return reverse("assessments:evidence-detail", args=[piece.pk])


def _file_row(piece: Evidence) -> FileRow:
    extension = promised_kind(piece.file_name).upper() or "BIN"
    return FileRow(piece.file_name, extension, reverse("assessments:evidence-file", args=[piece.pk]))


def _crumbs(assessment: Assessment, *links: Link) -> Crumbs:
    detail = reverse("assessments:assessment-detail", args=[assessment.pk])
    return Crumbs((Link(assessment.office.short_name, detail), Link(assessment.title, detail), *links))
