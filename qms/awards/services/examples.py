"""Founding a programme with its round, categories and forms from a definition file."""

from __future__ import annotations

from dataclasses import asdict
from importlib.resources import files

from django.db import IntegrityError, transaction

from qms.accounts.models import User
from qms.awards.domain.examples import Calendar, CategoryDefinition, Definition, FromFramework, read
from qms.awards.domain.form import SectionDraft, sections_of
from qms.awards.models import Category, Judging, Prize, Programme, Question, Round, Rule, Section
from qms.core.audit import record
from qms.frameworks.models import Edition
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Region

WMNJ, EPSA = "wmnj", "epsa"
SHIPPED = (WMNJ, EPSA)


def shipped(code: str) -> Definition:
    """The definition of that code that comes with the platform."""
    return read((files("qms.awards") / "data" / f"{code}.yaml").read_text(encoding="utf-8"))


def found_programme(definition: Definition, *, year: int, by: User, calendar: Calendar | None = None) -> Round:
    """The round of that year in preparation, with its whole form; what is there already stays.

    A calendar given here stands in the place of the definition's own days.
    """
    try:
        return _found(definition, year=year, by=by, calendar=calendar)
    except IntegrityError:  # somebody founded it in the same second: now it is there
        return _found(definition, year=year, by=by, calendar=calendar)


@transaction.atomic
def _found(definition: Definition, *, year: int, by: User, calendar: Calendar | None) -> Round:
    programme = Programme.objects.filter(slug=definition.slug).first() or _programme(definition, by)
    prefix = definition.of_year("prefix", year)
    already = Round.objects.filter(programme=programme, prefix=prefix).first()
    if already is not None:
        return already
    days = calendar or definition.calendar(year)
    made = Round.objects.create(
        programme=programme,
        year=year,
        titles=definition.of_year("titles", year),
        leads=definition.of_year("leads", year),
        slug=definition.of_year("slug", year),
        prefix=prefix,
        zone=definition.round["zone"],
        opens_at=days.opens_at,
        closes_at=days.closes_at,
        embargo_until=days.embargo_until,
        gala_at=days.gala_at,
        gala_place=definition.round.get("gala_place", ""),
        rules=definition.of_year("rules", year) or {},
        contact_email=definition.round.get("contact", ""),
        made_by=by,
    )
    for position, category in enumerate(definition.categories, 1):
        _category(made, category, position)
    record(made, "awards.found_example", by=by)
    return made


def write_section(category: Category, draft: SectionDraft, *, position: int, code: str = "") -> Section:
    """The section with its questions as rows of this category; a code given here stands in the place of its own."""
    section = Section.objects.create(
        category=category,
        position=position,
        code=code or draft.code,
        titles=dict(draft.titles),
        leads=dict(draft.leads),
        node=draft.node,
        weight=draft.weight,
        max_pages=draft.max_pages,
        is_scored=draft.is_scored,
    )
    Question.objects.bulk_create(
        Question(
            section=section,
            position=place,
            code=question.code,
            kind=question.kind,
            titles=dict(question.titles),
            leads=dict(question.leads),
            is_required=question.is_required,
            max_characters=question.max_characters,
            unit=question.unit,
            options=[{"code": option.code, "titles": dict(option.titles)} for option in question.options],
            node=question.node,
        )
        for place, question in enumerate(draft.questions, 1)
    )
    return section


def _programme(definition: Definition, by: User) -> Programme:
    programme = Programme.objects.create(
        slug=definition.slug,
        titles=dict(definition.titles),
        leads=dict(definition.leads),
        organiser=definition.organiser,
        region=_region(definition.region) if definition.region else None,
        website=definition.website,
        source=definition.source,
    )
    record(programme, "awards.found_example", by=by)
    return programme


def _category(made: Round, said: CategoryDefinition, position: int) -> None:
    framework = _framework(said.framework) if said.framework else None
    category = Category.objects.create(
        round=made,
        position=position,
        slug=said.slug,
        titles=dict(said.titles),
        leads=dict(said.leads),
        framework=framework,
        max_pages=said.max_pages,
        max_annexes=said.max_annexes,
    )
    Rule.objects.bulk_create(
        Rule(
            category=category,
            position=place,
            kind=rule.kind,
            titles=dict(rule.titles),
            leads=dict(rule.leads),
            value=dict(rule.value),
        )
        for place, rule in enumerate(said.rules, 1)
    )
    Judging.objects.create(category=category, **asdict(said.judging))
    Prize.objects.bulk_create(
        Prize(category=category, position=place, **asdict(prize)) for place, prize in enumerate(said.prizes, 1)
    )
    drafts: list[SectionDraft] = []
    for part in said.form:
        if isinstance(part, SectionDraft):
            drafts.append(part)
        elif framework is not None:
            drafts.extend(_from_framework(framework, part))
    for place, draft in enumerate(drafts, 1):
        write_section(category, draft, position=place)


def _from_framework(framework: Edition, limits: FromFramework) -> tuple[SectionDraft, ...]:
    return sections_of(framework.tree(), max_characters=limits.max_characters, max_pages=limits.max_pages)


def _region(code: str) -> Region:
    region = Region.objects.filter(code__iexact=code).first()
    if region is None:
        raise Refused(gettext_noop("There is no region %(code)s yet."), code=code)
    return region


def _framework(code: str) -> Edition:
    edition = Edition.objects.published().filter(code=code).first()
    if edition is None:
        raise Refused(gettext_noop("There is no framework %(code)s yet."), code=code)
    return edition
