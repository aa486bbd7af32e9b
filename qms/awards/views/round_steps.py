"""Steps of a round: announce, take back, finish, copy."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.accounts.permissions import signed_in
from qms.awards import permissions
from qms.awards.models import Programme, Round
from qms.awards.services import copying
from qms.awards.services import rounds as services
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.ui.words import sentence


@login_required
@require_POST
def round_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a prepared round, once the organiser says that it is checked; go on with a finished one."""
    at = timezone.now()
    found = _round(request, pk)
    if found.state == Round.State.DRAFT and "confirmed" not in request.POST:
        messages.error(request, _("Tick the box: the round is not announced yet."))
        return redirect("awards:round", pk=pk)
    try:
        services.publish_round(found, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The round is announced."))
    return redirect("awards:round", pk=pk)


@login_required
@require_POST
def round_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an announced round back, as long as nobody has begun an application."""
    found = _round(request, pk)
    try:
        services.unpublish_round(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The round is in preparation again. Only its organisers see it."))
    return redirect("awards:round", pk=pk)


@login_required
@require_POST
def round_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a closed round among the past ones."""
    at = timezone.now()
    found = _round(request, pk)
    try:
        services.finish_round(found, by=signed_in(request), at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The round is finished."))
    return redirect("awards:round", pk=pk)


@login_required
@require_POST
def round_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a round in preparation."""
    found = _round(request, pk)
    try:
        services.delete_round(found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("awards:round", pk=pk)
    messages.success(request, _("The round is deleted."))
    return redirect("awards:round-list")


@login_required
@require_POST
def programme_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away an award without a round."""
    programme = get_permitted(Programme.objects.all(), pk, request.user, permissions.may_run)
    try:
        services.delete_programme(programme, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("awards:programme-edit", pk=pk)
    messages.success(request, _("The award is deleted."))
    return redirect("awards:round-list")


@login_required
@require_POST
def round_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole round once more, with its forms, as a draft of the year after."""
    made = copying.copy_round(_round(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("The round is copied, each date a year later. Check its titles and dates."))
    return redirect("awards:round", pk=made.pk)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_permitted(Round.objects.select_related("programme"), pk, request.user, permissions.may_run)
