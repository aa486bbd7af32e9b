"""What an application says, section by section, as it would be submitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from qms.awards.domain.writing import ROW_FIGURES, ROW_TEXTS
from qms.awards.models import Annex, Answer, Application, Paragraph, Question, ResultRow, Section
from qms.awards.models.round import in_order

Row = TypeVar("Row")
Content = dict[str, Any]
ByQuestion = dict[int, list[Any]]


def section_contents(application: Application) -> list[Content]:
    """Every section of the form with what the office wrote, in order; six queries however much there is."""
    sections = list(in_order(Section.objects.filter(category=application.category_id)))
    return _contents(application, sections)


def section_content(application: Application, section: Section, *, with_origin: bool = False) -> Content:
    """One section with what the office wrote; for the history with all that brings a piece back."""
    return _contents(application, [section], with_origin=with_origin)[0]


def _contents(application: Application, sections: list[Section], *, with_origin: bool = False) -> list[Content]:
    chosen = [section.pk for section in sections]
    questions = _grouped(in_order(Question.objects.filter(section__in=chosen)), lambda one: one.section_id)
    mine = {"application": application, "question__section__in": chosen}
    parts: dict[type, ByQuestion] = {
        model: _grouped(rows, lambda one: one.question_id)
        for model, rows in (
            (Paragraph, in_order(Paragraph.objects.filter(**mine))),
            (ResultRow, in_order(ResultRow.objects.filter(**mine))),
            (Answer, Answer.objects.filter(**mine)),
            (Annex, in_order(Annex.objects.current().filter(**mine))),
        )
    }
    return [
        section_head(section)
        | {"questions": [_question(one, parts, with_origin=with_origin) for one in questions.get(section.pk, ())]}
        for section in sections
    ]


def section_head(section: Section) -> Content:
    """What the form says of a section."""
    return {
        "pk": section.pk,
        "code": section.code,
        "titles": section.titles,
        "leads": section.leads,
        "node": section.node,
        "weight": plain(section.weight),
        "max_pages": plain(section.max_pages),
        "is_scored": section.is_scored,
    }


def plain(number: Decimal | None) -> str | None:
    """A decimal in the shortest way that says the same: 12.5, 40, nothing."""
    if number is None:
        return None
    shortest = format(Decimal(str(number)).normalize(), "f")  # what was just made may still hold an int or a text
    return "0" if shortest in ("-0", "0") else shortest


def _question(question: Question, parts: dict[type, ByQuestion], *, with_origin: bool) -> Content:
    return {
        "pk": question.pk,
        "code": question.code,
        "kind": question.kind,
        "titles": question.titles,
        "leads": question.leads,
        "is_required": question.is_required,
        "max_characters": question.max_characters,
        "unit": question.unit,
        "options": question.options,
        **_said(question, parts, with_origin=with_origin),
    }


def _said(question: Question, parts: dict[type, ByQuestion], *, with_origin: bool) -> Content:
    answer = next(iter(parts[Answer].get(question.pk, ())), None)
    value: Content = answer.value if answer is not None else {}
    match question.kind:
        case Question.Kind.TEXT:
            written = [one for one in parts[Paragraph].get(question.pk, ()) if one.text.strip()]
            return {"paragraphs": [paragraph_content(one) | _origin(one, with_origin) for one in written]}
        case Question.Kind.RESULTS:
            rows = parts[ResultRow].get(question.pk, ())
            return {"rows": [row_content(one) | _origin(one, with_origin) for one in rows]}
        case Question.Kind.FILE:
            return {"annexes": [one.pk for one in parts[Annex].get(question.pk, ())]}
        case Question.Kind.NUMBER:
            return {"number": value.get("number")}
        case Question.Kind.CONSENT:
            return {"agreed": bool(value.get("agreed"))}
    return {"chosen": list(value.get("chosen", ()))}


def paragraph_content(paragraph: Paragraph) -> Content:
    """A paragraph with where it comes from."""
    return {
        "key": str(paragraph.key),
        "text": paragraph.text,
        "source": paragraph.source,
        "source_title": paragraph.source_title,
        "source_url": paragraph.source_url,
    }


def row_content(row: ResultRow) -> Content:
    """A row of results; its figures as text."""
    return {
        "key": str(row.key),
        "title": row.title,
        "unit": row.unit,
        "better": row.better,
        "year": row.year,
        "values": [plain(row.before_last), plain(row.before), plain(row.last)],
        "target": plain(row.target),
        "comparison": plain(row.comparison),
        "comparison_note": row.comparison_note,
        "evidence": row.evidence,
        "source": row.source,
        "source_title": row.source_title,
    }


def cells_of(row: ResultRow) -> Content:
    """The cells of a row of results as somebody writes them; its figures as text."""
    return {name: getattr(row, name) for name in (*ROW_TEXTS, "year")} | {
        name: plain(getattr(row, name)) for name in ROW_FIGURES
    }


def _origin(piece: Paragraph | ResultRow, wanted: bool) -> Content:  # noqa: FBT001  it follows the piece everywhere
    if not wanted:
        return {}
    return {"source_key": piece.source_key, "source_text": piece.source_text, "source_url": piece.source_url}


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
