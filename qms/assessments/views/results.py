"""The results of a self-assessment, before and after approval; the report's files; the comparison of cycles."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.assessments.components import results as shown
from qms.assessments.components.telling import Teller, remarks
from qms.assessments.forms.approval import ConfirmForm, ReportForm, ReturnForm
from qms.assessments.models import Assessment, Evidence
from qms.assessments.permissions import may_approve, may_read_report, may_read_results, may_send_to_approval
from qms.assessments.queries import Results, cycles_of, results_of
from qms.assessments.tasks import REPORT
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.pdf.models import Rendering
from qms.pdf.views import answer
from qms.ui import numbers
from qms.ui.components import Button, Empty, ErrorSummary, Fault, FileRow, FormFields, Link, Note, PageHead, Seal

Stage = Assessment.Stage
WRONG = 422


def with_edition() -> QuerySet[Assessment]:
    """Assessments with what every page of results reads."""
    return Assessment.objects.select_related("office", "edition", "previous")


@login_required
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What came out: figures, charts, texts, and the step that is open to this reader."""
    return page_of(request, get_permitted(with_edition(), pk, request.user, may_read_results))


def page_of(
    request: HttpRequest,
    assessment: Assessment,
    *,
    seal_form: ConfirmForm | None = None,
    return_form: ReturnForm | None = None,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    """The page; forms that were refused come back with what was typed."""
    found = results_of(assessment)
    seal = _seal(request, found)
    approves = may_approve(request.user, assessment)
    opens = frozenset(
        Evidence.objects.visible_to(request.user)  # type: ignore[arg-type]
        .filter(pk__in=[piece.pk for piece in found.evidence])
        .values_list("pk", flat=True)
    )
    wrong = [form for form in (seal_form, return_form, report_form) if form is not None]
    context = {
        "assessment": assessment,
        "head": shown.head_of(found, action=_first_step(found, seal)),
        "crumbs": shown.crumbs_of(assessment, _("Results")),
        "notes": _notes(found),
        "errors": _errors(seal_form, return_form, report_form),
        "stats": shown.stats_of(found),
        "radar": shown.radar_of(found),
        "remarks": remarks(found),
        "bars": shown.bars_of(found),
        "heat": shown.heat_of(found),
        "strengths": shown.says_of(found, found.strengths, "strength", opens=opens),
        "areas": shown.says_of(found, found.areas, "area", opens=opens),
        "counts": {"strengths": len(found.strengths), "areas": len(found.areas)},
        "criteria": shown.in_full(found),
        "seal": seal,
        "return_fields": FormFields(return_form or ReturnForm()) if approves else None,
        "return_url": reverse("assessments:return", args=[assessment.pk]),
        **_exports(assessment),
        **_report(request, found, report_form),
    }
    return render(request, "assessments/results.html", context, status=WRONG if wrong else 200)


def _first_step(found: Results, seal: Seal | None) -> Button | None:
    """The one button in the head: down to the step that is open here."""
    if seal is not None:
        label = _("Go to approval") if found.assessment.stage == Stage.APPROVAL else _("Go to sending")
        return Button(label, url=f"#{seal.ident}")
    return Button(_("Report"), url="#report") if found.is_frozen else None


def _seal(request: HttpRequest, found: Results) -> Seal | None:
    if may_approve(request.user, found.assessment):
        return shown.approve_seal(found)
    if may_send_to_approval(request.user, found.assessment) and not _open_nodes(found):
        return shown.send_seal(found)
    return None


def _open_nodes(found: Results) -> list[str]:
    return [node.node.identifier for node in found.nodes if not node.is_settled]


def _notes(found: Results) -> tuple[Note, ...]:
    """What a reader must know before the figures."""
    notes = []
    if found.assessment.stage == Stage.CONSENSUS and found.assessment.returned_reason:
        notes.append(Note(found.assessment.returned_reason, _("Returned by the director"), "warn", level=2))
    if open_nodes := _open_nodes(found):
        title = ngettext(
            "%(count)s subcriterion is not agreed yet", "%(count)s subcriteria are not agreed yet", len(open_nodes)
        )
        text = _("The figures below are a preview. Not agreed: %(nodes)s.") % {"nodes": ", ".join(open_nodes)}
        notes.append(Note(text, title % {"count": len(open_nodes)}, "warn", level=2))
    elif not found.is_frozen:
        notes.append(
            Note(_("These results are a preview: they become fixed when the director approves them."), level=2)
        )
    return tuple(notes)


def _errors(
    seal_form: ConfirmForm | None, return_form: ReturnForm | None, report_form: ReportForm | None
) -> ErrorSummary | None:
    if seal_form is not None:
        target = seal_form["confirmed"].auto_id.replace("confirmed", "ok")
        faults = tuple(Fault(str(error), target) for errors in seal_form.errors.values() for error in errors)
        return ErrorSummary(faults=faults)
    form = return_form or report_form
    return None if form is None else ErrorSummary(form)


def _exports(assessment: Assessment) -> dict[str, object]:
    return {
        "exports": (
            Link(_("All numbers as XLSX"), reverse("assessments:results-xlsx", args=[assessment.pk])),
            Link(_("All numbers as CSV"), reverse("assessments:results-csv", args=[assessment.pk])),
            Link(_("Comparison of cycles"), reverse("assessments:cycles", args=[assessment.pk])),
        )
    }


# --- The report ------------------------------------------------------------------------------------------------------


def _report(request: HttpRequest, found: Results, form: ReportForm | None) -> dict[str, object]:
    """Files that are there, jobs that are not done, and the form to order one."""
    if not found.is_frozen:
        return {"report_fields": None}
    assessment = found.assessment
    language = (get_language() or assessment.office.language)[:2]
    return {
        "report_fields": FormFields(form or ReportForm(initial={"language": language})),
        "order_url": reverse("assessments:report-order", args=[assessment.pk]),
        "files": _files(assessment),
        "jobs": _jobs(request, assessment),
        "sha256": found.sha256,
    }


def _files(assessment: Assessment) -> tuple[FileRow, ...]:
    """The latest file of each language."""
    latest: dict[str, Rendering] = {}
    for rendering in Rendering.objects.about(assessment).order_by("-pk"):
        latest.setdefault(rendering.language, rendering)
    return tuple(_file(assessment, rendering) for rendering in latest.values())


def _file(assessment: Assessment, rendering: Rendering) -> FileRow:
    facts = (
        get_language_info(rendering.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
        numbers.moment(rendering.created_at),
    )
    address = reverse("assessments:report", args=[assessment.pk, rendering.pk])
    preview = Link(_("As a page"), f"{address}?as=html")
    return FileRow(rendering.name, "PDF", address, ", ".join(str(fact) for fact in facts), action=preview)


def _jobs(request: HttpRequest, assessment: Assessment) -> tuple[JobRow, ...]:
    """The latest job of each language, unless it is done: then its file stands in its place."""
    latest: dict[str, Job] = {}
    jobs: Iterable[Job] = Job.objects.visible_to(request.user).about(assessment).filter(kind=REPORT).order_by("-pk")
    for job in jobs:
        latest.setdefault(job.arguments["language"], job)
    return tuple(JobRow(job) for job in latest.values() if job.state != Job.State.DONE)


@never_cache
@login_required
@require_safe
def report(request: HttpRequest, pk: int, rendering: int) -> HttpResponseBase:
    """One file of the report, for everyone who may read the results; `?as=html` shows it as a page."""
    assessment = get_permitted(with_edition(), pk, request.user, may_read_report)
    found = get_object_or_404(Rendering.objects.about(assessment), pk=rendering)
    return answer(found, as_html=request.GET.get("as") == "html")


# --- Cycles ----------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def cycles(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's approved assessments of the same edition, side by side."""
    assessment = get_permitted(with_edition(), pk, request.user, may_read_results)
    rows = cycles_of(assessment)
    visible = set(
        Assessment.objects.visible_to(request.user)  # type: ignore[arg-type]
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    rows = tuple(row for row in rows if row.pk in visible)
    framework = assessment.edition.tree()
    several = len(rows) > 1
    head = PageHead(
        _("Comparison of cycles"),
        over=f"{Teller(framework).framework_name}, {assessment.unit or assessment.office.name}",
        lead=_("Approved self-assessments of the same edition, oldest first. Only what was scored is compared."),
    )
    context = {
        "head": head,
        "crumbs": shown.crumbs_of(assessment, _("Comparison of cycles")),
        "totals": shown.totals_of(framework, rows) if rows else None,
        "figure": shown.cycles_figure(framework, rows) if several else None,
        "table": shown.cycles_table(framework, rows) if several else None,
        "empty": None if several else _nothing_to_compare(assessment),
    }
    return render(request, "assessments/cycles.html", context)


def _nothing_to_compare(assessment: Assessment) -> Empty:
    return Empty(
        _("There is nothing to compare yet"),
        _(
            "Two approved self-assessments of the same edition stand here side by side. The director approves a"
            " self-assessment on its page of results."
        ),
        Link(_("Results"), reverse("assessments:results", args=[assessment.pk])),
    )
