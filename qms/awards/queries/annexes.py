"""The annexes of an application, and which are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from qms.awards.models import Annex, Application, Question
from qms.awards.models.round import in_order


@dataclass(frozen=True, slots=True)
class Asked:
    """An annex that the form asks for, and what was given."""

    question: Question
    given: tuple[Annex, ...]


def current_annexes(application: Application) -> tuple[Annex, ...]:
    """Those that go with the application now, in order."""
    rows = Annex.objects.current().filter(application=application).select_related("question", "added_by")
    return tuple(in_order(rows))


def asked_annexes(application: Application, annexes: tuple[Annex, ...]) -> tuple[Asked, ...]:
    """What the form asks for, in its order, with what was given."""
    questions = Question.objects.filter(section__category=application.category_id, kind=Question.Kind.FILE)
    ordered = questions.select_related("section").order_by("section__position", "section_id", "position", "pk")
    return tuple(
        Asked(question, tuple(annex for annex in annexes if annex.question_id == question.pk)) for question in ordered
    )
