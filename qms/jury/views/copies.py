"""A juror's own copy of the dossier, marked on every page."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.models import Application
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.jury.components.reading import crumbs_of_juror
from qms.jury.models import Juror
from qms.jury.queries import access
from qms.jury.services.copies import COPY, copy_that_stands, order_copy
from qms.ui.components import FileRow, Link, PageHead


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The juror's copy that is there, and the order for one."""
    user, language = signed_in(request), get_language() or "pl"
    application, juror = _open(request, pk, timezone.now())
    if request.method == "POST":
        job = order_copy(application, juror=juror, language=language, by=user)
        run_job.delay_on_commit(job_id=job.pk)
        return redirect(reverse("jury:dossier", args=[pk]) + "#files")
    title = _("My copy as a PDF")
    jobs = Job.objects.visible_to(user).about(application).filter(kind=COPY, created_by=user).order_by("-pk")[:1]
    context = {
        "head": PageHead(
            title,
            over=f"{application.number}, {application.office.name}",
            lead=_("The whole application with its annexes. Every page says whose copy it is, and is confidential."),
        ),
        "crumbs": crumbs_of_juror(Link(application.number, reverse("jury:reading", args=[pk])), Link(title, "")),
        "file": _file(application, juror, language),
        "jobs": [JobRow(job) for job in jobs if job.state != Job.State.DONE],
    }
    return render(request, "jury/copy.html", context)


def _file(application: Application, juror: Juror, language: str) -> FileRow | None:
    path = copy_that_stands(application, juror=juror, language=language)
    if not path:
        return None
    note = filesizeformat(default_storage.size(path))
    return FileRow(_name(application, juror), "PDF", reverse("jury:juror-copy", args=[application.pk]), note)


@never_cache
@login_required
@require_safe
def juror_copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, for this juror alone and only while the application is open."""
    application, juror = _open(request, pk, timezone.now())
    path = copy_that_stands(application, juror=juror, language=get_language() or "pl")
    if not path:
        raise Http404
    name = f"{_name(application, juror)}.pdf"
    response = FileResponse(
        default_storage.open(path), as_attachment=True, filename=name, content_type="application/pdf"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return given_out(response, request, application, "jury.fetch_copy", juror=juror.sign, file=name)


def _open(request: HttpRequest, pk: int, at: datetime) -> tuple[Application, Juror]:
    user = signed_in(request)
    application = get_object_or_404(access.open_to(user, at), pk=pk)
    return application, access.seats_of(user).get(round=application.category.round_id)


def _name(application: Application, juror: Juror) -> str:
    return f"{application.number}-{juror.sign}"
