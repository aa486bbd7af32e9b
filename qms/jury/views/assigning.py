"""Who scores what: the balanced assignment with its proposal, and single ballots by hand."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.awards.components.received import sealed_words
from qms.awards.models import Application
from qms.core.permissions import get_permitted
from qms.jury import permissions
from qms.jury.components import assigning as shown
from qms.jury.components.board_page import crumbs_of, over_of
from qms.jury.forms.assigning import BallotForm, EndForm
from qms.jury.models import Ballot
from qms.jury.queries import access
from qms.jury.queries import assigning as queries
from qms.jury.queries.closing import is_decided
from qms.jury.services import assigning as services
from qms.lifecycle import Refused
from qms.ui.components import Button, Link, Note, PageHead
from qms.ui.words import sentence

from .board import categories

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal: who gets how many and what stays short; sending it writes just that."""
    at, status = timezone.now(), 200
    category = get_permitted(categories(), pk, request.user, permissions.may_run)
    back, title = reverse("jury:board", args=[pk]), _("Assign applications")
    if request.method == "POST":
        try:
            many = services.assign_applications(
                category, seen=request.POST.get("seen", ""), by=signed_in(request), at=at
            )
        except Refused as refusal:
            messages.error(request, sentence(refusal))
            status = WRONG
        else:
            words = ngettext("%(count)s ballot is assigned.", "%(count)s ballots are assigned.", many)
            messages.success(request, words % {"count": many})
            return redirect(back)
    context = {
        "head": PageHead(title, over=over_of(category), lead=_("Existing ballots stay. New ones are spread evenly.")),
        "crumbs": crumbs_of(category, Link(title, "")),
        "back": back,
    }
    if not category.round.is_closed(at):
        context["sealed"] = Note(sealed_words(category.round.closes_at, category.round.zone), _("Sealed"))
        return render(request, "jury/assign.html", context, status=status)
    plan = queries.plan_of(category)
    context |= {
        "notes": shown.notes_of(plan),
        "summary": shown.summary_of(plan),
        "loads": shown.loads_table(plan) if plan.seats else "",
        "short": shown.short_table(plan),
        "more": shown.more_of(plan),
        "seen": plan.digest,
        "button": Button(_("Assign")) if plan.proposal.pairs else "",
    }
    return render(request, "jury/assign.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The jurors of one application, and one more by hand."""
    at = timezone.now()
    application = received(request, pk, at)
    panel, here = queries.panel_of(application), reverse("jury:ballot-add", args=[pk])
    changes = not is_decided(application.category)
    is_late = queries.was_opened(application)
    form = BallotForm(request.POST if request.method == "POST" else None, free=panel.free, is_late=is_late)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_ballot(application, by=signed_in(request), at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The juror is asked to score the application."))
            return redirect(here)
    context = {
        "head": PageHead(
            _("Jurors of %(number)s") % {"number": application.number}, over=over_of_application(application)
        ),
        "crumbs": crumbs_of(application.category, Link(application.number, "")),
        "ways": tuple(shown.ways_of(application, panel)),
        "shortage": shown.shortage_note(application, panel, changes=changes),
        "ballots": shown.ballots_table(panel, changes=changes),
        "excluded": shown.excluded_table(panel),
        "ended": shown.ended_table(panel),
        "form": form if panel.free and changes else "",
        "button": Button(_("Ask this juror")),
        "back": reverse("jury:board", args=[application.category_id]),
    }
    return render(request, "jury/panel.html", context, status=WRONG if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ballot away, with the reason."""
    at = timezone.now()
    rows = Ballot.objects.counting().select_related("juror__user", *(f"application__{name}" for name in access.WITH))
    ballot = get_permitted(rows, pk, request.user, permissions.may_run)
    application, title = ballot.application, _("Take a ballot away")
    back = reverse("jury:ballot-add", args=[application.pk])
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_ballot(ballot, by=signed_in(request), at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The ballot is taken away. What was scored stays in the file."))
            return redirect(back)
    lead = _("%(juror)s will not see the application any more. What was scored stays in the file and does not count.")
    context = {
        "head": PageHead(title, over=over_of_application(application), lead=lead % {"juror": ballot.juror.sign}),
        "crumbs": crumbs_of(application.category, Link(application.number, back), Link(title, "")),
        "form": form,
        "button": Button(title, kind="danger"),
        "back": back,
    }
    return render(request, "awards/submission_form.html", context, status=WRONG if form.errors else 200)


def received(request: HttpRequest, pk: int, at: datetime) -> Application:
    """An application that the organiser has received; sealed ones are not there."""
    application = get_object_or_404(access.run_by(request.user, at), pk=pk)
    if not permissions.may_run(request.user, application):
        raise PermissionDenied
    return application


def over_of_application(application: Application) -> str:
    return f"{application.number}, {application.office.short_name}"
