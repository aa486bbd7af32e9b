"""Opening an assessment and changing its frame."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.assessments import permissions, services
from qms.assessments.forms.opening import SettingsForm, StartForm
from qms.assessments.models import Assessment
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.lifecycle import Refused
from qms.offices.queries import current_office, offices_of
from qms.ui.components import Crumbs, Link, PageHead
from qms.ui.words import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new assessment; the group is composed on the next page."""
    offices = [office for office in offices_of(request.user) if permissions.may_open(request.user, office)]
    if not offices:
        raise PermissionDenied
    today = timezone.localdate()
    here = current_office(request.user, request.session.get("office"))
    initial = {
        "office": here if here in offices else offices[0],
        "title": _("Self-assessment %(year)s") % {"year": today.year},
        "year": today.year,
    }
    if asked := request.GET.get("edition"):
        initial["edition"] = asked
    form = StartForm(request.POST or None, initial=initial, offices=offices)
    form.fields["edition"].initial = form.chosen_edition(form.fields["edition"].queryset)
    form.fields["panel"].initial = form.fields["panel"].choices[0][0] if form.fields["panel"].choices else None
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            assessment = services.open_assessment(fields.pop("office"), by=signed_in(request), **fields)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The self-assessment is open. Now compose the group."))
            return redirect("assessments:assessment-group", pk=assessment.pk)
    context = {
        "form": form,
        "crumbs": Crumbs((Link(_("Self-assessment"), reverse("assessments:assessment-list")), Link(_("Start"), ""))),
        "head": PageHead(
            _("Start a self-assessment"),
            lead=_("Nobody is written to yet. You compose the group on the next page and send the invitations there."),
        ),
    }
    return render(request, "assessments/assessment_start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, dates, names, sharing."""
    assessment = get_permitted(
        Assessment.objects.select_related("office", "edition"), pk, request.user, permissions.may_manage
    )
    form = SettingsForm(request.POST or None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_assessment(assessment, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The settings were saved."))
            return redirect("assessments:assessment-detail", pk=pk)
    context = {
        "form": form,
        "assessment": assessment,
        "crumbs": crumbs_to(assessment, _("Settings")),
        "head": PageHead(_("Settings of the self-assessment"), over=assessment.title),
    }
    return render(request, "assessments/assessment_settings.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Individual scoring opens and the invitations go out."""
    assessment = get_permitted(Assessment, pk, request.user, permissions.may_manage)
    try:
        services.start_individual(assessment, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("assessments:assessment-group", pk=pk)
    send_letters.delay_on_commit()
    messages.success(request, _("Individual scoring is open and the invitations are on their way."))
    return redirect("assessments:assessment-detail", pk=pk)


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter to everyone whose sheet is still out."""
    assessment = get_permitted(Assessment, pk, request.user, permissions.may_remind)
    try:
        count = services.remind_members(assessment, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, _("Reminders sent: %(count)s.") % {"count": count})
    return redirect("assessments:assessment-detail", pk=pk)


def crumbs_to(assessment: Assessment, here: str) -> Crumbs:
    """The way from the list through this assessment to the page."""
    return Crumbs(
        (
            Link(_("Self-assessment"), reverse("assessments:assessment-list")),
            Link(assessment.title, reverse("assessments:assessment-detail", args=[assessment.pk])),
            Link(here, ""),
        )
    )
