"""What organisers receive: counts before the closing, then the list, each application, and its formal correction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import received as shown
from qms.awards.components.deadline import deadline_of_round
from qms.awards.components.submitting import crumbs_of_received, over_of, state_of
from qms.awards.forms.submitting import ReopenForm
from qms.awards.models import Application, Round
from qms.awards.queries import received as queries
from qms.awards.services import submitting as services
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.core.views.lists import page_of
from qms.lifecycle import Refused
from qms.ui.components import Button, Crumbs, Empty, Link, Note, PageHead, Pagination
from qms.ui.words import sentence

WRONG = 422
CORRECTION = timedelta(days=7)


@never_cache
@login_required
@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the closing how many there are; after it all that were received."""
    at = timezone.now()
    one = get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
    title, back = _("Received applications"), reverse("awards:round", args=[pk])
    context: dict[str, Any] = {
        "head": PageHead(title, over=one.title),
        "crumbs": Crumbs((Link(_("Awards"), reverse("awards:round-list")), Link(one.title, back), Link(title, ""))),
        "counts": shown.counts_table(queries.counts_of(one)),
        "deadline": deadline_of_round(one, at),
        "back": back,
    }
    if not one.is_closed(at):
        context["sealed"] = Note(shown.sealed_words(one.closes_at, one.zone), _("Sealed"))
        return render(request, "awards/received.html", context)
    page = page_of(queries.received_in(one, request.user, at), request)
    many = page.paginator.count
    context |= {
        "table": shown.received_table(page, one.zone) if many else "",
        "counted": ngettext("%(count)s application", "%(count)s applications", many) % {"count": many},
        "pages": Pagination(page, request.GET) if page.paginator.num_pages > 1 else "",
        "empty": Empty(_("Nothing was received"), _("No office submitted an application to this round."), level=3),
    }
    return render(request, "awards/received.html", context)


@never_cache
@login_required
@require_safe
def received_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen at the last submission."""
    application = _received(request, pk, timezone.now())
    submission = queries.last_submission(application)
    if submission is None:
        raise Http404
    ways = [Button(_("Open the dossier"), url=reverse("awards:dossier", args=[pk]))]
    if application.state == Application.State.SUBMITTED:
        label = _("Open for a formal correction")
        ways.append(Button(label, url=reverse("awards:reopen", args=[pk]), kind="secondary"))
    elif application.state == Application.State.REOPENED:
        label = _("Give more time for the correction")
        ways.append(Button(label, url=reverse("awards:reopen", args=[pk]), kind="secondary"))
    context = {
        "head": PageHead(
            application.office.name,
            over=over_of(application),
            state=state_of(application),
            action=tuple(ways),
        ),
        "crumbs": crumbs_of_received(application, Link(application.number, "")),
        "facts": shown.facts_of(application, submission),
        "correction": application.correction_reason,
        "statement": submission.statement,
        "conditions": shown.conditions_table(submission.content),
        "sections": shown.sections_of(submission.content),
        "annexes": shown.annexes_of(submission.content),
    }
    return render(request, "awards/received_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an application back for a formal correction."""
    at = timezone.now()
    application = _received(request, pk, at)
    zone, back = application.category.round.timezone, reverse("awards:received-detail", args=[pk])
    is_open = application.state == Application.State.REOPENED
    until = (at + CORRECTION).astimezone(zone).replace(hour=15, minute=0, second=0, microsecond=0)
    initial = {"until": until.strftime("%Y-%m-%dT%H:%M"), "reason": application.correction_reason if is_open else ""}
    form = ReopenForm(request.POST if request.method == "POST" else None, initial=initial, zone=zone, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            give = services.extend_correction if is_open else services.reopen_application
            give(application, by=signed_in(request), at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The office can correct its application now, and gets a letter."))
            return redirect(back)
    title = _("Give more time for the correction") if is_open else _("Open for a formal correction")
    lead = _("What was submitted stays and counts until the office submits again.")
    context = {
        "head": PageHead(title, over=f"{application.number}, {application.office.name}", lead=lead),
        "crumbs": crumbs_of_received(application, Link(application.number, back), Link(title, "")),
        "form": form,
        "button": Button(title),
        "back": back,
    }
    return render(request, "awards/submission_form.html", context, status=WRONG if form.errors else 200)


def _received(request: HttpRequest, pk: int, at: datetime) -> Application:
    """An application that the organiser has received; sealed ones are not there."""
    rows = Application.objects.for_organiser(request.user, at)
    rows = rows.select_related("category__round__programme", "office")
    application = get_object_or_404(rows, pk=pk)
    if not permissions.may_receive(request.user, application):
        raise PermissionDenied
    return application
