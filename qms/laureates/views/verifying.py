"""Verifying a printed diploma, for anybody who holds one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.awards.domain.binding import hyphened, read_code
from qms.laureates.components.diplomas import verified_facts, verified_head
from qms.laureates.queries.diplomas import verified
from qms.ui.components import PageHead

NOT_FOUND = 404


@never_cache
@require_safe
def verify_any(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    code = read_code(request.GET.get("code", ""))
    if code:
        return redirect("laureates:diploma-verify", code=code)
    lead = _("The code stands on the diploma, under the QR code.")
    head = PageHead(_("Verify a diploma"), over=_("Quality awards"), lead=lead)
    return render(request, "laureates/verify.html", {"head": head})


@never_cache
@require_safe
def diploma_verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the diploma with this code counts; before the embargo ends no code is known."""
    clean = read_code(code)
    if clean and clean != code:
        return redirect("laureates:diploma-verify", code=clean)
    found = verified(clean, timezone.now())
    if found is None:
        lead = _("No diploma has the code %(code)s. Compare it with the one on the paper and type it again.")
        head = PageHead(_("This code is not known"), over=_("Quality awards"), lead=lead % {"code": hyphened(clean)})
        return render(request, "laureates/verify.html", {"head": head, "code": clean}, status=NOT_FOUND)
    context = {"head": verified_head(found), "facts": verified_facts(found)}
    return render(request, "laureates/verified.html", context)
