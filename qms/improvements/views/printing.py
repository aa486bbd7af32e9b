"""The plan on paper: ordering it, and taking the file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.improvements.components.plans import crumbs_to_plan, state_of_plan
from qms.improvements.forms.printing import PrintForm
from qms.improvements.models import Plan
from qms.improvements.permissions import may_read_plan
from qms.improvements.queries.printing import files_of
from qms.improvements.services.printing import PRINT, order_print
from qms.lifecycle import Refused
from qms.pdf.models import Rendering
from qms.pdf.views import answer
from qms.ui import numbers
from qms.ui.components import ErrorSummary, FileRow, FormFields, Link, PageHead
from qms.ui.words import sentence

WRONG = 422
MOST_FILES = 12


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The files that are there, and the order for a new one."""
    user = signed_in(request)
    plan = get_permitted(Plan.objects.select_related("office"), pk, user, may_read_plan)
    if request.method != "POST":
        return _page(request, plan, PrintForm(plan=plan, initial={"language": (get_language() or "pl")[:2]}))
    form = PrintForm(request.POST, plan=plan)
    if not form.is_valid():
        return _page(request, plan, form, status=WRONG)
    try:
        job = order_print(plan, by=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return _page(request, plan, form, status=WRONG)
    run_job.delay_on_commit(job_id=job.pk)
    return redirect(reverse("improvements:plan-print", args=[pk]) + "#files")


def _page(request: HttpRequest, plan: Plan, form: PrintForm, *, status: int = 200) -> HttpResponse:
    files, jobs = _files(request, plan), _jobs(request, plan)
    context = {
        "head": PageHead(
            _("The plan on paper"),
            over=plan.title,
            state=state_of_plan(plan),
            lead=_("A PDF with the matrix, the timeline, every action in full, and room to sign."),
        ),
        "crumbs": crumbs_to_plan(plan, _("On paper")),
        "errors": ErrorSummary(form) if form.is_bound else None,
        "fields": FormFields(form),
        "files": files,
        "jobs": jobs,
    }
    return render(request, "improvements/plan_print.html", context, status=status)


def _files(request: HttpRequest, plan: Plan) -> list[FileRow]:
    return [_file(plan, rendering) for rendering in files_of(plan, signed_in(request))[:MOST_FILES]]


def _file(plan: Plan, rendering: Rendering) -> FileRow:
    facts = (
        get_language_info(rendering.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
        numbers.moment(rendering.created_at),
    )
    address = reverse("improvements:plan-file", args=[plan.pk, rendering.pk])
    preview = Link(_("As a page"), f"{address}?as=html")
    return FileRow(rendering.name, "PDF", address, ", ".join(str(fact) for fact in facts), action=preview)


def _jobs(request: HttpRequest, plan: Plan) -> list[JobRow]:
    """The latest job of each content and language, unless it is done: then its file stands in its place."""
    latest: dict[tuple[str, str], Job] = {}
    for job in Job.objects.visible_to(request.user).about(plan).filter(kind=PRINT).order_by("-pk"):
        latest.setdefault((job.arguments["content"], job.arguments["language"]), job)
    return [JobRow(job) for job in latest.values() if job.state != Job.State.DONE]


@never_cache
@login_required
@require_safe
def plan_file(request: HttpRequest, pk: int, rendering: int) -> HttpResponseBase:
    """One printed file, for those who may read the plan; `?as=html` shows it as a page."""
    user = signed_in(request)
    plan = get_permitted(Plan.objects.select_related("office"), pk, user, may_read_plan)
    found = next((each for each in files_of(plan, user) if each.pk == rendering), None)
    if found is None:
        raise Http404
    return answer(found, as_html=request.GET.get("as") == "html")
