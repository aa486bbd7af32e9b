"""The page of an office on paper: ordering it, and taking the file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.exchange.models import OfficePage
from qms.exchange.permissions import may_read_page_of
from qms.exchange.services.printing import PRINT, order_page, prints_that_stand
from qms.lifecycle import Refused
from qms.pdf.models import Rendering
from qms.pdf.views import answer
from qms.ui import numbers
from qms.ui.components import Crumbs, FileRow, Link, PageHead
from qms.ui.words import sentence


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def for_you_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that is there, and the order for a new one."""
    page = _page(request, pk)
    if request.method == "POST":
        try:
            job = order_page(page, language=get_language() or page.locale.language_code, by=signed_in(request))
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        else:
            run_job.delay_on_commit(job_id=job.pk)
        return redirect(reverse("exchange:for-you-print", args=[pk]) + "#files")
    title, back = _("Your page as PDF"), page.get_url(request) or "/"
    jobs = Job.objects.visible_to(request.user).about(page).filter(kind=PRINT).order_by("-pk")[:1]
    context = {
        "head": PageHead(title, over=page.title, lead=_("Everything that stands on the page, set for paper.")),
        "crumbs": Crumbs((Link(page.title, back), Link(title, ""))),
        "files": [_file(page, each) for each in prints_that_stand(page, on=timezone.localdate())[:1]],
        "jobs": [JobRow(job) for job in jobs if job.state != Job.State.DONE],
        "back": back,
    }
    return render(request, "exchange/for_you_print.html", context)


@never_cache
@login_required
@require_safe
def for_you_file(request: HttpRequest, pk: int, rendering: int) -> HttpResponseBase:
    """The printed page; `?as=html` shows it as a page."""
    page = _page(request, pk)
    files = prints_that_stand(page, on=timezone.localdate())
    found = next((each for each in files if each.pk == rendering), None)
    if found is None:
        raise Http404
    return answer(found, as_html=request.GET.get("as") == "html")


def _page(request: HttpRequest, pk: int) -> OfficePage:
    rows = OfficePage.objects.live().select_related("office__region", "edition", "locale")
    return get_permitted(rows, pk, request.user, lambda user, page: may_read_page_of(user, page.office))


def _file(page: OfficePage, rendering: Rendering) -> FileRow:
    facts = (
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
        numbers.moment(rendering.created_at),
    )
    address = reverse("exchange:for-you-file", args=[page.pk, rendering.pk])
    return FileRow(rendering.name, "PDF", address, ", ".join(facts), action=Link(_("As a page"), f"{address}?as=html"))
