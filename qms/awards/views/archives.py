"""All dossiers of a round in one file, for its organiser after the closing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.rounds import crumbs_to
from qms.awards.models import Round
from qms.awards.permissions import may_run
from qms.awards.queries.dossiers import latest_submissions
from qms.awards.services.archives import ARCHIVE, archive_that_stands, order_archive
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.lifecycle import Refused
from qms.ui.components import FileRow, PageHead
from qms.ui.words import sentence


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive_order(request: HttpRequest, pk: int) -> HttpResponse:
    """The archive that is there, and the order for a new one."""
    award, at, language = _round(request, pk), timezone.now(), get_language() or "pl"
    if request.method == "POST":
        try:
            job = order_archive(award, language=language, by=signed_in(request), at=at)
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            run_job.delay_on_commit(job_id=job.pk)
        return redirect(reverse("awards:archive-order", args=[pk]) + "#files")
    is_closed = award.is_closed(at)
    title = _("Archive")
    file = _file(award, language) if is_closed else None
    jobs = Job.objects.visible_to(request.user).about(award).filter(kind=ARCHIVE, arguments__language=language)
    last = jobs.order_by("-pk").first()
    is_shown = last is not None and (last.is_open or (last.state == Job.State.FAILED and file is None))
    context = {
        "head": PageHead(
            title,
            over=award.title,
            lead=_("One ZIP file with every dossier, the annexes that are not set in, and a list."),
            meta=((_("Applications"), str(len(latest_submissions(award))) if is_closed else _("sealed")),),
        ),
        "crumbs": crumbs_to(award, title),
        "round": award,
        "is_closed": is_closed,
        "file": file,
        "jobs": [JobRow(last)] if last is not None and is_shown else [],
    }
    return render(request, "awards/archive.html", context)


def _file(award: Round, language: str) -> FileRow | None:
    path = archive_that_stands(award, language)
    if not path:
        return None
    note = filesizeformat(default_storage.size(path))
    return FileRow(_name(award), "ZIP", reverse("awards:archive-file", args=[award.pk]), note)


@never_cache
@login_required
@require_safe
def archive_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive of what stands submitted now; an older one is given to nobody."""
    award = _round(request, pk)
    path = archive_that_stands(award, get_language() or "pl") if award.is_closed(timezone.now()) else ""
    if not path:
        raise Http404
    name = f"{_name(award)}.zip"
    response = FileResponse(
        default_storage.open(path), as_attachment=True, filename=name, content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return given_out(response, request, award, "awards.fetch_archive", file=name)


def _name(award: Round) -> str:
    return f"{award.prefix}-{get_language() or 'pl'}"


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, may_run)
