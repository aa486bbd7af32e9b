"""Diplomas of a round: what stands on them, issuing, and their files."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.accounts.permissions import signed_in
from qms.awards.components.hours import moment_of
from qms.awards.models import Round
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.core.tasks import run_job
from qms.core.views.files import given_out
from qms.laureates import permissions
from qms.laureates.components import diplomas as shown
from qms.laureates.forms.diplomas import REISSUE, REVOKE, ChangeForm, PlanForm
from qms.laureates.models import Diploma
from qms.laureates.queries import diplomas as reads
from qms.laureates.services import diplomas as services
from qms.laureates.services import printing
from qms.lifecycle import Refused
from qms.pdf.views import answer
from qms.ui.components import FileRow, Link, PageHead
from qms.ui.words import sentence

WRONG = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def diplomas(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets a diploma, what stands on all of them, and the file for the printer."""
    found, language = _round(request, pk), get_language() or "pl"
    form = PlanForm(request.POST or None, plan=reads.plan_of(found))
    if request.method == "POST" and form.is_valid():
        services.save_plan(found, draft=form.draft, by=signed_in(request))
        messages.success(request, _("Saved. Diplomas that are issued already keep what they say."))
        return redirect("laureates:diplomas", pk=pk)
    laurels = list(reads.laurels_of(found))
    jobs = Job.objects.visible_to(request.user).about(found).filter(kind=printing.DIPLOMAS).order_by("-pk")[:1]
    title = _("Diplomas")
    issued = [one for one in map(reads.diploma_of, laurels) if one is not None and one.revoked_at is None]
    context = {
        "round": found,
        "crumbs": shown.crumbs_to(found, Link(title, "")),
        "head": PageHead(
            title,
            over=found.title,
            lead=_("Offices find their diplomas on their page of the result from %(moment)s.")
            % {"moment": moment_of(found, found.embargo_until)},
        ),
        "table": shown.laurels_table(laurels),
        "missing": sum(reads.diploma_of(one) is None for one in laurels),
        "issued": len(issued),
        "form": form,
        "has_plan": reads.plan_of(found) is not None,
        "file": _file(found, language) if issued else None,
        "jobs": [JobRow(job) for job in jobs if job.state != Job.State.DONE],
    }
    return render(request, "laureates/diplomas.html", context, status=WRONG if form.errors else 200)


def _file(found: Round, language: str) -> FileRow | None:
    rendering = printing.diplomas_that_stand(found, language)
    if rendering is None:
        return None
    pages = ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages}
    return FileRow(rendering.name, "PDF", reverse("laureates:diplomas-file", args=[found.pk]), pages)


@login_required
@require_POST
def diplomas_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A diploma for every prize that has none."""
    found = _round(request, pk)
    try:
        count = services.issue_diplomas(found, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = ngettext("%(count)s diploma was issued.", "%(count)s diplomas were issued.", count)
        messages.success(request, said % {"count": count})
    return redirect("laureates:diplomas", pk=pk)


@login_required
@require_POST
def diplomas_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets all diplomas of the round in the reader's language."""
    found = _round(request, pk)
    try:
        job = printing.order_diplomas(found, language=get_language() or "pl", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        run_job.delay_on_commit(job_id=job.pk)
    return redirect(reverse("laureates:diplomas", args=[pk]) + "#files")


@never_cache
@login_required
@require_safe
def diplomas_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All diplomas of the round in one PDF, as they stand now."""
    found = _round(request, pk)
    rendering = printing.diplomas_that_stand(found, get_language() or "pl")
    if rendering is None:
        raise Http404
    return given_out(answer(rendering), request, found, "laureates.fetch_diplomas", file=rendering.name)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def diploma_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a diploma anew, or withdraw it, with a reason."""
    diploma = get_permitted(_diplomas(), pk, request.user, permissions.may_run)
    found = diploma.decision.application.category.round
    acts = (REISSUE,) if diploma.revoked_at is not None else (REISSUE, REVOKE)
    form = ChangeForm(request.POST or None, acts=acts)
    if request.method == "POST" and form.is_valid():
        change = services.reissue_diploma if form.cleaned_data["act"] == REISSUE else services.revoke_diploma
        try:
            change(diploma, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The diploma was changed."))
            return redirect("laureates:diplomas", pk=found.pk)
    title = _("Diploma %(number)s") % {"number": diploma.number}
    context = {
        "crumbs": shown.crumbs_to(
            found, Link(_("Diplomas"), reverse("laureates:diplomas", args=[found.pk])), Link(title, "")
        ),
        "head": PageHead(title, over=found.title, state=shown.state_of(diploma)),
        "facts": shown.diploma_facts(diploma, timezone.now()),
        "form": form,
        "back": reverse("laureates:diplomas", args=[found.pk]),
    }
    return render(request, "laureates/diploma_change.html", context, status=WRONG if form.errors else 200)


@never_cache
@login_required
@require_safe
def diploma_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The diploma as a PDF; where it was not set yet in this language, a page that offers to do so."""
    at, language = timezone.now(), get_language() or "pl"
    diploma = get_permitted(_diplomas(), pk, request.user, permissions.may_read)
    runs = permissions.may_run(request.user, diploma)
    if diploma.revoked_at is not None and not runs:
        raise Http404
    if rendering := printing.diploma_that_stands(diploma, language):
        own = permissions.own_office_of(request.user, diploma, at)
        act = "laureates.fetch_diploma"
        return given_out(answer(rendering), request, diploma, act, office_id=own, file=rendering.name)
    jobs = Job.objects.visible_to(request.user).about(diploma).filter(kind=printing.DIPLOMA).order_by("-pk")[:1]
    title = printing.diploma_name(diploma, language)
    content_head = PageHead(
        title,
        over=diploma.decision.application.category.round.title,
        state=shown.state_of(diploma),
        lead=_("One page in landscape, with a code that anybody can verify."),
    )
    context = {
        "crumbs": shown.crumbs_of_file(diploma, title, runs=runs),
        "head": content_head,
        "diploma": diploma,
        "is_withdrawn": diploma.revoked_at is not None,
        "jobs": [JobRow(job) for job in jobs if job.state != Job.State.DONE],
    }
    return render(request, "laureates/diploma_file.html", context)


@login_required
@require_POST
def diploma_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A job that sets the diploma in the reader's language."""
    diploma = get_permitted(_diplomas(), pk, request.user, permissions.may_read)
    try:
        job = printing.order_diploma(diploma, language=get_language() or "pl", by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        run_job.delay_on_commit(job_id=job.pk)
    return redirect("laureates:diploma-file", pk=pk)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)


def _diplomas() -> QuerySet[Diploma]:
    return reads.with_all()
