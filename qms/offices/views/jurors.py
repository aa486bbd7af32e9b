"""Jurors for those who run rounds: inviting them, and withdrawing an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.accounts.permissions import signed_in
from qms.core.permissions import get_permitted
from qms.lifecycle import Refused
from qms.offices import services
from qms.offices.forms import JurorForm
from qms.offices.permissions import may_invite_jurors, may_withdraw
from qms.offices.queries import juror_invitations, jurors_invited_by
from qms.offices.views.answers import permitted
from qms.offices.views.members import is_invited
from qms.ui.components import Empty, PageHead
from qms.ui.words import sentence


@permitted(may_invite_jurors)
@require_http_methods(["GET", "HEAD", "POST"])
def jurors(request: HttpRequest) -> HttpResponse:
    """Whom the person invited to judge, and a form to invite more."""
    at, user = timezone.now(), signed_in(request)
    form = JurorForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid() and is_invited(request, form):
        return redirect("offices:jurors")
    lead = _("People whom you invited to judge. On the page “Jury” of a round you give them a seat.")
    context = {
        "head": PageHead(_("Jurors"), over=_("People"), lead=lead),
        "invited": jurors_invited_by(user, at),
        "empty": Empty(
            _("Nobody yet"), _("Who gets an invitation from you stands here until the account is open, and after.")
        ),
        "form": form,
    }
    return render(request, "offices/jurors.html", context)


@login_required
@require_POST
def juror_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is invited to judge no longer."""
    at, user = timezone.now(), signed_in(request)
    invitation = get_permitted(juror_invitations(user), pk, user, may_withdraw)
    try:
        services.withdraw_juror(invitation, by=user, at=at)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("offices:jurors")
