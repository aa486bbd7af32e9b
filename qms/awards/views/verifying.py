"""Verifying a printed dossier, for anybody who holds one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.awards.components.dossier_page import verified_facts, verified_files
from qms.awards.domain.binding import hyphened, read_code
from qms.awards.queries.dossiers import Verified, verified
from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import PageHead, State

NOT_FOUND = 404


@never_cache
@require_safe
def verify_any(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    code = read_code(request.GET.get("code", ""))
    if code:
        return redirect("awards:verify", code=code)
    lead = _("The code stands on the cover of the dossier, under the QR code.")
    head = PageHead(_("Verify a dossier"), over=_("Quality awards"), lead=lead)
    return render(request, "awards/verify.html", {"head": head})


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the code stands for: number, round, time and fingerprints; never whose it is."""
    clean = read_code(code)
    if clean and clean != code:
        return redirect("awards:verify", code=clean)
    found = verified(clean)
    if found is None:
        lead = _("No application has the code %(code)s. Compare it with the one on the cover and type it again.")
        head = PageHead(_("This code is not known"), over=_("Quality awards"), lead=lead % {"code": hyphened(clean)})
        return render(request, "awards/verify.html", {"head": head, "code": clean}, status=NOT_FOUND)
    return render(request, "awards/verified.html", _context(found))


def _context(found: Verified) -> dict[str, object]:
    content, language = found.submission.content, get_language() or "pl"
    with timezone.override(ZoneInfo(content["round"]["zone"])):
        submitted = f"{numbers.moment(found.submission.submitted_at)} ({content['round']['zone']})"
    valid = State(pgettext("dossier", "Valid"), "done")
    states = {
        "stands": (valid, _("This application was submitted as it stands on the paper.")),
        "replaced": (State(_("Replaced"), "wait"), _("A later submission replaced this one.")),
        "withdrawn": (
            State(pgettext("application", "Withdrawn"), "late"),
            _("The application was withdrawn after it was submitted."),
        ),
    }
    state, lead = states[found.state]
    title = _("Application %(number)s") % {"number": content["number"]}
    return {
        "head": PageHead(title, over=_("Verification of a dossier"), state=state, lead=lead),
        "facts": verified_facts(found.submission, text(content["round"]["titles"], language), submitted),
        "files": verified_files(_("Files of this application"), found.dossiers),
    }
