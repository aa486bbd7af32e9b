"""Who writes an application, and from which report it is filled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qms.accounts.permissions import signed_in
from qms.assessments.models import Assessment
from qms.awards import permissions
from qms.awards.components.overview import crumbs_of
from qms.awards.forms.beginning import EditorsForm, ReportForm
from qms.awards.queries.people import colleagues_who_may_write, heads_of
from qms.awards.queries.reports import reports_for
from qms.awards.services import beginning as services
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.components import PageHead
from qms.ui.words import sentence

from .beginning import applications

WRONG = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editors(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who of the office writes the application."""
    application = get_permitted(applications(), pk, request.user, permissions.may_manage)
    people = colleagues_who_may_write(application.office)
    first = {"people": application.editors.all()}
    form = EditorsForm(request.POST if request.method == "POST" else None, initial=first, people=people)
    if form.is_bound and form.is_valid():
        try:
            services.set_editors(application, people=form.cleaned_data["people"], by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            messages.success(request, _("Who is chosen gets a letter and finds the application in the list."))
            return redirect("awards:application", pk=pk)
    head = PageHead(
        _("Who writes with you"),
        over=application.category.title,
        lead=_("Directors and quality leads always write. Only the director submits."),
    )
    context = {"heads": heads_of(application.office), "has_people": people.exists()}
    return _form_page(request, "awards/editors.html", form, head, pk, context, crumbs_of(application, head.title))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the approved report that fills the application."""
    at = timezone.now()
    application = get_permitted(applications(), pk, request.user, permissions.may_manage)
    reports = reports_for(application.category, application.office)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"report": application.assessment_id},
        reports=reports,
        words=_report_words,
    )
    if form.is_bound and form.is_valid():
        try:
            services.choose_report(application, report=form.cleaned_data["report"], by=signed_in(request), at=at)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The report is chosen. What stands in the application stays as it is."))
            return redirect("awards:application", pk=pk)
    head = PageHead(
        _("Which report fills the application"),
        over=application.category.title,
        lead=_("Its strengths and scores are offered to the questions. The report itself does not change."),
    )
    context = {"has_reports": reports.exists()}
    return _form_page(request, "awards/report_choice.html", form, head, pk, context, crumbs_of(application, head.title))


def _report_words(report: Assessment) -> str:
    return _("%(report)s, approved on %(day)s") % {"report": report.title, "day": numbers.day(report.approved_at)}


def _form_page(
    request: HttpRequest, template: str, form: Any, head: PageHead, pk: int, more: dict[str, Any], crumbs: Any
) -> HttpResponse:
    context = {"form": form, "head": head, "crumbs": crumbs, "back": reverse("awards:application", args=[pk]), **more}
    return render(request, template, context, status=WRONG if form.is_bound else 200)
