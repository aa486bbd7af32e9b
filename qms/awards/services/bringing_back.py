"""Writing a section again as it stood in one of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qms.awards.domain.writing import ROW_TEXTS
from qms.awards.models import Answer, Application, Paragraph, Question, ResultRow, Section

if TYPE_CHECKING:
    from qms.accounts.models import User

Content = Mapping[str, Any]
SOURCE = ("source", "source_key", "source_title", "source_url", "source_text")


def bring_back(application: Application, section: Section, content: Content, *, by: User) -> None:
    """Paragraphs, rows and answers as that content says; what it does not know goes."""
    asked = {question["pk"]: question for question in content["questions"]}
    for question in section.questions.all():
        said: Content = asked.get(question.pk, {})
        if question.kind == Question.Kind.TEXT:
            _rows(Paragraph, application, question, said.get("paragraphs", ()), by=by)
        elif question.kind == Question.Kind.RESULTS:
            _rows(ResultRow, application, question, said.get("rows", ()), by=by)
        elif question.kind != Question.Kind.FILE:
            _answer(application, question, said, by=by)


def _rows(
    model: type[Paragraph | ResultRow], application: Application, question: Question, pieces: Any, *, by: User
) -> None:
    rows: Any = model._default_manager.filter(application=application, question=question)  # noqa: SLF001  Django's own name
    stored = {str(row.key): row for row in rows}
    keys = {piece["key"] for piece in pieces}
    for key, row in stored.items():
        if key not in keys:
            row.delete()
    for position, piece in enumerate(pieces, 1):
        row = stored.get(piece["key"])
        fields = _fields(model, piece) | {"position": position}
        if row is None:
            model(application=application, question=question, key=piece["key"], by=by, **fields).save()
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.version, row.by = row.version + 1, by
            row.save()


def _fields(model: type[Paragraph | ResultRow], piece: Content) -> dict[str, Any]:
    origin = {name: piece.get(name, "") for name in SOURCE}
    if model is Paragraph:
        return origin | {"text": piece["text"]}
    values = dict(zip(("before_last", "before", "last"), piece["values"], strict=True))
    figures = values | {name: piece[name] for name in ("target", "comparison")}
    texts = {name: piece[name] for name in (*ROW_TEXTS, "year")}
    return origin | texts | {name: None if value is None else Decimal(value) for name, value in figures.items()}


def _answer(application: Application, question: Question, said: Content, *, by: User) -> None:
    value: dict[str, Any] = {}
    if said.get("number") is not None:
        value = {"number": said["number"]}
    elif said.get("chosen"):
        value = {"chosen": list(said["chosen"])}
    elif said.get("agreed"):
        value = {"agreed": True}
    row = Answer.objects.filter(application=application, question=question).first()
    if row is None:
        if value:
            Answer.objects.create(application=application, question=question, value=value, by=by)
    elif row.value != value:
        row.value, row.version, row.by = value, row.version + 1, by
        row.save()
