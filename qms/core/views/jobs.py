"""Jobs as people see them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.core import audit, services, tasks
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import Person, get_permitted
from qms.core.views.lists import address_with, page_of
from qms.lifecycle import Refused


def may_follow(user: Person, job: Job) -> bool:
    """Whoever sees a job may follow it and try it again."""
    return True


@require_safe
@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs that the person may see, newest first."""
    state = request.GET.get("state", "")
    rows = Job.objects.visible_to(request.user).order_by("-created_at", "-pk")
    if state in Job.State.values:
        rows = rows.filter(state=state)
    page = page_of(rows, request)
    filters = [
        (label, address_with(request, state=value or None, page=None), value == state)
        for value, label in [("", gettext("All")), *Job.State.choices]
    ]
    return render(
        request,
        "core/job_list.html",
        {
            "page": page,
            "rows": [JobRow(job) for job in page],
            "filters": filters,
            "earlier": address_with(request, page=str(page.number - 1)),
            "later": address_with(request, page=str(page.number + 1)),
        },
    )


@never_cache
@require_safe
@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job as a page, as a fragment (?as=fragment) or as news for the page that waits for it (?as=json)."""
    job = get_permitted(Job, pk, request.user, may_follow)
    row = JobRow(job)
    if request.GET.get("as") == "json":
        return JsonResponse(
            {
                "state": job.state,
                "open": job.is_open,
                "progress": job.progress,
                "step": job.step or job.get_state_display(),
                "html": "" if job.is_open else _fragment(request, row).content.decode(),
            }
        )
    if request.GET.get("as") == "fragment":
        return _fragment(request, row)
    return render(request, "core/job_detail.html", {"job": job, "row": row})


def _fragment(request: HttpRequest, row: JobRow) -> HttpResponse:
    return render(request, "core/_job_fragment.html", {"row": row})


@require_POST
@login_required
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a failed job anew."""
    job = get_permitted(Job, pk, request.user, may_follow)
    try:
        job = services.retry_job(job, at=timezone.now())
    except Refused as refusal:
        messages.error(request, gettext(refusal.text) % refusal.values)
    else:
        seal = audit.seal_of(job.kind)
        audit.record(job, "core.retry_job", by=request.user, office_id=job.office_id, **seal)
        tasks.run_job.delay_on_commit(job_id=job.pk)
    return redirect("core:job", pk=pk)
