"""An application section by section: how far each is, how long, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet

from qms.accounts.models import User
from qms.awards.domain.checks import Fault, hindering
from qms.awards.domain.limits import Measure, measure_of_section, measure_of_whole
from qms.awards.models import Annex, Answer, Application, Paragraph, Question, ResultRow, Section, SectionState

from .checks import faults_in
from .content import section_contents

Progress = Literal["empty", "begun", "ready"]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section: what it is called, how far it is, how long, and how many things are missing in it."""

    pk: int
    titles: Mapping[str, str]
    progress: Progress
    measure: Measure
    has_narrative: bool
    missing: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole application as those who write it see it."""

    sections: tuple[SectionLine, ...]
    measure: Measure
    faults: tuple[Fault, ...]
    pieces: int

    @property
    def ready(self) -> int:
        """How many sections are called ready."""
        return sum(line.progress == "ready" for line in self.sections)


def overview_of(application: Application, at: datetime) -> Overview:
    """Everything on the page of an application; a constant number of queries."""
    contents = section_contents(application)
    faults = faults_in(application, contents, at)
    states = SectionState.objects.filter(application=application, is_ready=True)
    ready = set(states.values_list("section", flat=True))
    missing = Counter(fault.section for fault in hindering(faults))
    return Overview(
        sections=tuple(
            SectionLine(
                pk=section["pk"],
                titles=section["titles"],
                progress="ready" if section["pk"] in ready else _progress(section),
                measure=measure_of_section(section),
                has_narrative=any(one["kind"] in ("text", "results") for one in section["questions"]),
                missing=missing[section["pk"]],
            )
            for section in contents
        ),
        measure=measure_of_whole(contents, application.category.max_pages),
        faults=faults,
        pieces=sum(len(q.get("paragraphs", ())) + len(q.get("rows", ())) for s in contents for q in s["questions"]),
    )


def _progress(section: Mapping[str, Any]) -> Progress:
    return "begun" if any(is_answered(question) for question in section["questions"]) else "empty"


def is_answered(question: Mapping[str, Any]) -> bool:
    """Whether anything stands in the answer."""
    written = any(one["text"].strip() for one in question.get("paragraphs", ()))
    return written or any(question.get(name) for name in ("rows", "annexes", "chosen", "agreed", "number"))


# --- Several applications --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application in the list: its sections, those called ready, and required answers that are missing."""

    application: Application
    sections: int
    ready: int
    missing: int


def own_applications(user: User) -> QuerySet[Application]:
    """The applications that the person reads, those that can be written first."""
    found = Application.objects.visible_to(user).select_related("category__round__programme", "office")
    return found.order_by("-category__round__closes_at", "-pk")


def lines_of(applications: Collection[Application]) -> tuple[ApplicationLine, ...]:
    """The applications with how far they are; seven queries however many there are."""
    categories = {one.category_id for one in applications}
    sections = Counter(Section.objects.filter(category__in=categories).values_list("category", flat=True))
    chosen = [one.pk for one in applications]
    states = SectionState.objects.filter(application__in=chosen, is_ready=True)
    ready = Counter(states.values_list("application", flat=True))
    required: dict[int, set[int]] = {}
    questions = Question.objects.filter(section__category__in=categories, is_required=True)
    for category, question in questions.values_list("section__category", "pk"):
        required.setdefault(category, set()).add(question)
    answered = _answered(chosen)
    return tuple(
        ApplicationLine(
            application=one,
            sections=sections[one.category_id],
            ready=ready[one.pk],
            missing=sum((one.pk, question) not in answered for question in required.get(one.category_id, ())),
        )
        for one in applications
    )


def _answered(applications: Collection[int]) -> set[tuple[int, int]]:
    """Pairs of application and question in which anything stands."""
    mine: Any = {"application__in": applications}
    pairs = ("application", "question")
    found: set[Any] = set()
    for rows in (
        Paragraph.objects.filter(~Q(text=""), **mine),
        ResultRow.objects.filter(**mine),
        Annex.objects.current().filter(question__isnull=False, **mine),
    ):
        found.update(rows.values_list(*pairs).distinct())
    for application, question, value in Answer.objects.filter(**mine).values_list(*pairs, "value"):
        if any(value.get(name) for name in ("number", "chosen", "agreed")):
            found.add((application, question))
    return found
