"""Letters about calls for help: to who asked, and to who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.letters import register_kind
from qms.exchange.queries.calls import call_rows

from .base import NAME, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.exchange.models import HelpAnswer, HelpRequest

CALL = NAME | {"node": _("the subcriterion"), "text": _("the call")}

register_kind(
    "exchange.call_answered",
    _("Our call for help was answered"),
    placeholders=CALL | {"office": _("the office that answers"), "answer": _("the answer")},
)
register_kind("exchange.call_closed", _("A call for help that I answered was closed"), placeholders=CALL)


def call_answered(answer: HelpAnswer, *, to: User) -> Draft:
    """To who asked: another office answers."""
    call = answer.request
    context = {
        "office": answer.office.name,
        "answer": answer.text,
        "practice": answer.practice.title if answer.practice else "",
        "path": address("help", call.pk, language=to.language),
    }
    return letter_to(to, "call_answered", office_id=call.office_id, context=_about(call, to) | context)


def call_closed(call: HelpRequest, *, to: User, office_id: int) -> Draft:
    """To who answered: whether it helped; the office that asked is named only where its call names it."""
    context = {"helped": call.helped, "path": address("help", call.pk, language=to.language)}
    return letter_to(to, "call_closed", office_id=office_id, context=_about(call, to) | context)


def _about(call: HelpRequest, to: User) -> dict[str, object]:
    with override(to.language):
        (row,) = call_rows([call])
        return {"node": f"{row.node} {row.title}".strip(), "text": row.text, "asker": row.speaker.words}
