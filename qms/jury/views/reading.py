"""What a juror opens: the own home, an application as it was submitted, and its annexes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.awards.models import Annex
from qms.awards.queries.received import last_submission, was_submitted
from qms.core.uploads import content_type_of
from qms.core.views.files import given_out
from qms.jury import permissions
from qms.jury.components import reading as shown
from qms.jury.components.juror import desk_part
from qms.jury.models import Ballot
from qms.jury.queries import access
from qms.jury.queries.desk import ballot_of, desks_of
from qms.jury.queries.tasks import tasks_at
from qms.ui.components import Button, Empty, Link, PageHead, State


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The juror's seats, each with its phase, what waits, ballots and visits."""
    at, user = timezone.now(), signed_in(request)
    if not permissions.judges(user):
        raise PermissionDenied
    context = {
        "head": PageHead(
            _("My work as a juror"),
            lead=_("What waits for you in each jury, until when, and the applications that are open to you now."),
        ),
        "desks": [desk_part(desk, tasks_at(desk, at), at) for desk in desks_of(user, at)],
        "empty": Empty(
            _("You sit in no jury yet"), _("An organiser gives you a seat in the jury of a round; a letter tells you.")
        ),
    }
    return render(request, "jury/home.html", context)


@never_cache
@login_required
@require_safe
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The application as it was submitted, while it is open to the juror."""
    at, user = timezone.now(), signed_in(request)
    application = get_object_or_404(access.open_to(user, at), pk=pk)
    submission = last_submission(application)
    if submission is None:
        raise Http404
    ballot = ballot_of(user, application)
    content = submission.content
    context = {
        "head": PageHead(
            application.office.name,
            over=f"{application.number}, {application.category.title}",
            state=_ballot_state(ballot),
            lead=_("Confidential. What you read here you tell nobody outside the jury."),
            action=_actions(ballot, pk),
        ),
        "crumbs": shown.crumbs_of_juror(Link(application.number, "")),
        "facts": shown.facts_for_juror(application, submission),
        "sections": shown.sections_for_juror(content),
        "annexes": shown.annexes_for_juror(content),
        "conflict": reverse("jury:conflict", args=[pk]),
    }
    return render(request, "jury/reading.html", context)


def _ballot_state(ballot: Ballot | None) -> State | None:
    if ballot is None:
        return None
    is_in = ballot.state == Ballot.State.HANDED_IN
    return State(_("My scores are in") if is_in else _("My scores are a draft"), "done" if is_in else "going")


def _actions(ballot: Ballot | None, pk: int) -> tuple[Button, ...]:
    copy = Button(_("My copy as a PDF"), url=reverse("jury:dossier", args=[pk]), kind="secondary")
    if ballot is None:
        return (copy,)
    is_in = ballot.state == Ballot.State.HANDED_IN
    label = _("My scores") if is_in else _("Score this application")
    return Button(label, url=reverse("jury:ballot", args=[ballot.pk])), copy


@login_required
@require_safe
def annex(request: HttpRequest, pk: int) -> FileResponse:
    """One annex, always as a download; only of an open application, and only if it was submitted."""
    open_pks = access.open_to(signed_in(request), timezone.now()).order_by().values("pk")
    rows = Annex.objects.filter(application__in=open_pks).select_related("application")
    found = get_object_or_404(rows, pk=pk)
    if not was_submitted(found):
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = content_type_of(found.kind)
    response = FileResponse(content, as_attachment=True, filename=found.file_name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return given_out(response, request, found.application, "jury.fetch_annex", file=found.file_name)
