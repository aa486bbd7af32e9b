"""Calls for help: asking, changing, answering, closing.

A call without the office's name must not give it away in the history either: its acts stand there without the person
and the office. Who asked is kept with the call itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.core.services import post_letter
from qms.exchange.letters.calls import call_answered, call_closed
from qms.exchange.models import HelpAnswer, HelpRequest
from qms.exchange.queries.callers import answerers_of, askers_of
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from datetime import datetime

    from qms.accounts.models import User
    from qms.goodpractices.models import PracticePage
    from qms.offices.models import Office

MOST_OPEN = 10
MOST_ANSWERS = 10


@transaction.atomic
def ask_for_help(office: Office, *, framework: str, node: str, text: str, by_name: bool, by: User) -> HelpRequest:
    """A call that everybody who holds a role reads, with the office's name or without it."""
    words = _words(text)
    open_ones = HelpRequest.objects.open().filter(office=office)
    if open_ones.filter(framework=framework, node=node, text=words).exists():
        raise Refused(gettext_noop("This call stands already."))
    if open_ones.count() >= MOST_OPEN:
        raise Refused(gettext_noop("Many of your calls are still open. Close those that you no longer need."))
    call = HelpRequest.objects.create(
        office=office, framework=framework, node=node, text=words, by_name=by_name, asked_by=by
    )
    _record(call, "ask_for_help", by=by)
    return call


@transaction.atomic
def change_call(call: HelpRequest, *, framework: str, node: str, text: str, by_name: bool, by: User) -> HelpRequest:
    """Other words, another subcriterion, or the name shown or taken away; at once for everybody."""
    held = _open_call(call)
    held.framework, held.node, held.text, held.by_name = framework, node, _words(text), by_name
    held.save(update_fields=["framework", "node", "text", "by_name", "updated_at"])
    _record(held, "change_call", by=by)
    return held


@transaction.atomic
def answer_call(call: HelpRequest, *, office: Office, text: str, practice: PracticePage | None, by: User) -> HelpAnswer:
    """An answer that only the two offices read; who asked is written to."""
    held = _open_call(call)
    words = text.strip()
    if not words:
        raise Refused(gettext_noop("Write your answer."))
    if office.pk == held.office_id:
        raise Refused(gettext_noop("This is the call of your own office."))
    if practice is not None and practice.office_id != office.pk:
        raise Refused(gettext_noop("Choose a published practice of the office that answers."))
    given = HelpAnswer.objects.filter(request=held, office=office)
    if given.filter(text=words).exists():
        raise Refused(gettext_noop("Your office has sent this answer already."))
    if given.count() >= MOST_ANSWERS:
        raise Refused(gettext_noop("Your office has answered this call many times. Let the other office come back."))
    answer = HelpAnswer.objects.create(request=held, office=office, text=words, practice=practice, by=by)
    # It stands in the history of the office that answers, which says nothing of the office that asked.
    record(held, "exchange.answer_call", by=by, office_id=office.pk)
    for reader in askers_of(held):
        if reader != by:
            post_letter(**call_answered(answer, to=reader).posted())
    return answer


@transaction.atomic
def close_call(call: HelpRequest, *, helped: bool, by: User, at: datetime) -> HelpRequest:
    """Nobody answers any more; who answered learns whether it helped."""
    held = _open_call(call)
    held.closed_at, held.helped = at, helped
    held.save(update_fields=["closed_at", "helped", "updated_at"])
    _record(held, "close_call", by=by)
    for reader, office_id in answerers_of(held):
        if reader != by:
            post_letter(**call_closed(held, to=reader, office_id=office_id).posted())
    return held


def _record(call: HelpRequest, verb: str, *, by: User) -> None:
    known = {"by": by, "office_id": call.office_id} if call.by_name else {"by": None}
    record(call, f"exchange.{verb}", **known)


def _open_call(call: HelpRequest) -> HelpRequest:
    held = HelpRequest.objects.select_for_update(of=("self",)).select_related("office__region").get(pk=call.pk)
    if held.closed_at is not None:
        raise Refused(gettext_noop("The call is closed."))
    return held


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Refused(gettext_noop("Write what you look for."))
    return words
