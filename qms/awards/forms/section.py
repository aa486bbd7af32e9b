"""The page of a section as forms: what stands, what was typed, and both together where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import get_language

from qms.awards.domain.writing import ROW_FIGURES, Act, Answered, Clash, Piece, Read, SectionDraft
from qms.awards.models import Answer, Paragraph, Question, ResultRow
from qms.awards.queries.content import cells_of
from qms.ui import numbers

from .writing import ANSWER_FORMS, ParagraphForm, RowForm, Versioned, answer_form

if TYPE_CHECKING:
    from qms.awards.queries.desk import Desk, Pieces

UNTYPED: Final = ("read", "year", "better")


@dataclass(frozen=True)
class Entry:
    """One piece on the page: its form, what stands stored, and what others made of it meanwhile."""

    ident: str
    question: Question
    form: Any
    stored: Paragraph | ResultRow | Answer | None = None
    clash: Clash | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing is stored of it yet."""
        return self.stored is None


def stored_entries(desk: Desk) -> list[Entry]:
    """Every piece as it stands."""
    found = []
    for question in desk.questions:
        found += [_entry(question, row) for row in desk.paragraphs.get(question.pk, ())]
        found += [_entry(question, row) for row in desk.rows.get(question.pk, ())]
        if question.kind in ANSWER_FORMS:
            found.append(_answer_entry(question, desk.answers.get(question.pk)))
    return found


def typed_entries(desk: Pieces, data: QueryDict) -> list[Entry]:
    """Every piece as it was typed; what is not of this section is passed over."""
    questions = {str(question.pk): question for question in desk.questions}
    written = [row for group in desk.paragraphs.values() for row in group]
    measured = [row for group in desk.rows.values() for row in group]
    stored: dict[str, Any] = {str(row.key): row for row in (*written, *measured)}
    found = []
    for named in data.getlist("piece"):
        number, _colon, key = named.partition(":")
        question = questions.get(number)
        if question is None or not _is_key(key) or question.kind not in (Question.Kind.TEXT, Question.Kind.RESULTS):
            continue
        form = _form_class(question)(data, prefix=key)
        if not _is_untyped(form):
            found.append(Entry(key, question, form, stored.get(key)))
    asked = (one for one in desk.questions if one.kind in ANSWER_FORMS and f"answer-{one.pk}-read" in data)
    return [*found, *(_answer_entry(question, desk.answers.get(question.pk), data) for question in asked)]


def wrong_in(entries: Iterable[Entry], act: Act) -> set[str]:
    """The pieces that cannot be saved as they were typed."""
    return {entry.ident for entry in entries if not entry.form.is_valid() and not _is_dropped(entry, act)}


def draft_of(entries: Iterable[Entry], act: Act, *, comment: str = "") -> SectionDraft:
    """What can be saved of what was typed; what shall be taken out needs no right content."""
    entries = [one for one in entries if one.form.is_valid() or _is_dropped(one, act)]
    pieces: dict[str, list[Piece]] = {Question.Kind.TEXT: [], Question.Kind.RESULTS: []}
    answers = []
    for one in entries:
        content: Any = one.form.content() if one.form.is_valid() else ""
        if one.question.kind in pieces:
            pieces[one.question.kind].append(Piece(UUID(one.ident), one.question.pk, content, one.form.was_read))
        else:
            answers.append(Answered(one.question.pk, content, one.form.was_read))
    return SectionDraft(
        tuple(pieces[Question.Kind.TEXT]), tuple(pieces[Question.Kind.RESULTS]), tuple(answers), comment
    )


def on_page(desk: Desk, kept: Iterable[Entry] = (), *, clashes: Iterable[Clash] = (), extra: str = "") -> list[Entry]:
    """What stands, with the kept pieces as they were typed, and room for one more where it is wanted."""
    by_ident = {clash.ident: clash for clash in clashes}
    typed = {one.ident: _clashing(one, by_ident.get(one.ident)) for one in kept}
    shown = [typed.pop(one.ident, one) for one in stored_entries(desk)]
    shown += typed.values()
    for question in desk.questions:
        if question.kind not in (Question.Kind.TEXT, Question.Kind.RESULTS):
            continue
        own = [one for one in shown if one.question.pk == question.pk]
        fresh = any(one.is_new for one in own)
        if question.kind == Question.Kind.RESULTS and not fresh:
            shown.append(_blank(question, year=desk.application.category.round.year - 1))
        elif question.kind == Question.Kind.TEXT and (not own or (extra == str(question.pk) and not fresh)):
            shown.append(_blank(question))
    return shown


def _entry(question: Question, row: Paragraph | ResultRow) -> Entry:
    content: Any = row.text if isinstance(row, Paragraph) else cells_of(row)
    read = str(Read.of(row.version, content))
    initial = {"text": content} if isinstance(row, Paragraph) else _written(content)
    form = _form_class(question)(prefix=str(row.key), initial=initial | {"read": read})
    return Entry(str(row.key), question, form, row)


def _answer_entry(question: Question, row: Answer | None, data: QueryDict | None = None) -> Entry:
    value = row.value if row is not None else {}
    read = Read.of(row.version if row is not None else 0, value)
    form = answer_form(question, value, read=read, data=data, language=get_language() or "pl")
    return Entry(f"answer-{question.pk}", question, form, row)


def _blank(question: Question, *, year: int | None = None) -> Entry:
    key = str(uuid4())
    initial: dict[str, Any] = {"read": str(Read())} | ({"year": year} if year else {})
    return Entry(key, question, _form_class(question)(prefix=key, initial=initial))


def _clashing(entry: Entry, clash: Clash | None) -> Entry:
    """The entry with what others made of it; saving it once more now counts as having read that."""
    if clash is None:
        return entry
    read = Read() if clash.theirs is None else Read.of(clash.version, clash.theirs)
    data = entry.form.data.copy()
    data[entry.form.add_prefix("read")] = str(read)
    entry.form.data = data
    return replace(entry, clash=clash, stored=None if clash.theirs is None else entry.stored)


def _form_class(question: Question) -> type[Versioned]:
    return ParagraphForm if question.kind == Question.Kind.TEXT else RowForm


def _written(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells as people write them: with their own decimal sign."""
    sign = numbers.figure(0.5, 1)[1]
    return {
        name: value.replace(".", sign) if name in ROW_FIGURES and value is not None else value
        for name, value in cells.items()
    }


def _is_dropped(entry: Entry, act: Act) -> bool:
    """Whether the pressed button gives up what was typed into it."""
    return act.about == entry.ident and act.name in ("remove", "theirs")


def _is_untyped(form: Versioned) -> bool:
    """Whether it is the room for a new piece, left empty."""
    if form.was_read.version:
        return False
    names = [form.add_prefix(name) for name in form.fields if name not in UNTYPED]
    return not any(form.data.get(name, "").strip() for name in names)


def _is_key(written: str) -> bool:
    try:
        return str(UUID(written)) == written
    except ValueError:
        return False
