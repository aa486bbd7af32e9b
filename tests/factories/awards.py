"""Award programmes, rounds with a small form, and applications."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from qms.assessments.domain.snapshot import digest
from qms.assessments.models import Assessment, Snapshot
from qms.awards.models import (
    Annex,
    Application,
    Category,
    Paragraph,
    Programme,
    Question,
    ResultRow,
    Round,
    Rule,
    Section,
    Submission,
)
from qms.awards.queries.whole import whole_of
from tests.factories.accounts import make_user
from tests.factories.reports import make_report

_numbers = count(1)
AUTUMN = datetime(2026, 11, 1, 8, tzinfo=UTC)


def make_programme(**more: Any) -> Programme:
    """A national programme, or a regional one with region=…."""
    number = next(_numbers)
    facts = {"titles": {"en": f"Quality award {number}"}, "slug": f"award-{number}", "organiser": "The ministry"}
    return Programme.objects.create(**facts | more)


def make_round(programme: Programme | None = None, **more: Any) -> Round:
    """An announced round that takes applications now and closes in a month."""
    number, now = next(_numbers), timezone.now()
    facts = {
        "titles": {"en": f"Round {number}"},
        "year": 2027,
        "slug": f"round-{number}",
        "prefix": f"QA{number}-2027",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "embargo_until": now + timedelta(days=90),
        "state": Round.State.PUBLISHED,
    }
    facts |= more
    facts.setdefault("made_by", make_user())
    return Round.objects.create(programme=programme or make_programme(), **facts)


def make_category(of: Round | None = None, **more: Any) -> Category:
    """A category without a form."""
    number = next(_numbers)
    facts = {"titles": {"en": "Public organisations"}, "slug": f"public-{number}"}
    return Category.objects.create(round=of or make_round(), **facts | more)


def make_rule(category: Category, kind: str = "answer", **more: Any) -> Rule:
    """A condition of eligibility."""
    return Rule.objects.create(category=category, kind=kind, **{"titles": {"en": "We are a public body."}} | more)


def make_section(category: Category, **more: Any) -> Section:
    """A section without questions."""
    number = next(_numbers)
    facts = {"titles": {"en": f"Chapter {number}"}, "code": f"s{number}", "position": number}
    return Section.objects.create(category=category, **facts | more)


def make_question(section: Section, kind: str = "text", **more: Any) -> Question:
    """A question that must be answered."""
    number = next(_numbers)
    facts = {"titles": {"en": f"Question {number}?"}, "code": f"q{number}", "position": number}
    return Question.objects.create(section=section, kind=kind, **facts | more)


def make_application(office: Any, category: Category | None = None, **more: Any) -> Application:
    """A draft of this office."""
    more.setdefault("started_by", make_user())
    return Application.objects.create(office=office, category=category or make_category(), **more)


def make_told_report(
    office: Any, strengths: Mapping[str, Sequence[str]], *, score: int = 60, **more: Any
) -> Assessment:
    """An approved report with this score for each named node, and its strengths, the first one with evidence."""
    report = make_report(office, {}, **more)
    nodes = [
        {
            "id": node,
            "titles": {"en": f"Title of {node}"},
            "score": str(score),
            "reason": "",
            "strengths": [
                {"text": words, "evidence": ["E1"] if number == 0 else []} for number, words in enumerate(texts)
            ],
        }
        for node, texts in strengths.items()
    ]
    content = {"nodes": nodes, "evidence": [{"code": "E1", "title": "Survey 2026"}]}
    models.QuerySet(Snapshot).filter(assessment=report).update(content=content, sha256="1" * 64)
    return report


def make_paragraph(application: Application, question: Question, text: str, **more: Any) -> Paragraph:
    """A paragraph of own text, or from a source with source=…, source_key=…, source_text=…."""
    more.setdefault("by", application.started_by)
    return Paragraph.objects.create(
        application=application, question=question, text=text, **{"position": next(_numbers)} | more
    )


def make_result(application: Application, question: Question, title: str = "Satisfied", **more: Any) -> ResultRow:
    """A row of results of three years."""
    facts = {"unit": "%", "year": 2026, "before_last": 84, "before": 87, "last": 89, "target": 88}
    more.setdefault("by", application.started_by)
    return ResultRow.objects.create(
        application=application, question=question, title=title, **facts | {"position": next(_numbers)} | more
    )


def closed_days() -> dict[str, datetime]:
    """The calendar of a round that closed yesterday."""
    now = timezone.now()
    return {"opens_at": now - timedelta(days=30), "closes_at": now - timedelta(days=1)}


def make_annex(application: Application, **more: Any) -> Annex:
    """A small PDF that goes with the application."""
    number = next(_numbers)
    content = b"%PDF-1.7 example " + str(number).encode()
    facts = {
        "title": f"Annex {number}",
        "position": number,
        "file": ContentFile(content, f"annex-{number}.pdf"),
        "file_name": f"annex-{number}.pdf",
        "kind": "pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    facts |= more
    facts.setdefault("added_by", application.started_by)
    return Annex.objects.create(application=application, **facts)


def make_submission(application: Application, *, by: Any, at: datetime | None = None) -> Submission:
    """What the application says now, frozen without asking whether it is complete or in time."""
    at = at or timezone.now()
    if not application.number:
        application.number = f"{application.category.round.prefix}-{next(_numbers):03d}"
    application.state = Application.State.SUBMITTED
    application.save()
    content = whole_of(application, statement="I submit it.", at=at)
    facts = {"content": content, "sha256": digest(content), "statement": "I submit it."}
    ordinal = application.submissions.count() + 1
    return Submission.objects.create(
        application=application, ordinal=ordinal, submitted_by=by, submitted_at=at, **facts
    )
