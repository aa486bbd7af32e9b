"""The groups: who sits in them, who chairs, who is invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.assessments import permissions, queries, services
from qms.assessments.forms.opening import ColleaguesForm, GroupForm, MembersForm
from qms.assessments.models import Assessment, Member
from qms.assessments.views.opening import crumbs_to
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.lifecycle import Refused
from qms.offices.queries import colleagues_of
from qms.ui.components import Button, PageHead, Seal
from qms.ui.forms import Form
from qms.ui.numbers import moment
from qms.ui.words import sentence

Stage = Assessment.Stage


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Compose the groups; before scoring begins the same page sends the invitations."""
    assessment = get_permitted(
        Assessment.objects.select_related("office", "edition"), pk, request.user, permissions.may_manage
    )
    groups = queries.groups_of(assessment)
    asked = request.POST.get("act", "")
    people = MembersForm(request.POST if asked == "people" else None, assessment=assessment)
    colleagues = ColleaguesForm(
        request.POST if asked == "colleagues" else None, assessment=assessment, choices=_colleagues(assessment, groups)
    )
    new_group = GroupForm(request.POST if asked == "group" else None)
    acts: dict[str, tuple[Form, Callable[[Any], object]]] = {
        "people": (people, lambda given: _add(given["group"], given["people"], request)),
        "colleagues": (
            colleagues,
            lambda given: _add(given["group"], [(email, "") for email in given["colleagues"]], request),
        ),
        "group": (new_group, lambda given: services.add_group(assessment, name=given["name"], by=signed_in(request))),
    }
    if asked in acts:
        form, act = acts[asked]
        if form.is_valid() and _done(form, act):
            send_letters.delay_on_commit()
            return redirect("assessments:assessment-group", pk=pk)
    context = {
        "assessment": assessment,
        "groups": groups,
        "people": people,
        "colleagues": colleagues if colleagues.fields["colleagues"].choices else None,
        "new_group": new_group,
        "crumbs": crumbs_to(assessment, _("Group")),
        "head": PageHead(
            _("Self-assessment group"),
            over=assessment.title,
            lead=_("Five to twelve people from different units and levels are usual. One of them chairs."),
        ),
        "open_to_change": assessment.stage in (Stage.DRAFT, Stage.INDIVIDUAL),
        "invited": assessment.stage == Stage.INDIVIDUAL,
        "seal": _seal(assessment, sum(len(getattr(each, "members_present", ())) for each in groups)),
    }
    return render(request, "assessments/assessment_group.html", context)


def _add(group: Any, people: list[tuple[str, str]], request: HttpRequest) -> object:
    return services.add_members(group, people=people, by=signed_in(request), at=timezone.now())


def _done(form: Form, act: Callable[[Any], object]) -> bool:
    """Whether it was done; a refusal stands on the form with everything that was typed."""
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True


def _colleagues(assessment: Assessment, groups: tuple[Any, ...]) -> list[tuple[str, str]]:
    inside = {member.email for each in groups for member in each.members_present}
    choices: dict[str, str] = {}
    for held in colleagues_of(assessment.office):
        if held.user.email not in inside:
            choices.setdefault(held.user.email, f"{held.user.name}, {held.get_role_display()}")
    return list(choices.items())


def _seal(assessment: Assessment, people: int) -> Seal | None:
    """What happens when individual scoring opens."""
    if assessment.stage != Stage.DRAFT or not people:
        return None
    due = assessment.individual_due_at
    return Seal(
        _("Open individual scoring"),
        (
            _("The way of scoring can no longer be changed."),
            _("Sheets are due %(moment)s.") % {"moment": moment(due)}
            if due
            else _("Set a date for the sheets in the settings first."),
        ),
        (
            _("Everyone in the group gets a letter with the way to the own sheet."),
            _("Nobody sees another member's scores until all sheets are in."),
        ),
        reverse("assessments:assessment-begin", args=[assessment.pk]),
        _("The group is complete"),
        Button(_("Open scoring and send invitations")),
    )


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person out of the group."""
    member = _member(request, pk)
    return _answer(
        request,
        member,
        lambda: services.remove_member(member, by=signed_in(request), at=timezone.now()),
        _("%(name)s left the group."),
    )


@login_required
@require_POST
def chair(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this member the chair."""
    member = _member(request, pk)
    return _answer(
        request,
        member,
        lambda: services.replace_chair(member, by=signed_in(request)),
        _("%(name)s chairs the group now."),
    )


@login_required
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    member = _member(request, pk)
    return _answer(
        request,
        member,
        lambda: services.invite_again(member, by=signed_in(request), at=timezone.now()),
        _("A fresh invitation to %(name)s is on its way."),
    )


def _member(request: HttpRequest, pk: int) -> Member:
    members = Member.objects.present().select_related("assessment__office", "group", "user")
    return get_permitted(members.visible_to(request.user), pk, request.user, permissions.may_manage_member)


def _answer(request: HttpRequest, member: Member, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        send_letters.delay_on_commit()
        messages.success(request, said % {"name": member.name or member.email})
    return redirect("assessments:assessment-group", pk=member.assessment_id)
