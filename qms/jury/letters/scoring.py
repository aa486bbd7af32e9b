"""Letters about a juror's ballot: it was given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.jury.models import Ballot

register_kind(
    "jury.unlocked",
    _("My ballot was given back to me"),
    placeholders={
        "name": _("the reader's name"),
        "round": _("name of the round"),
        "number": _("number of the application"),
        "reason": _("the reason given"),
    },
    always_goes=True,
)


def unlocked(ballot: Ballot, *, to: User) -> Draft:
    """To the juror: the organiser opened the ballot again, and why."""
    application = ballot.application
    with override(to.language):
        path = reverse("jury:ballot", args=[ballot.pk])
    context = {
        "name": to.name,
        "round": application.category.round.title_in(to.language),
        "number": application.number,
        "reason": ballot.unlocked_reason,
        "path": path,
    }
    # It belongs to no office: the one that applied must not learn of it. The reason is the juror's alone.
    return Draft(
        kind="jury.unlocked",
        to=to.email,
        language=to.language,
        template="jury/unlocked",
        context=context,
        office_id=None,
        user=to,
        is_personal=True,
    )
