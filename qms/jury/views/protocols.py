"""The protocol of a closed list: its page, its file, and its verification for anybody who holds the paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.dossier_page import verified_files
from qms.awards.domain.binding import hyphened, read_code
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.jury import permissions
from qms.jury.components import board_page as around
from qms.jury.components import deciding_page, protocol_page
from qms.jury.models import Protocol
from qms.jury.queries.deciding import reads_all
from qms.jury.services.protocols import PROTOCOL, files_of, order_protocol, verify_address
from qms.pdf.views import answer
from qms.ui.components import Link, PageHead, State

NOT_FOUND = 404


@never_cache
@login_required
@require_safe
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, the files of the whole, and how it is verified."""
    found = _protocol(request, pk)
    language, files = get_language() or "pl", files_of(found)
    back = reverse(deciding_page.address_of(found.list.stage), args=[found.list.category_id])
    title = protocol_page.title_of(found)
    context = {
        "head": PageHead(
            title,
            over=protocol_page.over_of(found),
            state=State(pgettext("protocol", "Fixed"), "done"),
            lead=_("Everything that counted when the list was closed. It does not change any more."),
        ),
        "crumbs": around.crumbs_of(
            found.list.category, Link(deciding_page.title_of(found.list.stage), back), Link(title, "")
        ),
        "protocol": found,
        "stats": protocol_page.stats_of(found),
        "table": protocol_page.decisions_table(found),
        "files": [protocol_page.file_row(found, one) for one in files],
        "is_set": any(one.language == language for one in files),
        "jobs": _jobs(request, found),
        "proof": protocol_page.proof_facts(found, verify_address(found, language)),
    }
    return render(request, "jury/protocol.html", context)


@login_required
@require_POST
def protocol_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets the protocol in the reader's language."""
    found = _protocol(request, pk)
    job = order_protocol(found, language=get_language() or "pl", by=signed_in(request))
    run_job.delay_on_commit(job_id=job.pk)
    return redirect(reverse("jury:protocol", args=[pk]) + "#files")


@never_cache
@login_required
@require_safe
def protocol_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file in the wanted language, else in the reader's."""
    found = _protocol(request, pk)
    language = request.GET.get("language") or get_language() or "pl"
    file = next((one for one in files_of(found) if one.language == language), None)
    if file is None:
        raise Http404
    return given_out(answer(file), request, found.list.category, "jury.fetch_protocol", file=file.name)


@never_cache
@require_safe
def verify_any(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    code = read_code(request.GET.get("code", ""))
    if code:
        return redirect("jury:protocol-verify", code=code)
    lead = _("The code stands on the cover of the protocol, under the QR code.")
    head = PageHead(_("Verify a protocol"), over=_("Quality awards"), lead=lead)
    return render(request, "jury/protocol_verify.html", {"head": head})


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the code stands for: round, category, day and fingerprint; never who applied, judged or won."""
    clean = read_code(code)
    if clean and clean != code:
        return redirect("jury:protocol-verify", code=clean)
    found = Protocol.objects.filter(code=clean).first()
    if found is None:
        lead = _("No protocol has the code %(code)s. Compare it with the one on the cover and type it again.")
        head = PageHead(_("This code is not known"), over=_("Quality awards"), lead=lead % {"code": hyphened(clean)})
        return render(request, "jury/protocol_verify.html", {"head": head, "code": clean}, status=NOT_FOUND)
    context = {
        "head": PageHead(
            protocol_page.title_of(found),
            over=_("Verification of a protocol"),
            state=State(pgettext("protocol", "Valid"), "done"),
            lead=_("This protocol was written when the jury closed its list."),
        ),
        "facts": protocol_page.verified_facts(found),
        "files": verified_files(_("Files of this protocol"), files_of(found)),
    }
    return render(request, "jury/protocol_verified.html", context)


def _protocol(request: HttpRequest, pk: int) -> Protocol:
    """The protocol, for the organiser, and for the chair who may read every application in it."""
    rows = Protocol.objects.select_related("list__category__round__programme")
    found = get_permitted(rows, pk, request.user, permissions.leads)
    runs = permissions.may_run(request.user, found)
    if not runs and not reads_all(request.user, found.list.category, timezone.now()):
        raise PermissionDenied
    return found


def _jobs(request: HttpRequest, found: Protocol) -> list[JobRow]:
    """The person's own latest job, unless it is done: then its file stands in its place."""
    jobs = Job.objects.visible_to(request.user).about(found).filter(kind=PROTOCOL).order_by("-pk")[:1]
    return [JobRow(job) for job in jobs if job.state != Job.State.DONE]
