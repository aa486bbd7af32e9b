"""The way of an application out of the office: pass on, submit, receipt, withdraw, take up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.components import submitting as shown
from qms.awards.components.deadline import deadline_of
from qms.awards.domain.checks import hindering
from qms.awards.domain.seen import mark_of
from qms.awards.forms.submitting import ReasonForm, SeenForm, StatementForm
from qms.awards.models import Application
from qms.awards.queries.checks import faults_in
from qms.awards.queries.content import section_contents
from qms.awards.queries.received import submissions_of
from qms.awards.queries.whole import ANNEXES, parts_of
from qms.awards.services import dossiers
from qms.awards.services import submitting as services
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job, send_letters
from qms.lifecycle import Refused, gettext_noop
from qms.ui.components import Button, Empty, ErrorSummary, Fault, FormFields, Link, PageHead
from qms.ui.words import sentence

WRONG, STALE = 422, 409
METHODS = ["GET", "HEAD", "POST"]
State = Application.State
STATEMENT = gettext_noop(
    "I submit this application in the name of the office. What it says is true, and we know the rules of the award."
)


@login_required
@require_http_methods(METHODS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, what becomes fixed, who sees it; the director submits."""
    at = timezone.now()
    application = get_permitted(applications(), pk, request.user, permissions.may_read)
    if request.method != "POST":
        return _meanwhile(request, application) or _page(request, application, at)
    if not permissions.may_submit(request.user, application):
        raise PermissionDenied
    form = StatementForm(request.POST, auto_id="submission-%s")
    if not form.is_valid():
        return _page(request, application, at, form)
    by, seen = signed_in(request), _seen(request)
    try:
        done = services.submit_application(application, statement=_(STATEMENT), by=by, at=at, seen=seen)
    except services.Unread as unread:
        return _page(request, application, at, unread=unread)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("awards:submit", pk=pk)
    send_letters.delay_on_commit()
    job = dossiers.queue_dossier(done, by=by)
    run_job.delay_on_commit(job_id=job.pk)
    messages.success(request, _("The application is submitted. Its number is %(number)s.") % done.content)
    return redirect("awards:receipt", pk=pk)


@login_required
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the director that it is ready."""
    application = get_permitted(applications(), pk, request.user, permissions.may_manage)
    try:
        services.pass_on(application, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("The director has the application now, and gets a letter."))
    return redirect("awards:submit", pk=pk)


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, moment and fingerprint of what was submitted."""
    application = get_permitted(applications(), pk, request.user, permissions.may_read)
    submissions = list(submissions_of(application))
    back = reverse("awards:application", args=[pk])
    title = _("Receipt")
    head = PageHead(title, over=shown.over_of(application), state=shown.state_of(application))
    context: dict[str, Any] = {"head": head, "crumbs": shown.crumbs_of(application, Link(title, "")), "back": back}
    if not submissions:
        way = Button(_("Open the application"), url=back)
        text = _("The receipt comes when the director submits the application.")
        context["empty"] = Empty(_("Nothing is submitted yet"), text, way)
        return render(request, "awards/receipt.html", context)
    last = submissions[0]
    ways: list[Button] = [Button(_("Open the dossier"), url=reverse("awards:dossier", args=[pk]))]
    if application.state == State.SUBMITTED and permissions.may_submit(request.user, application):
        ways.append(Button(_("Withdraw the application"), url=reverse("awards:withdraw", args=[pk]), kind="secondary"))
    context |= {
        "facts": shown.receipt_facts(application, last),
        "statement": last.statement,
        "ways": ways,
        "submissions": shown.submissions_table(application, submissions) if len(submissions) > 1 else "",
        "checked": _("Whoever has the code sees the number, the moment and the fingerprint, never the office."),
    }
    return render(request, "awards/receipt.html", context)


