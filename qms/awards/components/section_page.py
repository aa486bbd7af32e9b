"""The page of a section put together: head, sections beside, questions, comments, buttons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain import limits
from qms.awards.domain.form import named, said_code
from qms.awards.models import Application, Comment, Question, Section
from qms.awards.queries.desk import Desk
from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import Conflict, Crumbs, Fault, Field, Link, PageHead, Saved

from .deadline import deadline_of
from .hours import moment_in
from .limits import Limit, common_limits, limits_of, pages_words
from .overview import state_of
from .pieces import PieceBox, clash_of, piece_boxes
from .results_table import ResultsTable, results_table
from .saving import words_of_script


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section in the list beside."""

    title: str
    url: str
    band: str
    said: str
    pages: str
    is_current: bool
    is_missing: bool


@dataclass(frozen=True)
class QuestionBox:
    """One question with what is written in it."""

    pk: int
    ident: str
    kind: str
    title: str
    lead: str
    is_required: bool
    limits: tuple[Limit, ...]
    pieces: tuple[PieceBox, ...] = ()
    table: ResultsTable | None = None
    answer: Field | None = None
    clash: Conflict | None = None
    read: Any = None
    texts: tuple[str, ...] = ()
    said: str = ""
    pick_url: str = ""
    annexes: tuple[str, ...] = ()
    annexes_url: str = ""


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment."""

    pk: int
    text: str
    who: str
    said: str
    settled: str
    url: str


def section_page(desk: Desk, entries: list[Any], *, at: datetime, is_open: bool) -> dict[str, Any]:
    """All that the page shows."""
    application, section = desk.application, desk.section
    return {
        "head": _head(desk),
        "crumbs": crumbs(application, Link(called(section), "")),
        "deadline": deadline_of(application, at),
        "parts": section_lines(desk.sections, desk),
        "parts_said": _ready_words(desk),
        "questions": [_question(desk, question, entries, is_open=is_open) for question in desk.questions],
        "limits": common_limits(desk.content, desk.contents, application.category.max_pages),
        "comments": [comment_line(one) for one in desk.comments],
        "next_code": called(desk.next_section),
        "is_ready": section.pk in desk.ready,
        "is_open": is_open,
        "saved": _saved(desk),
        "words": json.dumps(words_of_script(), ensure_ascii=False),
        "save_url": reverse("awards:section-save", args=[application.pk, section.pk]),
        "action": reverse("awards:section", args=[application.pk, section.pk]),
        "ready_url": reverse("awards:section-ready", args=[application.pk, section.pk]),
        "comment_url": reverse("awards:section-comment", args=[application.pk, section.pk]),
        "history_url": reverse("awards:section-history", args=[application.pk, section.pk]),
        "overview_url": reverse("awards:application", args=[application.pk]),
    }


def crumbs(application: Application, *more: Link) -> Crumbs:
    """The way to the application and on."""
    one = application.category.round
    way = (
        Link(_("Awards"), reverse("awards:round-list")),
        Link(one.title, reverse("awards:round", args=[one.pk])),
        Link(_("Application of %(office)s") % {"office": application.office.short_name},
             reverse("awards:application", args=[application.pk])),
    )  # fmt: skip
    return Crumbs((*way, *more))


def over_of(application: Application) -> str:
    """The round and the category, above a title."""
    values = {"round": application.category.round.title, "category": application.category.title}
    return _("%(round)s, category: %(category)s") % values


def faults_of_forms(entries: Iterable[Any]) -> tuple[Fault, ...]:
    """What cannot be saved as it was typed, each a way to its field."""
    found = []
    for entry in entries:
        for name, errors in entry.form.errors.items():
            bound = entry.form[name] if name in entry.form.fields else None
            label = bound.label if bound is not None else ""
            target = bound.id_for_label if bound is not None else f"question-{entry.question.pk}"
            found += [Fault(f"{label}: {error}" if label else str(error), target) for error in errors]
    return tuple(found)


def section_lines(sections: Iterable[Any], desk: Desk) -> list[SectionLine]:
    """Every section with how far it is and how long."""
    contents = {one["pk"]: one for one in desk.contents}
    return [_line(one, contents[one.pk], desk) for one in sections]


def comment_line(comment: Comment) -> CommentLine:
    """A comment as it is shown."""
    settled = ""
    if comment.settled_at is not None and comment.settled_by is not None:
        values = {"name": comment.settled_by.name, "day": numbers.day(comment.settled_at)}
        settled = _("Dealt with by %(name)s on %(day)s.") % values
    url = reverse("awards:comment-settle", args=[comment.pk])
    return CommentLine(comment.pk, comment.text, comment.by.name, numbers.moment(comment.created_at), settled, url)


def _head(desk: Desk) -> PageHead:
    application, section = desk.application, desk.section
    whole = limits.measure_of_whole(desk.contents, application.category.max_pages)
    length = common_limits(desk.content, desk.contents, application.category.max_pages)[1].shown
    meta: list[tuple[str, object]] = [
        (_("Pages in the application"), length),
        (_("Sections ready"), _ready_words(desk)),
    ]
    if desk.writers:
        names = ", ".join(f"{writer.name} ({writer.section})" for writer in desk.writers)
        meta.append((_("Also writing now"), names))
    if whole.is_over:
        meta[0] = (_("Pages in the application, too many"), length)
    return PageHead(
        named(section.code, section.title),
        over=over_of(application),
        state=state_of(application),
        lead=section.lead,
        meta=tuple(meta),
    )


def called(section: Section | None) -> str:
    """How buttons and messages call it: by its number, or by its title."""
    return said_code(section.code) or section.title if section else ""


def _ready_words(desk: Desk) -> str:
    ready = sum(section.pk in desk.ready for section in desk.sections)
    return _("%(ready)s of %(all)s") % {"ready": ready, "all": len(desk.sections)}


def _line(section: Any, content: dict[str, Any], desk: Desk) -> SectionLine:
    is_ready, begun = section.pk in desk.ready, is_begun(content)
    over = limits.measure_of_section(content).is_over
    length = limits.characters_of_section(content)
    if is_ready:
        band, said = "b4", pgettext("section", "ready")
    else:
        band, said = ("b2", pgettext("section", "in work")) if begun else ("b0", pgettext("section", "empty"))
    return SectionLine(
        title=named(section.code, section.title),
        url=reverse("awards:section", args=[desk.application.pk, section.pk]),
        band=band,
        said=said,
        pages=pages_words(content) if length or content["max_pages"] else ("" if begun else said),
        is_current=section.pk == desk.section.pk,
        is_missing=over or not begun,
    )


def is_begun(content: dict[str, Any]) -> bool:
    """Whether anything is written in a section."""
    names = ("paragraphs", "rows", "annexes", "chosen", "number", "agreed")
    return any(question.get(name) for question in content["questions"] for name in names)


def _question(desk: Desk, question: Question, entries: list[Any], *, is_open: bool) -> QuestionBox:
    own = [entry for entry in entries if entry.question.pk == question.pk]
    content = next(one for one in desk.content["questions"] if one["pk"] == question.pk)
    kind = question.kind
    is_narrative = kind in (Question.Kind.TEXT, Question.Kind.RESULTS)
    answer = None if is_narrative else next(iter(own), None)
    place = [desk.application.pk, desk.section.pk, question.pk]
    return QuestionBox(
        pk=question.pk,
        ident=f"question-{question.pk}",
        kind=kind,
        title=question.title,
        lead=question.lead,
        is_required=question.is_required,
        limits=_limits(desk, question, content),
        pieces=tuple(piece_boxes(own, desk.now, is_open=is_open)) if is_narrative else (),
        table=results_table(question.title, desk.rows.get(question.pk, ())) if kind == Question.Kind.RESULTS else None,
        answer=Field(answer.form["value"]) if answer is not None else None,
        clash=clash_of(answer) if answer is not None else None,
        read=answer.form["read"] if answer is not None else None,
        texts=tuple(one["text"] for one in content.get("paragraphs", ())),
        said=_said(question, content),
        pick_url=reverse("awards:pick", args=place) if is_narrative else "",
        annexes=tuple(annex.title for annex in desk.annexes.get(question.pk, ())),
        annexes_url=reverse("awards:annexes", args=[desk.application.pk]) if kind == Question.Kind.FILE else "",
    )


def _limits(desk: Desk, question: Question, content: dict[str, Any]) -> tuple[Limit, ...]:
    if question.kind != Question.Kind.TEXT and question.max_characters is None:
        return ()
    return limits_of(content, desk.content, desk.contents, desk.application.category.max_pages)[:1]


def _said(question: Question, content: dict[str, Any]) -> str:
    """The answer in words, for a page on which nothing can be written."""
    if question.kind == Question.Kind.CONSENT:
        return pgettext("statement", "Agreed") if content["agreed"] else _("Not agreed")
    if question.kind == Question.Kind.NUMBER:
        return f"{content['number']} {question.unit}".strip() if content["number"] else "–"
    titles = {one["code"]: one["titles"] for one in question.options}
    named = [text(titles[code], get_language() or "pl") for code in content.get("chosen", ()) if code in titles]
    return ", ".join(named) or "–"


def _saved(desk: Desk) -> Saved:
    if desk.latest is None:
        return Saved()
    zone = desk.application.category.round.zone
    values = {"moment": moment_in(zone, desk.latest.saved_at), "name": desk.latest.by.name}
    return Saved(desk.latest.saved_at, text=_("Last saved on %(moment)s by %(name)s") % values)
