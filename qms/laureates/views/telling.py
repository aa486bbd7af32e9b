"""Who is told what when: laureates in confidence, everybody after the embargo."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.components.rounds import crumbs_to
from qms.awards.models import Round
from qms.core.permissions import get_permitted
from qms.core.rows import row_number
from qms.core.tasks import send_letters
from qms.laureates import permissions
from qms.laureates.components import telling as shown
from qms.laureates.queries.feedback import counts_of
from qms.laureates.queries.results import is_told_from
from qms.laureates.queries.telling import lines_of
from qms.laureates.services import telling as services
from qms.lifecycle import Refused
from qms.ui.components import Empty, PageHead
from qms.ui.words import sentence


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell chosen laureates in confidence, or, once the embargo has ended, everybody."""
    at = timezone.now()
    found = get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
    if request.method == "POST":
        return _tell(request, found)
    lines, counts, title = lines_of(found), counts_of(found, at), _("Tell results")
    untold = sum(line.can_be_told for line in lines)
    context = {
        "head": PageHead(title, over=found.title),
        "crumbs": crumbs_to(found, title),
        "note": shown.embargo_note(found, at, untold=untold, approved=counts.approved, decided=counts.decided),
        "unled": shown.unled_note(lines) or "",
        "stats": shown.stats_of(lines),
        "laureates": shown.laureates_of(lines, found) if not is_told_from(found, at) else (),
        "untold": untold if is_told_from(found, at) else 0,
        "table": shown.told_table(lines, found) if lines else "",
        "empty": Empty(_("Nothing is decided yet"), _("Results stand here when a list of prizes is closed."), level=3),
    }
    return render(request, "laureates/tell.html", context)


def _tell(request: HttpRequest, found: Round) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    chosen = [row_number(one) for one in request.POST.getlist("laureate")]
    try:
        if request.POST.get("do") == "results":
            told = services.tell_results(found, by=by, at=at)
        else:
            told = services.tell_laureates(found, chosen, by=by, at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        said = ngettext("%(count)s office is told.", "%(count)s offices are told.", told)
        messages.success(request, said % {"count": told})
    return redirect("laureates:tell", pk=found.pk)
