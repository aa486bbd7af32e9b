"""The dossier of an application: ordering it, what became of each annex, and its file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.dossier_page import annex_table, file_row, proof_facts
from qms.awards.components.submitting import crumbs_of, crumbs_of_received
from qms.awards.models import Application, Dossier, Submission
from qms.awards.permissions import may_read, may_receive, own_office_of
from qms.awards.queries.dossiers import dossiers_of, latest_submission, readable_applications
from qms.awards.services.dossiers import DOSSIER, dossier_name, queue_dossier, verify_address
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.lifecycle import gettext_noop
from qms.ui.components import Crumbs, Link, PageHead

NOT_SUBMITTED = gettext_noop("A dossier is made of what was submitted. Nothing was submitted yet.")


def may_open(user: Any, application: Application) -> bool:
    """Whether the person reads it: those who write it, and after the closing who organises the round."""
    return may_read(user, application) or may_receive(user, application)


@never_cache
@login_required
@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, its files, and what became of each annex."""
    application = _application(request, pk, timezone.now())
    submission, language = latest_submission(application), get_language() or "pl"
    files = dossiers_of(application)
    current = next((one for one in files if submission and one.submission_id == submission.pk), None)
    title = _("Dossier")
    context = {
        "head": PageHead(
            title,
            over=", ".join(filter(None, [application.number, application.category.title])),
            lead=_("The whole application as one PDF, with its annexes set in."),
        ),
        "crumbs": _way_back(request, application, Link(title, "")),
        "application": application,
        "submission": submission,
        "files": [file_row(one, dossier_name(one.submission, one.language)) for one in files],
        "jobs": _jobs(request, submission, files, language),
        "is_being_set": _is_being_set(submission),
        "annexes": annex_table(current) if current is not None else None,
        "annex_pages": None if current is None else current.pages,
        "proof": proof_facts(submission, verify_address(submission, language)) if submission else None,
    }
    return render(request, "awards/dossier.html", context)


def _application(request: HttpRequest, pk: int, at: datetime) -> Application:
    rows = readable_applications(signed_in(request), at).select_related("office", "category__round__programme")
    found = get_object_or_404(rows, pk=pk)  # not `get_permitted`: it asks for the own office's alone
    if not may_open(request.user, found):
        raise PermissionDenied
    return found


def _way_back(request: HttpRequest, application: Application, *links: Link) -> Crumbs:
    """Those who write came from the application, the organiser from what was received."""
    way = crumbs_of if may_read(request.user, application) else crumbs_of_received
    return way(application, *links)


def _jobs(request: HttpRequest, submission: Submission | None, files: list[Dossier], language: str) -> list[JobRow]:
    """The person's own job on its way; or the last in this language, if it failed and nobody set the file since."""
    if submission is None:
        return []
    own = Job.objects.visible_to(request.user).about(submission).filter(kind=DOSSIER).order_by("-pk")
    if going := own.open().first():
        return [JobRow(going)]
    last = own.filter(arguments__language=language).first()
    if last is None or last.state != Job.State.FAILED or _is_being_set(submission):
        return []
    there = [one for one in files if (one.submission_id, one.language) == (submission.pk, language)]
    is_settled = any(last.finished_at and one.updated_at > last.finished_at for one in there)
    return [] if is_settled else [JobRow(last)]


def _is_being_set(submission: Submission | None) -> bool:
    """Whether somebody ordered it already: who that was stays with the job."""
    return submission is not None and Job.objects.about(submission).open().filter(kind=DOSSIER).exists()


@login_required
@require_POST
def dossier_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets what was submitted last, in the reader's language."""
    application = _application(request, pk, timezone.now())
    submission = latest_submission(application)
    if submission is None:
        messages.error(request, _(NOT_SUBMITTED))
    else:
        run_job.delay_on_commit(job_id=queue_dossier(submission, signed_in(request)).pk)
    return redirect(reverse("awards:dossier", args=[pk]) + "#files")


@never_cache
@login_required
@require_safe
def dossier_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, for those who may read the application."""
    found = get_object_or_404(Dossier.objects.select_related("submission"), pk=pk)
    application = _application(request, found.submission.application_id, timezone.now())
    try:
        file = found.file.open()
    except FileNotFoundError:
        raise Http404 from None
    name = f"{found.submission.content['number']}-{found.submission.ordinal}-{found.language}.pdf"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    own = own_office_of(request.user, application)
    return given_out(response, request, application, "awards.fetch_dossier", office_id=own, file=name)
