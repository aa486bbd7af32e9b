"""What the page of a form shows: its sections and questions with their limits, and what an organiser can change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext

from qms.awards.domain.form import said_code
from qms.awards.models import Category, Question, Section
from qms.awards.models.round import Round
from qms.awards.queries.forms import asked_in
from qms.frameworks.domain.framework import text
from qms.ui.components import Button, Crumbs, Link, Note, PageHead, State, Tabs
from qms.ui.components.part import Part
from qms.ui.numbers import figure


@dataclass(frozen=True)
class Moving:
    """Where a part of the form is changed and moved, and whether it is the first or the last."""

    edit: str
    move: str
    first: bool
    last: bool


@dataclass(frozen=True)
class QuestionItem(Part):
    """A question as applicants see it: what is asked, the help, how long an answer may be."""

    pk: int
    code: str
    title: str
    lead: str
    kind: str
    limits: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    moving: Moving | None = None
    template_name: ClassVar[str] = "awards/_form_question.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(1, "1.1", "Jak urząd wyznacza kierunek?", "Kto współtworzył misję.", "tekst", ("do 3600 znaków",)),)


@dataclass(frozen=True)
class SectionItem(Part):
    """A section of the form with its questions."""

    pk: int
    code: str
    title: str
    lead: str
    facts: tuple[str, ...]
    questions: tuple[QuestionItem, ...]
    add: str = ""
    moving: Moving | None = None
    template_name: ClassVar[str] = "awards/_form_section.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(1, "1", "Przywództwo", "Jak kierownictwo prowadzi urząd.", ("waga 1",), QuestionItem.samples()),)


def kind_name(kind: str) -> str:
    """How people call a kind of question."""
    names = {
        Question.Kind.TEXT: pgettext("kind of question", "Text"),
        Question.Kind.NUMBER: pgettext("kind of question", "Number"),
        Question.Kind.CHOICE: pgettext("kind of question", "One of several"),
        Question.Kind.CHOICES: pgettext("kind of question", "Any of several"),
        Question.Kind.RESULTS: pgettext("kind of question", "Table of results"),
        Question.Kind.FILE: pgettext("kind of question", "Annex"),
        Question.Kind.CONSENT: pgettext("kind of question", "Statement"),
    }
    return names[Question.Kind(kind)]


def crumbs_to(category: Category, *labels: str) -> Crumbs:
    """The way from the list of rounds to the page."""
    links = [
        Link(gettext("Awards"), reverse("awards:round-list")),
        Link(category.round.title, reverse("awards:round", args=[category.round_id])),
        Link(_form_of(category), reverse("awards:form", args=[category.pk]) if labels else ""),
    ]
    return Crumbs((*links, *(Link(label, "") for label in labels)))


def head_of(category: Category, sections: Sequence[Section], *, builds: bool) -> PageHead:
    """The category, its limits, and how much is asked."""
    questions = [question for section in sections for question in asked_in(section)]
    meta: list[tuple[str, object]] = [(gettext("Sections"), str(len(sections)))]
    meta.append((gettext("Questions"), str(len(questions))))
    if category.max_pages:
        meta.append((gettext("Most pages"), str(category.max_pages)))
    meta.append((gettext("Most annexes"), str(category.max_annexes)))
    if category.framework is not None:
        meta.append((gettext("Framework"), category.framework.short_in(get_language() or "pl")))
    paper = reverse("awards:blank-file", args=[category.pk])
    action: tuple[Part, ...] = (Button(gettext("Form on paper"), url=paper, kind="secondary"),)
    if builds:
        action = (Button(gettext("Add a section"), url=reverse("awards:section-add", args=[category.pk])), *action)
    return PageHead(
        category.title,
        over=f"{category.round.title}: {pgettext('of an award', 'form')}",
        state=_state(category.round),
        lead=category.lead,
        meta=tuple(meta) if sections else (),
        action=action if sections else None,
    )


def fixed_note(category: Category, *, runs: bool) -> Note | None:
    """Why who runs the round cannot change the form any more."""
    if not runs or category.round.state == Round.State.DRAFT:
        return None
    return Note(gettext("The round is announced: its form stays as it is."))


def framework_button(category: Category, sections: Sequence[Section], *, builds: bool) -> Button | None:
    """Lay down what the framework asks, where the form lacks a criterion of it."""
    if not builds or category.framework is None:
        return None
    asked = {section.node for section in sections}
    if all(node.identifier in asked for node in category.framework.tree().criteria):
        return None
    name = category.framework.short_in(get_language() or "pl")
    return Button(
        gettext("Add the criteria of %(framework)s") % {"framework": name},
        url=reverse("awards:sections-from-framework", args=[category.pk]),
        kind="secondary",
        post=True,
    )


def kind_tabs(section: Section, chosen: str) -> Tabs:
    """The kinds of questions that can be added."""
    address = reverse("awards:question-add", args=[section.pk])
    links = (
        Link(str(label), f"{address}?kind={kind}", current=kind == chosen) for kind, label in Question.Kind.choices
    )
    return Tabs(gettext("Kind of the question"), tuple(links))


def section_items(category: Category, sections: Sequence[Section], *, builds: bool) -> list[SectionItem]:
    """The whole form in order."""
    return [
        SectionItem(
            pk=section.pk,
            code=said_code(section.code),
            title=section.title,
            lead=section.lead,
            facts=tuple(_facts(category, section)),
            questions=tuple(question_items(asked_in(section), builds=builds)),
            add=reverse("awards:question-add", args=[section.pk]) if builds else "",
            moving=moving_of("section", section.pk, place, len(sections)) if builds else None,
        )
        for place, section in enumerate(sections, 1)
    ]


def question_items(questions: Sequence[Question], *, builds: bool) -> Iterable[QuestionItem]:
    """The questions of one section."""
    for place, question in enumerate(questions, 1):
        yield QuestionItem(
            pk=question.pk,
            code=said_code(question.code),
            title=question.title,
            lead=question.lead,
            kind=kind_name(question.kind),
            limits=tuple(_limits(question)),
            options=tuple(text(one["titles"], get_language() or "pl") for one in question.options),
            columns=_columns() if question.kind == Question.Kind.RESULTS else (),
            moving=moving_of("question", question.pk, place, len(questions)) if builds else None,
        )


def pages(number: Decimal) -> str:
    """So many pages; halves with the language's decimal sign."""
    whole = number == number.to_integral_value()
    shown = figure(number, 0 if whole else 1)
    # One page and a half takes the form of two in the languages of the platform.
    return ngettext("%(pages)s page", "%(pages)s pages", int(number) if whole else 2) % {"pages": shown}


