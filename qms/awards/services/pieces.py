"""The pieces of a section on one desk: paragraphs, rows of results, answers; compared, written, moved, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Max

from qms.awards.domain.writing import (
    ROW_FIGURES,
    Act,
    Answered,
    Clash,
    Piece,
    Read,
    SectionDraft,
    is_blank,
    mark_of,
    tidy,
)
from qms.awards.models import Answer, Application, Paragraph, Question, ResultRow, Section
from qms.awards.models.round import in_order
from qms.awards.queries.content import cells_of
from qms.awards.queries.standing import now_of
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User

MOST_PIECES: Final = 100
TEXTS, TABLES = (Question.Kind.TEXT,), (Question.Kind.RESULTS,)
OTHERS = (Question.Kind.NUMBER, Question.Kind.CHOICE, Question.Kind.CHOICES, Question.Kind.CONSENT)
Row = Paragraph | ResultRow


class Desk:
    """One section of a held application while somebody's draft is laid over it."""

    def __init__(self, application: Application, section: Section, *, by: User) -> None:
        self.application = application
        self.by = by
        self.kinds = dict(section.questions.values_list("pk", "kind"))
        self.changed = False
        self.clashes: list[Clash] = []
        self.reads: dict[str, Read] = {}

    def write(self, draft: SectionDraft, act: Act) -> None:
        """Write each piece that was touched, then do with the named one what the button asks."""
        self._write_rows(Paragraph, draft.paragraphs, TEXTS, act)
        self._write_rows(ResultRow, draft.rows, TABLES, act)
        self._write_answers(draft.answers, act)
        if act.name in ("up", "down"):
            self._move(act)

    # --- Paragraphs and rows of results

    def _write_rows(self, model: type[Row], pieces: Iterable[Piece], kinds: tuple[str, ...], act: Act) -> None:
        mine = [question for question, kind in self.kinds.items() if kind in kinds]
        stored = {row.key: row for row in self._rows(model).filter(question__in=mine).select_related("by")}
        for piece in pieces:
            if piece.question not in mine or (act.name == "theirs" and act.about == str(piece.key)):
                continue
            row = stored.get(piece.key)
            if act.name == "remove" and act.about == str(piece.key):
                self._remove(row, piece)
            elif row is None:
                self._add(model, piece)
            else:
                self._change(row, self._turned(row, piece, act), piece)

    def _rows(self, model: type[Row]) -> Any:
        return model._default_manager.filter(application=self.application)  # noqa: SLF001  Django's own name

    def _turned(self, row: Row, piece: Piece, act: Act) -> Any:
        """What shall stand there: what was typed, or what the button brings from the source."""
        if not isinstance(row, Paragraph) or act.about != str(piece.key):
            return piece.content
        if act.name == "restore":
            return row.source_text
        if act.name == "take":
            now = now_of([row.source_key], self.application.office).get(row.source_key)
            if now is None:
                raise Refused(gettext_noop("The source cannot be read any more. Your text stays as it is."))
            if row.version == piece.read.version:
                row.source_text = now
                row.save(update_fields=["source_text"])
            return now
        return piece.content

    def _change(self, row: Row, content: Any, piece: Piece) -> None:
        stands = content_of(row)
        if mark_of(content) == mark_of(stands):
            self.reads[str(piece.key)] = Read.of(row.version, stands)
            return
        if mark_of(content) == piece.read.mark:
            return
        if row.version != piece.read.version:
            self.clashes.append(Clash(str(piece.key), stands, version=row.version, who=row.by.name, at=row.updated_at))
            return
        _fill(row, content)
        row.version += 1
        row.by = self.by
        row.save()
        self.changed, self.reads[str(piece.key)] = True, Read.of(row.version, content_of(row))

    def _add(self, model: type[Row], piece: Piece) -> None:
        if piece.read.version:
            if piece.is_touched:  # somebody took it out; what was typed stays on the page as a new piece
                self.clashes.append(Clash(str(piece.key), None))
            return
        if _is_empty(piece.content) or self._rows(model).filter(key=piece.key).exists():
            return
        others = self._rows(model).filter(question=piece.question)
        if others.count() >= MOST_PIECES:
            raise Refused(gettext_noop("There is no room for more than %(count)s pieces here."), count=MOST_PIECES)
        last = others.aggregate(last=Max("position"))["last"] or 0
        made: Any = model(
            application=self.application, question_id=piece.question, key=piece.key, position=last + 1, by=self.by
        )
        _fill(made, piece.content)
        made.save()
        self.changed, self.reads[str(piece.key)] = True, Read.of(made.version, content_of(made))

    def _remove(self, row: Row | None, piece: Piece) -> None:
        if row is None:
            return
        if row.version != piece.read.version:
            stands = content_of(row)
            self.clashes.append(Clash(str(piece.key), stands, version=row.version, who=row.by.name, at=row.updated_at))
            return
        row.delete()
        self.changed = True

    def _move(self, act: Act) -> None:
        """Let the piece change places with its neighbour."""
        key = _uuid(act.about)
        for model in (Paragraph, ResultRow):
            row = self._rows(model).filter(key=key, question__in=self.kinds).first() if key else None
            if row is None:
                continue
            order = list(in_order(self._rows(model).filter(question=row.question_id)))
            here = order.index(row)
            there = here + (1 if act.name == "down" else -1)
            if 0 <= there < len(order):
                order[here], order[there] = order[there], order[here]
                self.changed = True
            for position, one in enumerate(order, 1):
                if one.position != position:
                    one.position = position
                    one.save(update_fields=["position"])

    # --- Answers

    def _write_answers(self, answers: Iterable[Answered], act: Act) -> None:
        stored = {
            one.question_id: one
            for one in Answer.objects.filter(application=self.application, question__in=self.kinds).select_related("by")
        }
        for given in answers:
            if self.kinds.get(given.question) not in OTHERS:
                continue
            if act.name == "theirs" and act.about == f"answer-{given.question}":
                continue
            self._answer(stored.get(given.question), given)

    def _answer(self, row: Answer | None, given: Answered) -> None:
        value = dict(given.content)
        stands = row.value if row is not None else {}
        version, ident = row.version if row is not None else 0, f"answer-{given.question}"
        if value == stands:
            self.reads[ident] = Read.of(version, stands)
            return
        if not given.is_touched:
            return
        if version != given.read.version and row is not None:
            self.clashes.append(Clash(ident, stands, version=version, who=row.by.name, at=row.updated_at))
            return
        if row is None:
            row = Answer(application=self.application, question_id=given.question, version=0)
        row.value, row.by, row.version = value, self.by, row.version + 1
        row.save()
        self.changed, self.reads[ident] = True, Read.of(row.version, value)


def content_of(row: Row) -> Any:
    """What a piece says: a paragraph its text, a row of results its cells."""
    return row.text if isinstance(row, Paragraph) else cells_of(row)


def _fill(row: Row, content: Any) -> None:
    if isinstance(row, Paragraph):
        row.text = tidy(content)
        return
    for name, value in content.items():
        setattr(row, name, Decimal(value) if name in ROW_FIGURES and value is not None else value)


def _is_empty(content: Any) -> bool:
    return is_blank(content) if isinstance(content, Mapping) else not tidy(content)


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
