"""Questions of readers: asking, answering, hiding."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import post_letter
from qms.goodpractices.letters import question_answered, question_asked, question_hidden
from qms.goodpractices.models import PracticePage, Question
from qms.goodpractices.queries.hosts import hosts_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import current_office

MOST_OPEN = 20


@transaction.atomic
def ask(practice: PracticePage, *, text: str, by: User) -> Question:
    """A question that everybody reads; the office is written to."""
    held = _open_practice(practice)
    words = text.strip()
    if not words:
        raise Refused(gettext_noop("Write your question."))
    open_ones = Question.objects.filter(practice=held, asked_by=by, answer="", hidden_at__isnull=True)
    if open_ones.filter(text=words).exists():
        raise Refused(gettext_noop("You have asked this already. The office has your question."))
    if open_ones.count() >= MOST_OPEN:
        raise Refused(gettext_noop("Many of your questions still wait here. Wait for the office's answers first."))
    question = Question.objects.create(practice=held, text=words, asked_by=by, office=current_office(by))
    record(question, "goodpractices.ask", by=by, office_id=held.office_id)
    for host in hosts_of(held):
        if host != by:
            post_letter(**question_asked(question, to=host).posted())
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: User, at: datetime) -> Question:
    """The office's answer; whoever asked gets it, also when it is changed later."""
    held = locked_question(question)
    words = text.strip()
    if not words:
        raise Refused(gettext_noop("Write the answer."))
    if held.hidden_at is not None:
        raise Refused(gettext_noop("The question is hidden."))
    if held.answer == words:
        return held
    held.answer, held.answered_by, held.answered_at = words, by, at
    held.save(update_fields=["answer", "answered_by", "answered_at", "updated_at"])
    record(held, "goodpractices.answer", by=by, office_id=held.practice.office_id)
    if held.asked_by != by:
        post_letter(**question_answered(held, to=held.asked_by).posted())
    return held


@transaction.atomic
def hide(question: Question, *, reason: str, by: User, at: datetime) -> Question:
    """Nobody but whoever asked reads the question from now on; that person learns why."""
    held = locked_question(question)
    if not reason.strip():
        raise Refused(gettext_noop("Write why the question is hidden."))
    if held.hidden_at is not None:
        raise Refused(gettext_noop("The question is hidden already."))
    held.hidden_at, held.hidden_reason = at, reason.strip()
    held.save(update_fields=["hidden_at", "hidden_reason", "updated_at"])
    record(held, "goodpractices.hide", by=by, office_id=held.practice.office_id, reason=held.hidden_reason)
    post_letter(**question_hidden(held, to=held.asked_by).posted())
    return held


def locked_question(question: Question) -> Question:
    """The question as it stands now with its practice, held until the transaction ends."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("practice__office__region", "asked_by")
    return rows.get(pk=question.pk)


def _open_practice(practice: PracticePage) -> PracticePage:
    held: PracticePage = PracticePage.objects.select_related("office__region", "contact").get(pk=practice.pk)
    if not held.live:
        raise Refused(gettext_noop("The practice is not published."))
    if held.archived_at is not None:
        raise Refused(gettext_noop("The practice is in the archive; nobody answers questions about it any more."))
    return held
