"""What pages show of press summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_of
from qms.frameworks.domain.framework import text
from qms.laureates.models import PressSummary
from qms.laureates.queries.press import Laurel
from qms.ui.components import Conflict, DataTable, Link, PageHead, State
from qms.ui.components.part import StateKind

KINDS: dict[str, StateKind] = {
    PressSummary.State.DRAFT: "",
    PressSummary.State.ASKED: "wait",
    PressSummary.State.RETURNED: "late",
    PressSummary.State.APPROVED: "done",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The text in one language, by its paragraphs."""

    language: str
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions of the text in one language."""

    name: str
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One laureate in the press release."""

    office: str
    prize: str
    category: str
    text: str


def press_table(laurels: Iterable[Laurel]) -> DataTable | None:
    """Each laureate with how far its text is; nothing where no prize stands."""
    rows = tuple(_line(one) for one in laurels)
    heads = (_("Office"), _("Category"), _("Prize"), _("Knows of the prize"), _("Text"), _("Languages"))
    return DataTable(_("Texts about laureates"), heads, rows, stack=True) if rows else None


def _line(laurel: Laurel) -> tuple[object, ...]:
    application, prize = laurel.decision.application, laurel.decision.prize
    known = (application.category.title, prize.title if prize else "", _("yes") if laurel.knows else _("not yet"))
    if laurel.summary is None:
        return (application.office.name, *known, "–", "–")
    link = Link(application.office.name, reverse("laureates:press-edit", args=[laurel.summary.pk]))
    written = ", ".join(code for code, _name in settings.LANGUAGES if laurel.summary.texts.get(code))
    return (link, *known, state_of(laurel.summary), written or "–")


def state_of(summary: PressSummary) -> State:
    """How far the text is."""
    return State(summary.get_state_display(), KINDS[summary.state])


def waiting_for_you() -> State:
    """The same for the laureate that is asked."""
    return State(_("Waits for your answer"), "wait")


def reading_head(summary: PressSummary, at: datetime, *, waits: bool) -> PageHead:
    """Over the text for its laureate: whether it waits for an answer, and when the public reads it."""
    found = summary.application.category.round
    if found.embargo_until > at:
        lead = _("Nothing of it is told before %(moment)s.") % {"moment": moment_of(found, found.embargo_until)}
    elif summary.state == PressSummary.State.APPROVED:
        lead = _("The text is public.")
    else:
        lead = _("It stands on the page of laureates once you have approved it.")
    return _head(summary, lead, waiting_for_you() if waits else state_of(summary))


def in_work_head(summary: PressSummary) -> PageHead:
    """The same while the organiser writes."""
    lead = _("The organiser is working on this text. You get a letter when it waits for your answer.")
    return _head(summary, lead, state_of(summary))


def _head(summary: PressSummary, lead: str, state: State) -> PageHead:
    application = summary.application
    over = f"{application.category.round.title}, {application.office.name}"
    return PageHead(_("What the public will read about you"), over=over, state=state, lead=lead)


def said_in_all(texts: Mapping[str, str]) -> tuple[Said, ...]:
    """The text in every language in which it is written."""
    return tuple(
        Said(code, str(get_language_info(code)["name_translated"]), paragraphs_of(texts[code]))
        for code, _name in settings.LANGUAGES
        if texts.get(code)
    )


def paragraphs_of(words: str) -> tuple[str, ...]:
    """A text by its paragraphs: a blank line parts them."""
    return tuple(one.strip() for one in words.replace("\r\n", "\n").split("\n\n") if one.strip())


def clashes(mine: Mapping[str, str], summary: PressSummary) -> tuple[Clash, ...]:
    """Both versions where they differ."""
    return tuple(
        Clash(str(get_language_info(code)["name_translated"]), Conflict(mine[code], theirs, at=summary.updated_at))
        for code, _name in settings.LANGUAGES
        if mine.get(code, "") != (theirs := summary.texts.get(code, ""))
    )


def release_lines(laurels: Iterable[Laurel]) -> tuple[ReleaseLine, ...]:
    """Every laureate whose text is approved."""
    language = get_language() or "pl"
    return tuple(
        ReleaseLine(
            one.decision.application.office.name,
            one.decision.prize.title if one.decision.prize else "",
            one.decision.application.category.title,
            text(one.summary.texts, language),
        )
        for one in laurels
        if one.summary is not None and one.summary.state == PressSummary.State.APPROVED
    )
