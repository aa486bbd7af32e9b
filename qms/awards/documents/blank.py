"""The empty form of a category on paper: what is asked, within which limits, with room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.awards.components.dossiers import Facts, Fine, Gap, Lines, Ticks
from qms.awards.models import Category, Question
from qms.awards.models import Section as FormSection
from qms.awards.models.round import in_order
from qms.frameworks.domain.framework import text
from qms.pdf.components import Column, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

ROWS = 4
SHORT, LONG = 2, 6


def blank_of(category: Category, *, language: str) -> Document:
    """The form in one of the platform's languages, with the calendar and the conditions before it."""
    with translation.override(language), timezone.override(category.round.timezone):
        sections = list(in_order(FormSection.objects.filter(category=category)))
        questions = in_order(Question.objects.filter(section__category=category).order_by("section"))
        by_section = {pk: list(group) for pk, group in groupby(_sorted(questions), lambda one: one.section_id)}
        award = category.round
        return Document(
            title=award.title_in(language),
            subtitle=_("Form: %(category)s") % {"category": category.title_in(language)},
            subject=_("Empty form of the category %(category)s") % {"category": category.title_in(language)},
            language=language,
            sections=(
                *_head_matter(category, language),
                *(_section(one, by_section.get(one.pk, []), place, language) for place, one in _counted(sections)),
            ),
            cover=_cover(category, language),
            moment=max([award.updated_at, category.updated_at, *(one.updated_at for one in sections)]),
            running=f"{award.prefix}, {category.title_in(language)}",
            version_line=_("Form as it stood on %(day)s") % {"day": numbers.day(timezone.localdate(award.updated_at))},
            imprint=(_("Applications are written and submitted on the platform; this print helps to prepare them."),),
            author=award.programme.organiser,
        )


def _sorted(questions: object) -> list[Question]:
    return sorted(questions, key=lambda one: (one.section_id, one.position, one.pk))  # type: ignore[call-overload, no-any-return]


def _counted(sections: list[FormSection]) -> Iterator[tuple[int, FormSection]]:
    return enumerate(sections, start=1)


def _cover(category: Category, language: str) -> Cover:
    award = category.round
    facts = [
        (_("Award"), award.programme.title_in(language)),
        (_("Opens"), f"{numbers.moment(award.opens_at)} ({award.zone})"),
        (_("Closes"), f"{numbers.moment(award.closes_at)} ({award.zone})"),
        (_("Questions to"), award.contact_email),
    ]
    return Cover(award.programme.organiser, tuple((name, fact) for name, fact in facts if fact))


def _head_matter(category: Category, language: str) -> Iterator[Section]:
    parts: list[Part] = [Text((category.lead_in(language),))] if category.lead_in(language) else []
    facts: list[tuple[str, object]] = []
    if category.framework is not None:
        facts.append((_("Framework"), category.framework.code))
    if category.max_pages:
        facts.append((_("Whole narrative"), _pages(category.max_pages)))
    count = category.max_annexes
    facts.append((_("Annexes"), ngettext("at most %(count)s", "at most %(count)s", count) % {"count": count}))
    parts.append(Facts(tuple(facts)))
    rules = list(in_order(category.rules))
    if rules:
        rows = tuple(Row((rule.title_in(language), str(rule.get_kind_display()))) for rule in rules)
        columns = (Column(_("Condition")), Column(_("How it is checked"), width="large"))
        parts.append(Table(columns, rows, _("Who may apply")))
    length = Text((_("A standard page has 1,800 characters with spaces."),))
    yield Section(_("Before you begin"), (*parts, length), kind="chapter", in_contents=False, ident="before")


def _section(section: FormSection, questions: list[Question], place: int, language: str) -> Section:
    parts: list[Part] = [Fine(_pages(section.max_pages))] if section.max_pages else []
    for count, question in enumerate(questions, start=1):
        title = f"{place}.{count}  {question.title_in(language)}"
        parts.append(Section(title, tuple(_question(question, language)), in_contents=False, ident=f"q{question.pk}"))
    return Section(
        section.title_in(language),
        tuple(parts),
        label=_("Section %(place)s") % {"place": place},
        number=str(place),
        lead=section.lead_in(language),
        kind="flow",
        ident=f"section-{place}",
    )


def _question(question: Question, language: str) -> Iterator[Part]:
    notes = [_("must be answered") if question.is_required else _("may stay empty")]
    if question.max_characters:
        notes.append(_("at most %(count)s characters") % {"count": numbers.figure(question.max_characters)})
    yield Fine(", ".join([str(question.get_kind_display()), *notes]))
    if question.lead_in(language):
        yield Text((question.lead_in(language),))
    yield _room(question, language)


def _room(question: Question, language: str) -> Part:
    """Where the answer is written."""
    match question.kind:
        case Question.Kind.RESULTS:
            heads = (_("Indicator and unit"), _("Two years before"), _("Year before"), _("Last year"))
            columns = tuple(Column(head, width="large" if head == heads[0] else "") for head in heads)
            more = (Column(_("Target")), Column(_("Comparison")), Column(_("Evidence")))
            return Table((*columns, *more), tuple(Row((Gap(), *[""] * 6)) for _row in range(ROWS)))
        case Question.Kind.CHOICE | Question.Kind.CHOICES:
            return Ticks(tuple((text(one["titles"], language), False) for one in question.options))
        case Question.Kind.CONSENT:
            return Ticks(((_("The office agrees to this statement."), False),))
        case Question.Kind.FILE:
            return Text((_("A file, added on the platform."),))
        case Question.Kind.NUMBER:
            return Lines(1)
    return Lines(SHORT if (question.max_characters or LONG * 100) < LONG * 100 else LONG)


def _pages(most: object) -> str:
    shown = numbers.figure(most, 0 if most == int(most) else 1)  # type: ignore[call-overload]
    return _("at most %(most)s standard pages") % {"most": shown}
