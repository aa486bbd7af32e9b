"""The individual sheet: overview, one subcriterion a page, saving while one types, handing in, giving back."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.assessments import services
from qms.assessments.components.sheet import language
from qms.assessments.forms.evidence import EvidenceForm
from qms.assessments.forms.sheet import AnswerForm, HandInForm, ReopenForm, data_of
from qms.assessments.models import Assessment, Evidence, Kind, NodeScore, Sheet
from qms.assessments.permissions import may_read_sheet, may_reopen_sheet, may_see
from qms.assessments.queries import NodeAnswer, SheetView, sheet_view, whole_sheet
from qms.assessments.services import Conflict, EntryDraft, NodeDraft
from qms.assessments.views import sheet_facts as facts
from qms.assessments.views import sheet_pages as pages
from qms.assessments.views.evidence import created, pick_page
from qms.assessments.views.sheet_overview import overview_page
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.tasks import send_letters
from qms.frameworks.domain.panel import Scale
from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.components import Link, PageHead
from qms.ui.words import sentence

NEW = "new"


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole sheet and how far it is."""
    own = own_sheet(request, pk)
    return render(request, "assessments/sheet.html", overview_page(whole_sheet(own)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_node(request: HttpRequest, pk: int, node: str) -> HttpResponse:
    """One subcriterion, to write on or to read; every button of its form comes here."""
    own = own_sheet(request, pk)
    view = view_of(own, node)
    if request.method == "POST":
        return _act(request, view)
    if not view.is_editable:
        return render(request, "assessments/sheet_node_read.html", pages.read_page(view))
    return _page(request, view, AnswerForm.stored(view.answer, language()))


@require_POST
@transaction.atomic  # the sheet is held from the question of right to the save, so that it is read once
def sheet_save(request: HttpRequest, pk: int, node: str) -> JsonResponse:
    """What a script saves while one types; what is wrong is named, the rest is saved."""
    if not request.user.is_authenticated:
        return JsonResponse({"said": pages.words_of_script()["signed_out"]}, status=401)
    own = get_permitted(services.sheets_to_write(), pk, request.user, may_read_sheet)
    scale = scale_of(own, node)
    try:
        form = AnswerForm.typed(data_of(json.loads(request.body)), scale, language())
    except (ValueError, RecursionError):
        return JsonResponse(
            {"said": _("This page cannot be read. Reload it; the text is kept in this browser.")}, status=400
        )
    if not form.is_readable():
        return JsonResponse(
            {"said": _("Not saved yet: please mend what is marked."), "errors": _errors(form)}, status=422
        )
    # Where a mark cannot be read the stored one stays; only then is the page's content read.
    instead = None if form.is_valid() else sheet_view(own_sheet(request, pk), node).answer
    try:
        score = _save(request, own, node, form, instead=instead, is_held=True)
    except Conflict as conflict:
        return _clash(request, sheet_view(own_sheet(request, pk), node), conflict)
    except Refused as refusal:
        return JsonResponse({"said": sentence(refusal)}, status=422)
    said = _("Saved at %(hour)s") % {"hour": numbers.hour(score.saved_at)}
    return JsonResponse({"version": score.version, "said": said, "errors": _errors(form)})


@login_required
@require_POST
def sheet_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the own sheet; the box under the list of what becomes fixed must be ticked."""
    own = own_sheet(request, pk)
    form = HandInForm(request.POST, auto_id="seal-%s")
    if not form.is_valid():
        return render(request, "assessments/sheet.html", overview_page(whole_sheet(own), form=form))
    try:
        services.hand_in_sheet(own, by=request.user, at=timezone.now(), leave_blank=True)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("Your sheet is in. You can read it here at any time."))
    return redirect("assessments:sheet", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair gives a sheet back to its member and says why, without seeing what is on it."""
    theirs = get_object_or_404(Sheet.objects.in_play().with_assessment().select_related("member__user"), pk=pk)
    assessment = get_permitted(Assessment, theirs.member.assessment_id, request.user, may_see)
    if not may_reopen_sheet(request.user, theirs.member):
        raise PermissionDenied
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen_sheet(theirs, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            said = _("The sheet of %(name)s is open again; a letter tells why.")
            messages.success(request, said % {"name": theirs.member.shown_name})
            return redirect("assessments:assessment-detail", pk=assessment.pk)
    return render(request, "assessments/sheet_reopen.html", _reopen_page(theirs, form))


# --- What the buttons of a node's page do ----------------------------------------------------------------------------


def own_sheet(request: HttpRequest, pk: int) -> Sheet:
    """The person's own sheet; nobody else's is ever found."""
    return get_permitted(Sheet.objects.with_assessment(), pk, request.user, may_read_sheet)


def scale_of(own: Sheet, node: str) -> Scale:
    """How this node is scored; 404 where the framework scores none of that name."""
    framework = own.member.assessment.edition.tree()
    if not framework.has_node(node) or not framework.node(node).is_scored:
        raise Http404
    return framework.scale(own.member.assessment.panel, node)


def view_of(own: Sheet, node: str) -> SheetView:
    """The page of one scored node; 404 where the framework has none of that name."""
    scale_of(own, node)
    return sheet_view(own, node)


def _act(request: HttpRequest, view: SheetView) -> HttpResponse:
    form = AnswerForm.typed(request.POST, view.answer.scale, language())
    act, _colon, about = request.POST.get("do", "save").partition(":")
    entry = form.entry(about)
    if act == "add" and about in Kind.values:
        form.add(about)
        return _page(request, view, form)
    if act == "remove":
        form.remove(about)
        return _page(request, view, form)
    if act == "back":
        form.attach(about, filter(None, map(row_number, request.POST.getlist("before"))))
        return _page(request, view, form)
    if act == "evidence" and entry:
        return render(
            request, "assessments/evidence_pick.html", pick_page(view, entry, EvidenceForm(prefix=NEW), request.POST)
        )
    if act == "create" and entry:
        new = EvidenceForm(request.POST, request.FILES, prefix=NEW)
        piece = created(new, view.assessment, request.user)
        if piece is None:
            return render(request, "assessments/evidence_pick.html", pick_page(view, entry, new, request.POST))
        form.attach(about, [*entry.evidence_ids, piece.pk])
    return _saved(request, view, form, act, about)


def _saved(request: HttpRequest, view: SheetView, form: AnswerForm, act: str, about: str) -> HttpResponse:
    if not form.is_valid():
        return _page(request, view, form, checked=True)
    try:
        _save(request, view.sheet, view.answer.node.identifier, form)
    except Conflict as conflict:
        return _page(request, view, form, conflict=conflict, status=409)
    except Refused as refusal:
        return _page(request, view, form, refusal=sentence(refusal), status=409)
    if act != "next":
        anchor = f"#entry-{about}" if act in ("attach", "create") else ""
        return redirect(reverse("assessments:sheet-node", args=[view.sheet.pk, view.answer.node.identifier]) + anchor)
    messages.success(request, _("%(node)s is saved.") % {"node": view.answer.node.identifier})
    if view.next_open is None:
        return redirect("assessments:sheet", pk=view.sheet.pk)
    return redirect("assessments:sheet-node", pk=view.sheet.pk, node=view.next_open.identifier)


def _save(
    request: HttpRequest,
    own: Sheet,
    node: str,
    form: AnswerForm,
    *,
    instead: NodeAnswer | None = None,
    is_held: bool = False,
) -> NodeScore:
    cleaned = form.node.cleaned_data
    draft = NodeDraft(
        marks=form.node.marks(instead=instead.marks if instead else None),
        unknown=cleaned["unknown"],
        rationale=cleaned["rationale"],
        entries=tuple(EntryDraft(*each) for each in form.texts()),
    )
    return services.save_node(
        own,
        node,
        draft=draft,
        version=cleaned["version"],
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        is_held=is_held,
    )


def _page(
    request: HttpRequest, view: SheetView, form: AnswerForm, *, status: int = 200, **shown: object
) -> HttpResponse:
    wanted = {pk for entry in form.entries for pk in entry.evidence_ids} if form.node.is_bound else set()
    pieces = Evidence.objects.filter(office=view.assessment.office_id, pk__in=wanted) if wanted else ()
    context = pages.node_page(view, form, pieces=pieces, **shown)  # type: ignore[arg-type]
    return render(request, "assessments/sheet_node.html", context, status=status)


def _clash(request: HttpRequest, view: SheetView, conflict: Conflict) -> JsonResponse:
    shown = pages.conflict_of(conflict, view.answer, view.sheet.pk)
    html = render_to_string("assessments/_conflict.html", {"conflict": shown}, request)
    answer = {
        "version": conflict.stored.version,  # type: ignore[attr-defined]
        "said": sentence(conflict),
        "html": html,
        "stored": pages.stored_of(conflict),
    }
    return JsonResponse(answer, status=409)


def _errors(form: AnswerForm) -> dict[str, str]:
    found = {f"id_{name}": " ".join(map(str, errors)) for name, errors in form.node.errors.items()}
    for entry in form.entries:
        found |= {f"id_{entry.prefix}-{name}": " ".join(map(str, errors)) for name, errors in entry.errors.items()}
    return found


def _reopen_page(theirs: Sheet, form: ReopenForm) -> dict[str, object]:
    back = reverse("assessments:assessment-detail", args=[theirs.member.assessment_id])
    head = PageHead(
        _("Open the sheet of %(name)s again") % {"name": theirs.member.shown_name},
        over=theirs.member.assessment.title,
        state=facts.state_of(theirs),
        meta=((_("Handed in"), numbers.moment(theirs.handed_in_at)),) if theirs.handed_in_at else (),
    )
    crumbs = facts.crumbs_of(theirs, Link(_("Open a sheet again"), ""))
    return {"form": form, "head": head, "crumbs": crumbs, "back_url": back}
