"""Building the form of a category: sections and questions, as long as the round is in preparation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.awards.domain.form import Option, QuestionDraft, SectionDraft, coded, free_code, sections_of
from qms.awards.models import Category, Question, Round, Section
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .examples import write_section
from .ordering import change_places

FIXED = gettext_noop("The round is announced: its form stays as it is.")
TAKEN = gettext_noop("Another part of the form has the code %(code)s already.")


@transaction.atomic
def add_section(category: Category, *, draft: SectionDraft, by: User) -> Section:
    """A section after those that the form has."""
    held = _held(category)
    section = Section(category=held, position=_next(held.sections), code=_code(held.sections, draft.code))
    _write_section(section, draft)
    record(held, "awards.change_form", by=by, added=section.code)
    return section


@transaction.atomic
def change_section(section: Section, *, draft: SectionDraft, by: User) -> Section:
    """Save what stands on the form; an empty code keeps the one that is there."""
    category = _held(section.category)
    held = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    held.category = category
    held.code = _code(category.sections.exclude(pk=held.pk), draft.code or held.code)
    _write_section(held, draft)
    record(category, "awards.change_form", by=by, changed=held.code)
    return held


@transaction.atomic
def delete_section(section: Section, *, by: User) -> None:
    """Take a section off the form, with its questions."""
    category = _held(section.category)
    record(category, "awards.change_form", by=by, deleted=section.code)
    Section.objects.filter(pk=section.pk).delete()


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User) -> None:
    """Let the section change places with its neighbour."""
    category = _held(section.category)
    if change_places(Section.objects.filter(category=category), section.pk, up=up):
        record(category, "awards.change_form", by=by, moved=section.code)


@transaction.atomic
def add_sections_from_framework(category: Category, *, by: User) -> int:
    """How many sections were added: one for each criterion of the framework that the form does not ask about yet."""
    held = _held(category)
    if held.framework is None:
        raise Refused(gettext_noop("The category has no framework. Choose one first."))
    asked = set(held.sections.values_list("node", flat=True))
    wanted = [draft for draft in sections_of(held.framework.tree()) if draft.node not in asked]
    if not wanted:
        raise Refused(gettext_noop("The form asks about every criterion of the framework already."))
    taken = frozenset(held.sections.values_list("code", flat=True))
    place = _next(held.sections)
    for position, draft in enumerate(wanted, place):
        section = write_section(held, draft, position=position, code=free_code(draft.code, taken))
        taken |= {section.code}
    record(held, "awards.change_form", by=by, added=", ".join(draft.node for draft in wanted))
    return len(wanted)


@transaction.atomic
def add_question(section: Section, *, draft: QuestionDraft, by: User) -> Question:
    """A question after those that the section has."""
    held = _held_section(section)
    code = _code(held.questions, draft.code)
    question = Question(section=held, position=_next(held.questions), kind=draft.kind, code=code)
    _write_question(question, draft)
    record(held.category, "awards.change_form", by=by, added=f"{held.code} {code}")
    return question


@transaction.atomic
def change_question(question: Question, *, draft: QuestionDraft, by: User) -> Question:
    """Save what stands on the form; the kind stays, and an empty code keeps the one that is there."""
    section = _held_section(question.section)
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    held.section = section
    held.code = _code(section.questions.exclude(pk=held.pk), draft.code or held.code)
    _write_question(held, draft)
    record(section.category, "awards.change_form", by=by, changed=f"{section.code} {held.code}")
    return held


@transaction.atomic
def delete_question(question: Question, *, by: User) -> None:
    """Take a question off the form."""
    section = _held_section(question.section)
    record(section.category, "awards.change_form", by=by, deleted=f"{section.code} {question.code}")
    Question.objects.filter(pk=question.pk).delete()


@transaction.atomic
def move_question(question: Question, *, up: bool, by: User) -> None:
    """Let the question change places with its neighbour in the section."""
    section = _held_section(question.section)
    if change_places(Question.objects.filter(section=section), question.pk, up=up):
        record(section.category, "awards.change_form", by=by, moved=f"{section.code} {question.code}")


def _held(category: Category) -> Category:
    """The category while its round is held, so that nobody announces it at the same time."""
    if Round.objects.select_for_update().get(pk=category.round_id).state != Round.State.DRAFT:
        raise Refused(FIXED)
    return Category.objects.select_related("framework").get(pk=category.pk)


def _held_section(section: Section) -> Section:
    _held(section.category)
    return Section.objects.select_related("category__framework").get(pk=section.pk)


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _code(rows: Any, wanted: str) -> str:
    taken = frozenset(rows.values_list("code", flat=True))
    if wanted and wanted in taken:
        raise Refused(TAKEN, code=wanted)
    return free_code(wanted, taken)


def _write_section(section: Section, draft: SectionDraft) -> None:
    section.titles, section.leads, section.node = dict(draft.titles), dict(draft.leads), draft.node
    section.weight, section.max_pages, section.is_scored = draft.weight, draft.max_pages, draft.is_scored
    _check_node(section.category, draft.node)
    section.save()


def _write_question(question: Question, draft: QuestionDraft) -> None:
    earlier = tuple(Option(one["code"], one["titles"]) for one in question.options)
    options = coded(draft.options, earlier)
    question.titles, question.leads, question.node = dict(draft.titles), dict(draft.leads), draft.node
    question.is_required, question.unit = draft.is_required, draft.unit
    question.max_characters = draft.max_characters
    question.options = [{"code": one.code, "titles": dict(one.titles)} for one in options]
    _check_node(question.section.category, draft.node)
    question.save()


def _check_node(category: Category, node: str) -> None:
    if node and (category.framework is None or not category.framework.tree().has_node(node)):
        raise Refused(gettext_noop("The framework of this category has no such criterion."))
