"""What is done with invitations of jurors by those who do not keep all people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qms.accounts import services as accounts
from qms.accounts.models import Invitation, User
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import juror_of
from qms.offices.services.members import end_membership

CAME_IN = gettext_noop("%(person)s has come in already. The national coordinator ends the role.")


@transaction.atomic
def withdraw_juror(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """The link lets nobody in any more, and the role that was given with it is ended."""
    invitation = accounts.withdraw_invitation(invitation, by=by, at=at)
    person = User.objects.select_for_update().get(email=invitation.email)
    if person.has_joined:
        raise Refused(CAME_IN, person=person.name)
    if held := juror_of(invitation):
        end_membership(held, by=by, at=at)
    return invitation
