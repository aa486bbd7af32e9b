"""What strangers read of awards: the awards, the calendar of their rounds, the categories with their conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from qms.awards.domain.form import said_code
from qms.awards.models import AwardProgrammePage, AwardRoundPage, Category, Programme, Round
from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import Button, Facts, Link, PageHead, State

from .building import pages
from .hours import moment_of
from .judging import JudgingText, text_of


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in a list: how far it is, and until when it takes applications."""

    title: str
    url: str
    award: str
    state: State
    when: str


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award in a list."""

    title: str
    url: str
    lead: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexFront:
    """The front of the awards."""

    open: tuple[RoundLine, ...]
    awards: tuple[AwardLine, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeFront:
    """The page of an award."""

    head: PageHead
    rounds: tuple[RoundLine, ...]
    facts: Facts
    source: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the form: its code, its title, how long it may be."""

    code: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class CategoryFront:
    """A category: for whom it is, what must be true, what is asked."""

    anchor: str
    title: str
    lead: str
    conditions: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    limits: str
    judging: JudgingText | None
    action: Button | None
    form: Link


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when applications are taken, and what the server's clock says now."""

    label: str
    moment: str
    left: str
    now: str


@dataclass(frozen=True, slots=True)
class RoundFront:
    """The page of a round."""

    head: PageHead
    deadline: Deadline | None
    calendar: Facts
    categories: tuple[CategoryFront, ...]
    rules: str
    contact: str


def index_front(awards: Sequence[AwardProgrammePage], rounds: Sequence[AwardRoundPage], at: datetime) -> IndexFront:
    """The rounds that take applications now, the one that closes first on top, then all awards."""
    receiving = sorted((page for page in rounds if page.round.receives(at)), key=lambda page: page.round.closes_at)
    lines = tuple(AwardLine(page.title, page.get_url() or "", _lead(page), _known(page.programme)) for page in awards)
    return IndexFront(tuple(round_lines(receiving, at)), lines)


def round_lines(rounds: Iterable[AwardRoundPage], at: datetime) -> Iterator[RoundLine]:
    """The rounds as a list shows them."""
    for page in rounds:
        award = page.round.programme.title_in(page.locale.language_code)
        yield RoundLine(page.title, page.get_url() or "", award, state_of(page.round, at), _when(page.round, at))


def programme_front(page: AwardProgrammePage, rounds: Sequence[AwardRoundPage], at: datetime) -> ProgrammeFront:
    """What the award is, and its rounds."""
    programme = page.programme
    facts: list[tuple[str, object]] = [(gettext("Organiser"), programme.organiser)]
    area = programme.region.name if programme.region else gettext("the whole country")
    facts.append((gettext("Where"), area))
    if programme.website:
        facts.append((gettext("Page of the organiser"), Link(_host(programme.website), programme.website)))
    head = PageHead(page.title, lead=_lead(page))
    return ProgrammeFront(head, tuple(round_lines(rounds, at)), Facts(tuple(facts)), programme.source)


def round_front(
    page: AwardRoundPage, categories: Sequence[Category], at: datetime, *, applies: bool, known: bool
) -> RoundFront:
    """The calendar, the categories and the way to begin."""
    shown, language = page.round, page.locale.language_code
    receives = shown.receives(at)
    return RoundFront(
        head=PageHead(
            page.title, over=shown.programme.title_in(language), state=state_of(shown, at), lead=shown.lead_in(language)
        ),
        deadline=_deadline(shown, at),
        calendar=Facts(tuple(_calendar(shown))),
        categories=tuple(
            _category(one, language, receives=receives, applies=applies, known=known) for one in categories
        ),
        rules=text(shown.rules, language) if shown.rules else "",
        contact=shown.contact_email,
    )


def waiting_front(page: AwardRoundPage) -> RoundFront:
    """The page of a round that is not announced: only that."""
    lead = gettext("This round is not announced yet.")
    return RoundFront(PageHead(page.title, lead=lead), None, Facts(()), (), "", "")


