"""The heads of the pages of experience sharing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.exchange.models import Edition
from qms.ui import numbers
from qms.ui.components import Button, Note, PageHead, Part, State

from .pieces import counted_words

if TYPE_CHECKING:
    from qms.exchange.domain.mentions import Block
    from qms.exchange.models import EditionPage, MeetingPage, OfficePage, ThemePage
    from qms.offices.models import Office

    from .reader import Reader

LONGEST_LEAD = 300  # letters


def office_head(
    page: OfficePage, office: Office, blocks: Iterable[Block], reader: Reader, *, built: datetime | None
) -> PageHead:
    """The head of an office's own page: when it was put together, from what, and who sees it."""
    told = list(blocks)
    needs = [block.content for block in told if block.kind == "need"]
    name = office.short_name or office.name
    return PageHead(
        gettext("For your office") if reader.is_own else gettext("For %(office)s") % {"office": name},
        over=over_of(page.edition),
        state=state_of(page),
        lead=_lead(len(needs), needs[0].get("year") if needs else None),
        meta=tuple(_meta(told, name, built)),
        action=tuple(_actions(page, reader)) or None,
    )


def over_of(edition: Edition) -> str:
    """Which season of experience sharing it is."""
    return gettext("Experience sharing, %(edition)s") % {"edition": edition.title}


def state_of(page: OfficePage) -> State:
    """Whether readers see it, and whether it is still kept up to date."""
    if not page.live:
        return State(gettext("Waits for a coordinator"), "wait")
    return (
        State(gettext("Closed")) if page.edition.state == Edition.State.CLOSED else State(gettext("Published"), "done")
    )


def _lead(count: int, year: int | None) -> str:
    if not count or not year:
        return gettext("What other offices did where yours is still weak.")
    said = ngettext(
        "The weakest subcriterion of your self-assessment %(year)s, and offices that have solved a similar trouble.",
        "The %(count)s weakest subcriteria of your self-assessment %(year)s, and offices that have solved a similar "
        "trouble.",
        count,
    )
    return said % {"count": count, "year": year}


def _meta(blocks: Iterable[Block], name: str, built: datetime | None) -> Iterator[tuple[str, object]]:
    if built is not None:
        yield gettext("Put together automatically"), numbers.moment(built)
    for block in blocks:
        if block.kind == "how":
            yield gettext("From what"), counted_words(block.content)
    yield gettext("Who sees it"), gettext("%(office)s and its coordinators") % {"office": name}


def _actions(page: OfficePage, reader: Reader) -> Iterator[Part]:
    if reader.page and page.live:
        yield Button(gettext("Get it as PDF"), reverse("exchange:for-you-print", args=[page.pk]), kind="secondary")
    yield from words_button(reader)


def words_button(reader: Reader) -> Iterator[Part]:
    """The way to the editors' words, for who may write them."""
    if reader.page and reader.may_edit:
        yield Button(gettext("Editors' words"), reverse("exchange:words", args=[reader.page]), kind="secondary")


def theme_head(page: ThemePage, reader: Reader, *, language: str, built: datetime | None) -> PageHead:
    """The head of a theme."""
    theme = page.theme
    meta: list[tuple[str, object]] = []
    if built is not None:
        meta.append((gettext("Put together automatically"), numbers.moment(built)))
    if theme.nodes:
        meta.append((ngettext("Subcriterion", "Subcriteria", len(theme.nodes)), ", ".join(theme.nodes)))
    return PageHead(
        page.title,
        over=over_of(theme.edition),
        lead=theme.lead_in(language),
        meta=tuple(meta),
        action=tuple(words_button(reader)) or None,
    )


def edition_head(page: EditionPage, reader: Reader, *, language: str) -> PageHead:
    """The head of an edition."""
    edition = page.edition
    days = {"from": numbers.day(edition.starts_on), "until": numbers.day(edition.ends_on)}
    return PageHead(
        page.title,
        over=gettext("Experience sharing"),
        state=State(gettext("Closed"))
        if edition.state == Edition.State.CLOSED
        else State(gettext("Under way"), "going"),
        lead=edition.lead_in(language),
        meta=((gettext("When"), gettext("%(from)s to %(until)s") % days),),
        action=tuple(words_button(reader)) or None,
    )


def meeting_head(page: MeetingPage, reader: Reader, *, voices: int) -> PageHead:
    """The head of the page of an evaluation meeting."""
    meeting = page.meeting
    meta: list[tuple[str, object]] = [(gettext("Day of the meeting"), numbers.day(meeting.held_on))]
    if meeting.place:
        meta.append((gettext("Place"), meeting.place))
    if voices:
        meta.append((gettext("Experiences"), numbers.figure(voices)))
    return PageHead(
        page.title,
        over=gettext("Evaluation meeting"),
        lead=meeting.text if len(meeting.text) <= LONGEST_LEAD else "",
        meta=tuple(meta),
        action=tuple(words_button(reader)) or None,
    )


def closed_note(edition: Edition) -> Note | None:
    """That nobody keeps the page up to date any more; none while the edition is under way."""
    if edition.state != Edition.State.CLOSED:
        return None
    return Note(
        gettext("The page is no longer put together anew. What has been withdrawn since is not shown."),
        gettext("This edition is closed"),
    )
