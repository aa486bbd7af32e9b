"""The public page of laureates: by category and prize, each with what the laureate approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_of
from qms.frameworks.domain.framework import text
from qms.laureates.models import LaureatePractice, LaureatesPage, PressSummary
from qms.laureates.queries.press import Laurel
from qms.ui.components import Link, PageHead

from .press import paragraphs_of


@dataclass(frozen=True, slots=True)
class Winner:
    """One laureate: its office, its prize, what the public may read, and the practice that came of it."""

    anchor: str
    office: str
    place: str
    prize: str
    is_first: bool
    paragraphs: tuple[str, ...]
    practice: Link | None
    # Of the text and of the practice, where it is not the page's.
    language: str = ""
    practice_language: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The laureates of one category, the highest prize first."""

    title: str
    winners: tuple[Winner, ...]


@dataclass(frozen=True, slots=True)
class LaureatesFront:
    """The whole page; before the embargo ends only its head."""

    head: PageHead
    shelves: tuple[Shelf, ...]
    release: str
    verify: str


def waiting_front(page: LaureatesPage, at: datetime) -> LaureatesFront:
    """Only when the laureates will be told; nothing where the round is not announced."""
    found = page.round
    if found.embargo_until > at and found.state != found.State.DRAFT:
        lead = _("The laureates will be told here on %(moment)s.") % {"moment": moment_of(found, found.embargo_until)}
    else:
        lead = _("No laureates are told yet.")
    return LaureatesFront(_head(page, lead), (), "", "")


def laureates_front(
    page: LaureatesPage, laurels: Sequence[Laurel], practices: Mapping[int, LaureatePractice]
) -> LaureatesFront:
    """Everybody who won, in the order of categories and prizes."""
    language = page.locale.language_code
    shelves = tuple(
        Shelf(rows[0].decision.application.category.title_in(language), _winners(rows, practices, language))
        for _pk, group in groupby(laurels, lambda one: one.decision.application.category_id)
        if (rows := list(group))
    )
    has_texts = any(winner.paragraphs for shelf in shelves for winner in shelf.winners)
    return LaureatesFront(
        _head(page, page.round.programme.organiser),
        shelves,
        reverse("laureates:press-release", args=[page.round_id]) if has_texts else "",
        reverse("laureates:verify-any"),
    )


def _head(page: LaureatesPage, lead: str) -> PageHead:
    return PageHead(page.title, over=page.round.programme.title_in(page.locale.language_code), lead=lead)


def _winners(rows: Sequence[Laurel], practices: Mapping[int, LaureatePractice], language: str) -> tuple[Winner, ...]:
    highest = rows[0].decision.prize_id
    return tuple(_winner(one, practices, language, is_first=one.decision.prize_id == highest) for one in rows)


def _winner(laurel: Laurel, practices: Mapping[int, LaureatePractice], language: str, *, is_first: bool) -> Winner:
    application, prize = laurel.decision.application, laurel.decision.prize
    summary = laurel.summary
    approved = summary is not None and summary.state == PressSummary.State.APPROVED
    practice = practices.get(application.pk)
    return Winner(
        anchor=f"laureate-{application.pk}",
        office=application.office.name,
        place=application.office.city,
        prize=prize.title_in(language) if prize else "",
        is_first=is_first,
        paragraphs=paragraphs_of(text(summary.texts, language)) if approved and summary else (),
        practice=Link(practice.page.title, practice.page.get_url() or "") if practice else None,
        language=_other(next(iter(summary.texts), ""), language) if summary and language not in summary.texts else "",
        practice_language=_other(practice.page.locale.language_code, language) if practice else "",
    )


def _other(found: str, language: str) -> str:
    return "" if found == language else found