def state_of(shown: Round, at: datetime) -> State:
    """How far the round is at this moment."""
    if shown.state == Round.State.FINISHED:
        return State(pgettext("award round", "finished"), "done")
    if at < shown.opens_at:
        return State(pgettext("award round", "opens soon"))
    if shown.receives(at):
        return State(pgettext("award round", "open for applications"), "going")
    return State(pgettext("award round", "closed, the jury decides"), "wait")


def _when(shown: Round, at: datetime) -> str:
    if at < shown.opens_at:
        return gettext("Opens: %(moment)s") % {"moment": moment_of(shown, shown.opens_at)}
    if shown.receives(at):
        return gettext("Closes: %(moment)s") % {"moment": moment_of(shown, shown.closes_at)}
    return gettext("Closed: %(moment)s") % {"moment": moment_of(shown, shown.closes_at)}


def _deadline(shown: Round, at: datetime) -> Deadline | None:
    if shown.state == Round.State.FINISHED or shown.is_closed(at):
        return None
    opened = at >= shown.opens_at
    until = shown.closes_at if opened else shown.opens_at
    days = (moment.astimezone(shown.timezone).date() for moment in (until, at))
    return Deadline(
        gettext("Applications are taken until") if opened else gettext("Applications are taken from"),
        moment_of(shown, until),
        numbers.time_left(*days) if opened else "",
        gettext("The server's clock: %(moment)s. It decides.") % {"moment": moment_of(shown, at)},
    )


def _calendar(shown: Round) -> Iterator[tuple[str, object]]:
    yield gettext("Opens"), moment_of(shown, shown.opens_at)
    yield gettext("Closes"), moment_of(shown, shown.closes_at)
    yield gettext("Results"), moment_of(shown, shown.embargo_until)
    if shown.gala_at or shown.gala_place:
        at = moment_of(shown, shown.gala_at) if shown.gala_at else ""
        yield gettext("Gala"), ", ".join(part for part in (at, shown.gala_place) if part)


def _category(one: Any, language: str, *, receives: bool, applies: bool, known: bool) -> CategoryFront:
    action = None
    if receives and (applies or not known):
        label = gettext("Begin an application") if known else gettext("Sign in and begin")
        action = Button(label, url=reverse("awards:begin", args=[one.pk]), hidden=one.title_in(language))
    form = Link(gettext("Read all questions"), reverse("awards:form", args=[one.pk]), title=one.title_in(language))
    return CategoryFront(
        anchor=f"category-{one.pk}",
        title=one.title_in(language),
        lead=one.lead_in(language),
        conditions=tuple((rule.title_in(language), rule.lead_in(language)) for rule in one.conditions),
        chapters=tuple(_chapter(section, language) for section in one.chapters),
        limits=_limits(one),
        judging=text_of(one, one.ordered_prizes, language=language),
        action=action,
        form=form,
    )


def _chapter(section: Any, language: str) -> Chapter:
    note = gettext("at most %(pages)s") % {"pages": pages(section.max_pages)} if section.max_pages else ""
    return Chapter(said_code(section.code), section.title_in(language), note)


def _limits(category: Category) -> str:
    said = []
    if category.max_pages:
        told = {"pages": category.max_pages}
        said.append(gettext("The narrative has at most %(pages)s pages of 1800 characters.") % told)
    said.append(gettext("At most %(annexes)s annexes.") % {"annexes": category.max_annexes})
    return " ".join(said)


def _known(programme: Programme) -> tuple[str, ...]:
    return tuple(part for part in (programme.organiser, programme.region.name if programme.region else "") if part)


def _lead(page: AwardProgrammePage) -> str:
    return page.programme.lead_in(get_language() or page.locale.language_code)


def _host(address: str) -> str:
    return address.partition("://")[2].strip("/").removeprefix("www.")
