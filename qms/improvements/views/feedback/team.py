"""The team: named by the organiser, declared by each actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from qms.core.permissions import get_permitted
from qms.core.tasks import send_letters
from qms.improvements.components.feedback import offices_named
from qms.improvements.forms.feedback import ActorForm, ConfirmForm, DeclarationForm
from qms.improvements.models import Feedback, FeedbackActor
from qms.improvements.permissions.feedback import may_compose_team, may_declare, seat_of
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback_team as services
from qms.lifecycle import Refused
from qms.ui.components import Button, PageHead, Seal
from qms.ui.words import sentence

from .shown import crumbs_to, rows

Declaration = FeedbackActor.Declaration


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Compose the team: search peers of other offices, name a leader, let it begin."""
    feedback = get_permitted(rows(), pk, request.user, may_compose_team)
    form = ActorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor = services.add_actor(feedback, email=form.cleaned_data["email"], by=signed_in(request))
        except Refused as refusal:
            form.add_error("email", sentence(refusal))
        else:
            send_letters.delay_on_commit()
            said = _("%(name)s is in the team; a letter asks for the declaration.")
            messages.success(request, said % {"name": actor.user.name})
            return redirect("improvements:feedback-team", pk=pk)
    asked = request.GET.get("q", "").strip()
    members = [_member(actor) for actor in queries.team_of(feedback)]
    present = [each for each in members if each["is_present"]]
    context = {
        "feedback": feedback,
        "crumbs": crumbs_to(feedback, _("Team")),
        "head": PageHead(
            _("Feedback team"),
            over=feedback.office.name,
            lead=_(
                "Two to four people from other offices. Before anything is shown to them, each says whether there is a"
                " conflict of interest."
            ),
        ),
        "present": present,
        "former": [each for each in members if not each["is_present"]],
        "form": form,
        "asked": asked,
        "peers": [
            {"user": peer.user, "offices": ", ".join(peer.offices)} for peer in queries.peers_for(feedback, asked)
        ],
        "is_full": len(present) >= services.MOST,
        "seal": _seal(feedback) if feedback.stage == Feedback.Stage.SUBMITTED and present else None,
    }
    return render(request, "improvements/feedback/team.html", context, status=422 if form.errors else 200)


def _member(actor: FeedbackActor) -> dict[str, object]:
    works: Any = actor.user.works  # type: ignore[attr-defined]
    return {
        "actor": actor,
        "offices": offices_named(each.office.short_name for each in works),
        "is_present": actor.removed_at is None and actor.declaration != Declaration.CONFLICT,
        "declared": actor.get_declaration_display(),
        "is_clear": actor.declaration == Declaration.CLEAR,
    }


def _seal(feedback: Feedback) -> Seal:
    return Seal(
        _("Let the team begin"),
        (_("The team gives its levels; people can still be added or taken off."),),
        (
            _("Actors who declared no conflict: the answers of the office and the approved figures."),
            _("Nobody sees another actor's levels until all own levels are in."),
        ),
        reverse("improvements:feedback-begin", args=[feedback.pk]),
        _("The team is complete and has a leader"),
        Button(_("Begin the feedback")),
    )


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the actors give their levels."""
    feedback = get_permitted(rows(), pk, request.user, may_compose_team)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["confirmed"])))
        return redirect("improvements:feedback-team", pk=pk)
    try:
        services.begin_feedback(feedback, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("improvements:feedback-team", pk=pk)
    messages.success(request, _("The team can begin."))
    return redirect("improvements:feedback-detail", pk=pk)


@login_required
@require_POST
def leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the leader of the team."""
    actor = _actor(request, pk)
    return _answer(
        request, actor, lambda: services.name_leader(actor, by=signed_in(request)), _("%(name)s leads the team now.")
    )


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the team."""
    actor = _actor(request, pk)
    return _answer(
        request,
        actor,
        lambda: services.remove_actor(actor, by=signed_in(request), at=timezone.now()),
        _("%(name)s is off the team."),
    )


def _actor(request: HttpRequest, pk: int) -> FeedbackActor:
    visible = (
        Feedback.objects.visible_to(signed_in(request)) if request.user.is_authenticated else Feedback.objects.none()
    )
    actors = FeedbackActor.objects.filter(feedback__in=visible.values("pk"))
    return get_permitted(
        actors.select_related("user", "feedback__office"),
        pk,
        request.user,
        lambda user, actor: may_compose_team(user, actor.feedback),
    )


def _answer(request: HttpRequest, actor: FeedbackActor, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said % {"name": actor.user.name})
    return redirect("improvements:feedback-team", pk=actor.feedback_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """An actor's declaration; before it nothing of the application is shown but the office's name."""
    feedback = get_permitted(rows(), pk, request.user, _may_declare_in)
    seat = seat_of(request.user, feedback)
    if seat is None:
        raise PermissionDenied
    initial = {"declaration": "conflict"} if seat.declaration == Declaration.CLEAR else {}
    form = DeclarationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare(seat, conflict=form.cleaned_data["conflict"], at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            send_letters.delay_on_commit()
            if form.cleaned_data["declaration"] == "conflict":
                messages.success(request, _("Thank you. Your access has ended; the organiser finds somebody else."))
                return redirect("improvements:feedback-list")
            messages.success(request, _("Thank you. Now you can read the application."))
            return redirect("improvements:feedback-detail", pk=pk)
    context = {
        "form": form,
        "crumbs": crumbs_to(feedback)
        if seat.declaration == Declaration.NONE
        else crumbs_to(feedback, _("Declaration")),
        "head": PageHead(
            _("Declaration on conflicts of interest"),
            over=feedback.office.name,
            lead=_("You are asked to give this office external feedback together with peers of other offices."),
        ),
    }
    return render(request, "improvements/feedback/declare.html", context, status=422 if form.errors else 200)


def _may_declare_in(user: object, feedback: Feedback) -> bool:
    seat = seat_of(user, feedback)
    return seat is not None and may_declare(user, seat)
