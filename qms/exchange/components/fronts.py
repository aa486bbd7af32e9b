"""The front pages: of experience sharing as a whole, and of one edition with its themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.ui import numbers
from qms.ui.components import Note, PageHead

if TYPE_CHECKING:
    from qms.exchange.models import Edition, MeetingPage, ThemePage

    from .pieces import Shelf
    from .reader import Reader


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """One theme: what it is about, and what it holds now."""

    title: str
    lead: str
    url: str = ""
    counts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Where one can go from here, and what one finds there."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A published meeting."""

    day: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Front:
    """The front of experience sharing."""

    edition: str
    edition_url: str
    lead: str
    days: str
    themes: tuple[ThemeCard, ...]
    meetings: tuple[MeetingLine, ...]
    ways: tuple[Way, ...]
    is_stranger: bool


@dataclass(frozen=True, slots=True)
class EditionFront:
    """The front of an edition."""

    head: PageHead
    themes: tuple[ThemeCard, ...]
    meetings: tuple[MeetingLine, ...]
    shelves: tuple[Shelf, ...]
    for_you: Way | None = None
    ways: tuple[Way, ...] = ()
    note: Note | None = None


def front_of(
    edition: Edition | None,
    themes: Iterable[Any],
    meetings: Iterable[MeetingPage],
    reader: Reader,
    *,
    edition_url: str,
    language: str,
) -> Front:
    """What everybody reads, with the ways in for those who hold a role."""
    days = ""
    if edition is not None:
        told = {"from": numbers.day(edition.starts_on), "until": numbers.day(edition.ends_on)}
        days = gettext("%(from)s to %(until)s") % told
    return Front(
        edition=edition.title_in(language) if edition else "",
        edition_url=edition_url,
        lead=edition.lead_in(language) if edition else "",
        days=days,
        themes=tuple(ThemeCard(theme.title_in(language), theme.lead_in(language)) for theme in themes),
        meetings=_meetings(meetings),
        ways=tuple(ways_of(reader)) if reader.takes_part else (),
        is_stranger=not reader.page,
    )


def ways_of(reader: Reader) -> Iterator[Way]:
    """Where people of the network meet, one's own page first."""
    yield Way(
        gettext("For your office"),
        reverse("exchange:for-you"),
        gettext("Your weakest subcriteria, and the practices and offices that fit them best."),
    )
    yield Way(
        gettext("Study visits"),
        reverse("exchange:offer-list"),
        gettext("Who invites others to come and see, and how to ask for a visit."),
    )
    yield Way(
        gettext("Calls for help"),
        reverse("exchange:help-list"),
        gettext("What offices look for. Answer where you are strong, ask where you are not."),
    )
    yield Way(
        gettext("Evaluation meetings"),
        reverse("exchange:meeting-list"),
        gettext("What helped and what hindered, told by those who took part."),
    )
    yield Way(
        gettext("Editions of experience sharing"),
        reverse("exchange:edition-list"),
        gettext("Each edition shows what strong offices did, and to each office what fits its own weak points."),
    )
    if reader.may_ask:
        yield Way(
            gettext("What we share"),
            reverse("exchange:consent"),
            gettext("For each self-assessment you decide: nothing, without the name, or by name."),
        )


def edition_front(
    head: PageHead,
    themes: Iterable[tuple[ThemePage, tuple[int, int, int]]],
    meetings: Iterable[MeetingPage],
    shelves: Sequence[Shelf],
    reader: Reader,
    *,
    language: str,
    note: Note | None,
) -> EditionFront:
    """The themes of the edition, each with how much it holds now."""
    cards = tuple(
        ThemeCard(page.title, page.theme.lead_in(language), page.get_url() or "", tuple(_counts(*counts)))
        for page, counts in themes
    )
    first, *others = ways_of(reader)
    return EditionFront(head, cards, _meetings(meetings), tuple(shelves), first, tuple(others), note)


def _counts(practices: int, visits: int, calls: int) -> Iterator[str]:
    if practices:
        yield ngettext("%(count)s practice", "%(count)s practices", practices) % {"count": practices}
    if visits:
        yield ngettext("%(count)s office invites", "%(count)s offices invite", visits) % {"count": visits}
    if calls:
        yield ngettext("%(count)s call for help", "%(count)s calls for help", calls) % {"count": calls}


def _meetings(pages: Iterable[MeetingPage]) -> tuple[MeetingLine, ...]:
    return tuple(MeetingLine(numbers.day(page.meeting.held_on), page.title, page.get_url() or "") for page in pages)
