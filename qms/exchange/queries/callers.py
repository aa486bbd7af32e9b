"""Who is written to about a call for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.accounts.models import User
from qms.exchange.models import HelpAnswer
from qms.offices.models import Membership
from qms.offices.queries import leads_of

if TYPE_CHECKING:
    from qms.exchange.models import HelpRequest


def askers_of(call: HelpRequest) -> list[User]:
    """The quality leads of the office that asked, and who asked while working there, each once."""
    readers = {lead.pk: lead for lead in leads_of(call.office)}
    here = Membership.objects.active().at(call.office).values("user")
    asker = User.objects.filter(pk=call.asked_by_id, is_active=True, pk__in=here).first()
    if asker is not None:
        readers.setdefault(asker.pk, asker)
    return list(readers.values())


def answerers_of(call: HelpRequest) -> list[tuple[User, int]]:
    """Who answered and still works in the office that the answer came from, each once with that office."""
    answers = HelpAnswer.objects.filter(request=call, by__is_active=True).select_related("by").order_by("pk")
    held = set(
        Membership.objects.active()
        .filter(office__in=answers.values("office"), user__in=answers.values("by"))
        .values_list("user", "office")
    )
    found: dict[int, tuple[User, int]] = {}
    for answer in answers:
        if (answer.by_id, answer.office_id) in held:
            found.setdefault(answer.by_id, (answer.by, answer.office_id))
    return list(found.values())