def _facts(category: Category, section: Section) -> Iterable[str]:
    if section.node and category.framework is not None and category.framework.tree().has_node(section.node):
        name = category.framework.short_in(get_language() or "pl")
        yield gettext("criterion %(node)s of %(framework)s") % {"node": section.node, "framework": name}
    if section.max_pages is not None:
        yield gettext("at most %(pages)s") % {"pages": pages(section.max_pages)}
    if section.is_scored:
        yield gettext("weight %(weight)s") % {"weight": _weight(section.weight)}
    else:
        yield gettext("not scored")


def _limits(question: Question) -> Iterable[str]:
    yield gettext("must be answered") if question.is_required else gettext("may stay empty")
    if question.max_characters:
        told = {"most": figure(question.max_characters)}
        yield gettext("at most %(most)s characters") % told
    if question.unit:
        yield gettext("unit: %(unit)s") % {"unit": question.unit}


def _columns() -> tuple[str, ...]:
    return (
        gettext("What is measured"),
        gettext("Two years before"),
        gettext("One year before"),
        gettext("Last year"),
        gettext("Target"),
        gettext("Comparison"),
        gettext("Evidence"),
    )


def _weight(weight: Decimal) -> str:
    return next(figure(weight, digits) for digits in (0, 1, 2) if round(weight, digits) == weight)


def moving_of(kind: str, pk: int, place: int, count: int) -> Moving:
    """Where this one is changed and moved, by its place among so many."""
    edit, move = (reverse(f"awards:{kind}-{act}", args=[pk]) for act in ("edit", "move"))
    return Moving(edit, move, first=place == 1, last=place == count)


def _form_of(category: Category) -> str:
    return gettext("Form: %(category)s") % {"category": category.title}


def _state(of: Round) -> State | None:
    return State(of.get_state_display()) if of.state == Round.State.DRAFT else None