@login_required
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the application back, with the reason."""
    at = timezone.now()
    application = get_permitted(applications(), pk, request.user, permissions.may_submit)
    if request.method != "POST" and application.state == State.WITHDRAWN:
        messages.info(request, _("The application is withdrawn already."))
        return redirect("awards:application", pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facts = {"reason": form.cleaned_data["reason"], "by": signed_in(request), "at": at}
            services.withdraw_application(application, **facts)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("The application is withdrawn."))
            return redirect("awards:application", pk=pk)
    title, is_open = _("Withdraw the application"), application.category.round.receives(at)
    lead = _("Until the closing it can be taken up again.") if is_open else _("The round is closed: this is final.")
    context = {
        "head": PageHead(title, over=shown.over_of(application), state=shown.state_of(application), lead=lead),
        "crumbs": shown.crumbs_of(application, Link(title, "")),
        "form": form,
        "button": Button(title, kind="danger"),
        "back": reverse("awards:application", args=[pk]),
    }
    return render(request, "awards/submission_form.html", context, status=WRONG if form.errors else 200)


@login_required
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a withdrawn application."""
    application = get_permitted(applications(), pk, request.user, permissions.may_submit)
    try:
        services.take_up_application(application, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The application is a draft again. It has to be submitted anew."))
    return redirect("awards:application", pk=pk)


def applications() -> QuerySet[Application]:
    """Applications with what their pages read."""
    return Application.objects.select_related(
        "category__round__programme", "category__framework", "office__region", "assessment__snapshot"
    )


def _meanwhile(request: HttpRequest, application: Application) -> HttpResponse | None:
    """Where the application cannot be submitted: the receipt, or its own page."""
    if application.state == State.SUBMITTED:
        return redirect("awards:receipt", pk=application.pk)
    if application.state == State.WITHDRAWN:
        messages.info(request, _("The application is withdrawn. Take it up again to submit it."))
        return redirect("awards:application", pk=application.pk)
    return None


def _seen(request: HttpRequest) -> str:
    form = SeenForm(request.POST)
    return str(form.cleaned_data["seen"]) if form.is_valid() else ""


def _page(
    request: HttpRequest,
    application: Application,
    at: datetime,
    form: StatementForm | None = None,
    unread: services.Unread | None = None,
) -> HttpResponse:
    sections = section_contents(application)
    faults = faults_in(application, sections, at)
    is_open = application.is_open(at)
    directs = permissions.may_submit(request.user, application)
    manages = permissions.may_manage(request.user, application)
    title = _("Submit the application")
    parts = parts_of(application, sections)
    seen = SeenForm(initial={"seen": mark_of(parts) if form is None else _seen(request)})
    can = is_open and not hindering(faults)
    frozen = shown.frozen_of(sections, len(parts[ANNEXES]))
    seal = shown.submit_seal(application, statement=_(STATEMENT), frozen=frozen, seen=FormFields(seen))
    news = () if unread is None else shown.changes_of(application, sections, unread.parts)
    context = {
        "head": PageHead(title, over=shown.over_of(application), state=shown.state_of(application)),
        "crumbs": shown.crumbs_of(application, Link(title, "")),
        "deadline": deadline_of(application, at),
        "checks": (*news, *shown.checks_of(faults)),
        "lacking": shown.lacking_words(faults),
        "correction": application.correction_reason if application.state == State.REOPENED else "",
        "seal": seal if directs and can else "",
        "passing": shown.passing_of(application) if manages and not directs and is_open else "",
        "told": shown.told_of(application, directs=directs, manages=manages, is_open=is_open, can=can),
        "errors": _errors(form, unread),
        "back": reverse("awards:application", args=[application.pk]),
    }
    return render(request, "awards/submit.html", context, status=STALE if unread else WRONG if form else 200)


def _errors(form: StatementForm | None, unread: services.Unread | None) -> ErrorSummary | None:
    if unread is not None:
        return ErrorSummary(title=_("Nothing is submitted yet"), faults=(Fault(sentence(unread), "checks"),))
    if form is None:
        return None
    said = [str(error) for errors in form.errors.values() for error in errors]
    return ErrorSummary(faults=tuple(Fault(words, "submission-ok") for words in said))
