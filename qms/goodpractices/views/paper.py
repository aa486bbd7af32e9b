"""A practice on paper: ordering it, and taking the file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.tasks import run_job
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.reading import prints_of
from qms.goodpractices.services.printing import PRINT, order_practice
from qms.pdf.models import Rendering
from qms.pdf.views import answer
from qms.ui import numbers
from qms.ui.components import FileRow, Link, PageHead

from .using import crumbs_of, permitted


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def print_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that is there, and the order for a new one."""
    practice = permitted(request, pk)
    if request.method == "POST":
        language = practice.locale.language_code
        job = order_practice(practice, language=language, by=signed_in(request))
        run_job.delay_on_commit(job_id=job.pk)
        return redirect(reverse("goodpractices:print", args=[pk]) + "#files")
    title = _("The practice as PDF")
    context = {
        "head": PageHead(title, over=practice.title, lead=_("Everything that stands on the page, set for paper.")),
        "crumbs": crumbs_of(request, practice, title),
        "files": [_file(practice, each) for each in prints_of(practice)[:1]],
        "jobs": _jobs(request, practice),
        "back": practice.get_url(request) or "/",
    }
    return render(request, "goodpractices/practice_print.html", context)


def _file(practice: PracticePage, rendering: Rendering) -> FileRow:
    facts = (
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
        numbers.moment(rendering.created_at),
    )
    address = reverse("goodpractices:file", args=[practice.pk, rendering.pk])
    return FileRow(rendering.name, "PDF", address, ", ".join(facts), action=Link(_("As a page"), f"{address}?as=html"))


def _jobs(request: HttpRequest, practice: PracticePage) -> list[JobRow]:
    """The latest job, unless it is done: then its file stands in its place."""
    jobs = Job.objects.visible_to(request.user).about(practice).filter(kind=PRINT).order_by("-pk")
    latest = jobs.first()
    return [JobRow(latest)] if latest and latest.state != Job.State.DONE else []


@never_cache
@login_required
@require_safe
def practice_file(request: HttpRequest, pk: int, rendering: int) -> HttpResponseBase:
    """The printed practice; `?as=html` shows it as a page."""
    practice = permitted(request, pk)
    found = next((each for each in prints_of(practice) if each.pk == rendering), None)
    if found is None:
        raise Http404
    return answer(found, as_html=request.GET.get("as") == "html")
