"""Everything that the page of a section shows: what is written in it, by whom, and how long the whole is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from qms.accounts.models import User
from qms.awards.models import (
    Annex,
    Answer,
    Application,
    Comment,
    Paragraph,
    Question,
    ResultRow,
    Section,
    SectionState,
    SectionVersion,
)
from qms.awards.models.round import in_order
from qms.awards.queries.content import section_contents
from qms.awards.queries.standing import now_of

JUST_NOW: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody else who saved a section of the application in the last minutes."""

    name: str
    section: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is written in one section, piece by piece."""

    application: Application
    section: Section
    questions: list[Question]
    paragraphs: dict[int, list[Paragraph]]
    rows: dict[int, list[ResultRow]]
    answers: dict[int, Answer]


@dataclass(frozen=True, slots=True)
class Desk(Pieces):
    """One section as those who write see it."""

    sections: list[Section]
    contents: list[dict[str, Any]]
    ready: frozenset[int]
    annexes: dict[int, list[Annex]]
    comments: list[Comment]
    writers: tuple[Writer, ...]
    now: dict[str, str]
    latest: SectionVersion | None

    @property
    def next_section(self) -> Section | None:
        """The section after this one."""
        return _after(self.section, self.sections)

    @property
    def content(self) -> dict[str, Any]:
        """What this section says."""
        return next(one for one in self.contents if one["pk"] == self.section.pk)


def pieces_in(application: Application, section: Section) -> Pieces:
    """What is written in the section, without what stands around it."""
    mine = {"application": application, "question__section": section}
    return Pieces(
        application=application,
        section=section,
        questions=list(in_order(Question.objects.filter(section=section))),
        paragraphs=_by_question(in_order(Paragraph.objects.filter(**mine).select_related("by"))),
        rows=_by_question(in_order(ResultRow.objects.filter(**mine).select_related("by"))),
        answers={one.question_id: one for one in Answer.objects.filter(**mine).select_related("by")},
    )


def desk_of(application: Application, section: Section, *, user: User, at: datetime) -> Desk:
    """The section with all that stands in it and around it; the queries do not grow with what is written."""
    pieces = pieces_in(application, section)
    paragraphs = (one.source_key for rows in pieces.paragraphs.values() for one in rows)
    results = (one.source_key for rows in pieces.rows.values() for one in rows)
    keys = sorted({key for key in (*paragraphs, *results) if key})
    annexes = Annex.objects.current().filter(application=application, question__section=section)
    return Desk(
        application=application,
        section=section,
        questions=pieces.questions,
        paragraphs=pieces.paragraphs,
        rows=pieces.rows,
        answers=pieces.answers,
        sections=list(in_order(Section.objects.filter(category=application.category_id))),
        contents=section_contents(application),
        ready=ready_sections(application),
        annexes=_by_question(in_order(annexes)),
        comments=comments_on(application, section),
        writers=writers_now(application, user=user, at=at),
        now=now_of(keys, application.office) if keys else {},
        latest=SectionVersion.objects.filter(application=application, section=section)
        .select_related("by")
        .order_by("-saved_at", "-pk")
        .first(),
    )


def section_after(section: Section) -> Section | None:
    """The section after this one in the form of its category."""
    return _after(section, list(in_order(Section.objects.filter(category=section.category_id))))


def _after(section: Section, sections: list[Section]) -> Section | None:
    here = sections.index(section)
    return sections[here + 1] if here + 1 < len(sections) else None


def ready_sections(application: Application) -> frozenset[int]:
    """The sections that those who write call ready."""
    states = SectionState.objects.filter(application=application, is_ready=True)
    return frozenset(states.values_list("section_id", flat=True))


def comments_on(application: Application, section: Section) -> list[Comment]:
    """What was said beside a section, open ones first, the latest first."""
    said = Comment.objects.filter(application=application, section=section).select_related("by", "settled_by")
    return sorted(said.order_by("-created_at", "-pk"), key=lambda one: one.settled_at is not None)


def writers_now(application: Application, *, user: User, at: datetime) -> tuple[Writer, ...]:
    """Who else saved a section in the last ten minutes, the latest first, each person once."""
    recent = (
        SectionVersion.objects.filter(application=application, saved_at__gt=at - JUST_NOW)
        .exclude(by=user)
        .select_related("by", "section")
        .order_by("-saved_at", "-pk")
    )
    latest: dict[int, Writer] = {}
    for one in recent:
        latest.setdefault(one.by_id, Writer(one.by.name, one.section.code, one.saved_at))
    return tuple(latest.values())


def _by_question(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.question_id].append(row)
    return found
