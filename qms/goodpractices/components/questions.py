"""Questions of readers with the office's answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from qms.ui import numbers

if TYPE_CHECKING:
    from datetime import date

    from qms.goodpractices.models import Question
    from qms.offices.models import Office


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as a reader sees it; with ways for those who answer or moderate."""

    pk: int
    text: str
    by: str
    answer: str
    answered_by: str
    waits: str
    hidden: str
    answer_url: str = ""
    answer_word: str = ""
    hide_url: str = ""


def question_rows(
    questions: Iterable[Question], *, office: Office, answers: bool, hides: bool, today: date
) -> tuple[QuestionRow, ...]:
    """The questions of one practice of this office, for whoever answers, hides or only reads."""
    return tuple(_row(one, office=office, answers=answers, hides=hides, today=today) for one in questions)


def _row(question: Question, *, office: Office, answers: bool, hides: bool, today: date) -> QuestionRow:
    is_shown = question.hidden_at is None
    return QuestionRow(
        pk=question.pk,
        text=question.text,
        by=asker_words(question),
        answer=question.answer,
        answered_by=", ".join(
            filter(None, (office.short_name or office.name, numbers.day(question.answered_at)))
            if question.answered_at
            else ()
        ),
        waits="" if question.answer else waiting_words(question, today),
        hidden=question.hidden_reason if question.hidden_at else "",
        answer_url=reverse("goodpractices:answer", args=[question.pk]) if answers and is_shown else "",
        answer_word=gettext("Change the answer") if question.answer else gettext("Answer"),
        hide_url=reverse("goodpractices:hide", args=[question.pk]) if hides and is_shown else "",
    )


def asker_words(question: Question) -> str:
    """Who asks, without a name: the kind of office, its region, and the day."""
    day = numbers.day(question.created_at)
    if question.office is None:
        return gettext("a reader, %(day)s") % {"day": day}
    kind, region = str(question.office.get_kind_display()), question.office.region.name
    return gettext("%(kind)s, %(region)s, %(day)s") % {"kind": kind, "region": region, "day": day}


def waiting_words(question: Question, today: date) -> str:
    """How long the question has waited."""
    days = (today - timezone.localdate(question.created_at)).days
    if days <= 0:
        return gettext("Waits for the office's answer since today.")
    words = ngettext("Waits for the office's answer (one day).", "Waits for the office's answer (%(days)s days).", days)
    return words % {"days": days}
