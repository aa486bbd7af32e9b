"""Laying down what the sources offer: into all empty questions at once, or into one as chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max

from qms.awards.domain.filling import Laid, Slot, lay_down, names_that_fit
from qms.awards.domain.limits import measure_of_question, measure_of_section, measure_of_whole
from qms.awards.domain.offer import Offer
from qms.awards.models import Application, Paragraph, Question, ResultRow, Section
from qms.awards.models.round import in_order
from qms.awards.queries.content import section_contents
from qms.awards.queries.filling import fitting, used_keys
from qms.awards.queries.sources import Sources, sources_of
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .holding import held_application, require_open
from .pieces import MOST_PIECES
from .versions import keep_version

if TYPE_CHECKING:
    from qms.accounts.models import User

TITLE: Final = 200
UNIT: Final = 80
EVIDENCE: Final = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """How many pieces were laid down, and how many found no room."""

    pieces: int
    left: int


@transaction.atomic
def fill_application(application: Application, *, by: User, at: datetime) -> Filled:
    """Lay down everything that the sources offer into questions that are still empty, each piece with its source."""
    held = held_application(application)
    require_open(held, at)
    laid = _laid(held, sources_of(held))
    for question in _questions(held, laid.pieces):
        _write(held, question, laid.pieces[question.pk], by=by)
    for section in Section.objects.filter(questions__in=laid.pieces).distinct():
        keep_version(held, section, by=by, at=at)
    pieces = sum(len(offers) for offers in laid.pieces.values())
    if pieces:
        record(held, "awards.fill", by=by, office_id=held.office_id, pieces=pieces)
    return Filled(pieces, laid.left)


def _laid(application: Application, sources: Sources) -> Laid:
    contents = section_contents(application)
    nodes = {one.pk: one.node or one.section.node for one in _questions(application)}
    slots = [
        Slot(question["pk"], section["pk"], offers, measure_of_question(question).left)
        for section in contents
        for question in section["questions"]
        if _is_empty(question) and nodes[question["pk"]]
        if (offers := fitting(question["kind"], sources.under(nodes[question["pk"]])))
    ]
    return lay_down(
        slots,
        used=used_keys(application),
        rooms={section["pk"]: measure_of_section(section).left for section in contents},
        whole=measure_of_whole(contents, application.category.max_pages).left,
        most=MOST_PIECES,
    )


def _is_empty(question: Mapping[str, Any]) -> bool:
    """Whether nothing was written into a question of text or a table yet."""
    if question["kind"] == Question.Kind.TEXT:
        return not any(one["text"].strip() for one in question["paragraphs"])
    return question["kind"] == Question.Kind.RESULTS and not question["rows"]


def _questions(application: Application, chosen: Iterable[int] | None = None) -> Iterable[Question]:
    questions = Question.objects.filter(section__category=application.category_id).select_related("section")
    return in_order(questions if chosen is None else questions.filter(pk__in=list(chosen)))  # type: ignore[no-any-return]


@transaction.atomic
def add_sources(application: Application, question: Question, *, keys: Collection[str], by: User, at: datetime) -> int:
    """Add the chosen sources to the end of a question; what stands there already is not added twice."""
    held = held_application(application)
    require_open(held, at)
    if question.section.category_id != held.category_id:
        raise Refused(gettext_noop("This question is not in the form of this application."))
    offered = {one.key: one for one in fitting(question.kind, sources_of(held).everything())}
    if not set(keys) <= set(offered):
        raise Refused(gettext_noop("A source that you chose is no longer there. Choose again."))
    known = used_keys(held, question)
    chosen = [offer for key, offer in offered.items() if key in set(keys) - known]
    if chosen:
        _write(held, question, chosen, by=by)
        keep_version(held, question.section, by=by, at=at)
        record(held, "awards.add_sources", by=by, office_id=held.office_id, pieces=len(chosen))
    return len(chosen)


def _write(application: Application, question: Question, offers: Collection[Offer], *, by: User) -> None:
    model: Any = ResultRow if question.kind == Question.Kind.RESULTS else Paragraph
    rows = model._default_manager.filter(application=application, question=question)  # noqa: SLF001  Django's own name
    if rows.count() + len(offers) > MOST_PIECES:
        raise Refused(gettext_noop("There is no room for more than %(count)s pieces here."), count=MOST_PIECES)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    about = {"application": application, "question": question, "by": by}
    model._default_manager.bulk_create(  # noqa: SLF001  Django's own name
        model(position=last + number, **about, **_said(offer, question)) for number, offer in enumerate(offers, 1)
    )


def _said(offer: Offer, question: Question) -> dict[str, Any]:
    source = {
        "source": offer.source,
        "source_key": offer.key,
        "source_title": offer.title,
        "source_url": offer.url,
        "source_text": offer.text,
    }
    if question.kind != Question.Kind.RESULTS or offer.figures is None:
        return {**source, "text": offer.text}
    figures = offer.figures
    before_last, before, last = figures.values
    return {
        **source,
        "title": figures.title[:TITLE],
        "unit": figures.unit[:UNIT],
        "better": figures.better,
        "year": figures.year,
        "before_last": before_last,
        "before": before,
        "last": last,
        "target": figures.target,
        "evidence": names_that_fit(figures.evidence, EVIDENCE),
    }
