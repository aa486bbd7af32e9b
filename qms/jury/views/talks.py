"""The talk about one application: who gave what, and how far apart it lies."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.awards.models import Application
from qms.jury import permissions
from qms.jury.components import talks as shown
from qms.jury.components.talks import Reader
from qms.jury.queries import access
from qms.jury.queries.closing import is_decided
from qms.jury.queries.talks import talk_of
from qms.ui.components import Link


@never_cache
@login_required
@require_safe
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what has to be talked about, then all sections, the widest first."""
    at = timezone.now()
    application = application_of(request, pk, at)
    reader = reader_of(request, application, at)
    if reader is None:
        raise PermissionDenied
    found = talk_of(application)
    close = sum(one.is_close for one in found.lines) if reader.writes else 0
    may_unlock = reader.is_organiser and not is_decided(application.category)
    context = {
        "head": shown.talk_head(found, close=close),
        "crumbs": shown.crumbs_of(application, reader, Link(application.number, "")),
        "note": shown.note_of(found),
        "is_revealed": found.is_revealed,
        "drawing": shown.totals_drawing(found),
        "totals": shown.totals_table(found, reader, may_unlock=may_unlock),
        "strips": shown.strips_of(found, reader),
        "sections": tuple(shown.section_of(found, one, reader) for one in found.widest),
    }
    return render(request, "jury/talk.html", context)


def application_of(request: HttpRequest, pk: int, at: datetime) -> Application:
    """An application that the organiser received, or that is open to the juror now."""
    return get_object_or_404(access.run_by(request.user, at) | access.open_to(request.user, at), pk=pk)


def reader_of(request: HttpRequest, application: Application, at: datetime) -> Reader | None:
    """What this person may see and write of a talk; nothing where the phase keeps scores from jurors."""
    if permissions.may_run(request.user, application):
        writes = not is_decided(application.category)
        return Reader(is_organiser=True, writes=writes, sees_names=True)
    phase = access.phase_of(application.category.round, at)
    if phase is None:
        return None
    leads = phase.may_agree and permissions.chairs(request.user, application)
    if not phase.shows_scores and not leads:
        return None
    writes = leads and not is_decided(application.category)
    return Reader(is_organiser=False, writes=writes, sees_names=phase.shows_names)
