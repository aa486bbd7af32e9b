"""Letters about questions, answers and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import OWN_PRACTICE, PRACTICE, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.goodpractices.models import PracticePage, Question
    from qms.offices.models import Office

TEXT, ANSWER = {"text": _("the question")}, {"answer": _("the answer")}
REASON = {"reason": _("why it is hidden")}
MESSAGE = {"text": _("the message"), "by": _("who writes"), "from_office": _("the writer's office")}

register_kind("goodpractices.question", _("Somebody asked about our practice"), placeholders=OWN_PRACTICE | TEXT)
register_kind("goodpractices.answer", _("My question was answered"), placeholders=PRACTICE | TEXT | ANSWER)
register_kind("goodpractices.question_hidden", _("My question was hidden"), placeholders=PRACTICE | TEXT | REASON)
register_kind(
    "goodpractices.message", _("Somebody writes to us about our practice"), placeholders=OWN_PRACTICE | MESSAGE
)


def question_asked(question: Question, *, to: User) -> Draft:
    """To the office: somebody asks, and everybody will read the answer."""
    path = address("answer", question.pk, language=to.language)
    return letter_to(
        to,
        "question",
        office_id=question.practice.office_id,
        context=_about(question.practice) | {"text": question.text, "path": path},
    )


def question_answered(question: Question, *, to: User) -> Draft:
    """To whoever asked: the office's answer."""
    practice = question.practice
    context = {
        "text": question.text,
        "answer": question.answer,
        "path": f"{practice.get_url() or ''}#question-{question.pk}",
    }
    return letter_to(to, "answer", office_id=practice.office_id, context=_about(practice) | context)


def question_hidden(question: Question, *, to: User) -> Draft:
    """To whoever asked: nobody else reads the question any more, and why."""
    practice = question.practice
    context = {"text": question.text, "reason": question.hidden_reason, "path": practice.get_url() or ""}
    return letter_to(to, "question_hidden", office_id=practice.office_id, context=_about(practice) | context)


def message_carried(
    practice: PracticePage, *, text: str, by: User, office: Office | None, shows_address: bool, to: User
) -> Draft:
    """To whoever answers for the practice: a message of a reader, whose address it holds only where that was wished."""
    with override(to.language):
        from_office = office.name if office else gettext("no office")
    context = {
        "text": text,
        "by": by.get_full_name() or gettext("a reader"),
        "from_office": from_office,
        "from_address": by.email if shows_address else "",
        "path": practice.get_url() or "",
    }
    return letter_to(to, "message", office_id=practice.office_id, context=_about(practice) | context)


def _about(practice: PracticePage) -> dict[str, object]:
    return {"title": practice.title, "office": practice.office.name}
