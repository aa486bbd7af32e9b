"""Letters about a list of decisions: it is closed. They name no office and no decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qms.awards.components.hours import moment_of
from qms.core.letters import Draft, register_kind
from qms.jury.models import DecisionList

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.jury.models import Protocol

register_kind(
    "jury.closed",
    _("A list of decisions of my jury is closed"),
    placeholders={
        "name": _("the reader's name"),
        "round": _("name of the round"),
        "category": _("category"),
        "list": _("which list it is"),
        "moment": _("when it was closed"),
        "until": _("when the embargo ends"),
    },
)


def closed(protocol: Protocol, *, to: User, reads: bool) -> Draft:
    """To a juror, or to who runs the round: which list is closed; the way to its protocol for who may read it."""
    found = protocol.list
    award = found.category.round
    with override(to.language):
        path = reverse("jury:protocol", args=[protocol.pk]) if reads else reverse("jury:home")
        is_visits = found.stage == DecisionList.Stage.VISIT
        named = gettext("list for visits") if is_visits else gettext("list of prizes")
        moment = moment_of(award, protocol.made_at)
        # A late jury closes its list after the embargo: then there is nothing to keep to oneself.
        until = moment_of(award, award.embargo_until) if award.embargo_until > protocol.made_at else ""
    context = {
        "name": to.name,
        "round": award.title_in(to.language),
        "category": found.category.title_in(to.language),
        "list": named,
        "moment": moment,
        "until": until,
        "reads": reads,
        "path": path,
    }
    # It belongs to no office: none may learn of it before the embargo ends.
    return Draft(
        kind="jury.closed",
        to=to.email,
        language=to.language,
        template="jury/closed",
        context=context,
        office_id=None,
        user=to,
    )
