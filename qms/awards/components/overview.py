"""The overview of an application: its sections, what is missing, its history; and the list of an office's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain.checks import Fault, hindering, warnings
from qms.awards.domain.limits import PER_PAGE, Measure, pages, shown_pages
from qms.awards.models import Application, Round
from qms.awards.queries.overview import ApplicationLine, Overview, SectionLine
from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import Crumbs, DataTable, Event, Link, State, Timeline
from qms.ui.components.part import StateKind

from .hours import moment_of

FIRST_FAULTS = 6
KINDS: dict[str, StateKind] = {"draft": "going", "submitted": "done", "reopened": "wait", "withdrawn": ""}


def state_of(application: Application) -> State:
    """How far an application is."""
    return State(str(application.get_state_display()), KINDS[application.state])


def award_words(award: Round) -> str:
    """The programme and its round, the name of the programme once."""
    programme, title = award.programme.title, award.title
    return title if programme in title else f"{programme}, {title}"


def crumbs_of(application: Application, *last: str) -> Crumbs:
    """The way to an application, and to a page of it."""
    links = [
        Link(_("Awards"), reverse("awards:round-list")),
        Link(application.category.round.title, reverse("awards:round", args=[application.category.round_id])),
        Link(_("Application"), reverse("awards:application", args=[application.pk])),
        *(Link(one, "") for one in last),
    ]
    return Crumbs(tuple(links))


def pages_words(measure: Measure) -> str:
    """A length in pages against its limit: 6.2 of 7."""
    written = numbers.figure(shown_pages(measure.length), 1)
    if measure.limit is None:
        return written
    most = pages(measure.limit)
    whole = most == most.to_integral_value()
    return _("%(written)s of %(most)s") % {"written": written, "most": numbers.figure(most, 0 if whole else 1)}


def rule_of_pages() -> str:
    """How pages are counted."""
    return _("A page is counted as %(count)s characters with spaces.") % {"count": numbers.figure(PER_PAGE)}


# --- Sections --------------------------------------------------------------------------------------------------------


def section_table(overview: Overview, application: Application) -> DataTable:
    """The sections with how far they are, their pages against the limit, and what is missing."""
    headers = (_("Section"), _("State"), _("Pages"), _("Missing"))
    rows = (_section_row(line, application) for line in overview.sections)
    return DataTable(_("Sections of the application"), headers, tuple(rows), numeric=(2, 3), stack=True)


def _section_row(line: SectionLine, application: Application) -> tuple[object, ...]:
    url = reverse("awards:section", args=[application.pk, line.pk])
    length = pages_words(line.measure) if line.has_narrative else "–"
    missing = numbers.figure(line.missing) if line.missing else "–"
    return Link(text(line.titles, get_language() or "pl"), url), section_state(line), length, missing


def section_state(line: SectionLine) -> State:
    """How far a section is, in a word."""
    if line.measure.is_over:
        return State(_("Over the limit"), "late")
    return {
        "ready": State(pgettext("section", "Ready"), "done"),
        "begun": State(pgettext("section", "Begun"), "going"),
        "empty": State(pgettext("section", "Empty")),
    }[line.progress]


# --- What is missing -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps the application from being submitted, the first ones apart, and what is only doubtful."""

    hinders: tuple[Fault, ...]
    more: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    title: str


def missing_of(overview: Overview) -> Missing:
    """What is missing, with how much it is."""
    hinders = hindering(overview.faults)
    count = len(hinders)
    words = ngettext("%(count)s thing is missing", "%(count)s things are missing", count) % {"count": count}
    title = words if count else _("Nothing is missing")
    return Missing(hinders[:FIRST_FAULTS], hinders[FIRST_FAULTS:], warnings(overview.faults), title)


# --- History ---------------------------------------------------------------------------------------------------------


def history_of(entries: Iterable[Any]) -> Timeline:
    """The acts, each with its day and person."""
    return Timeline(
        tuple(Event(one.timestamp, str(one.message), who=one.user.name if one.user else "") for one in entries)
    )


# --- The list --------------------------------------------------------------------------------------------------------


def application_table(lines: Iterable[ApplicationLine], *, with_office: bool) -> DataTable:
    """The own applications with closing, state and what is missing."""
    headers = [_("Application"), _("Submit until"), _("State"), _("Sections ready"), _("Answers missing")]
    if with_office:
        headers.insert(1, _("Office"))
    rows = []
    for line in lines:
        row = _application_row(line)
        if with_office:
            row.insert(1, line.application.office.short_name)
        rows.append(tuple(row))
    shift = 1 if with_office else 0
    return DataTable(_("Applications"), tuple(headers), tuple(rows), numeric=(3 + shift, 4 + shift), stack=True)


def _application_row(line: ApplicationLine) -> list[object]:
    application = line.application
    award = application.category.round
    title = f"{award_words(award)}: {application.category.title}"
    ready = _("%(ready)s of %(all)s") % {"ready": line.ready, "all": line.sections}
    return [
        Link(title, reverse("awards:application", args=[application.pk])),
        moment_of(award, application.correction_until or award.closes_at),
        state_of(application),
        ready,
        numbers.figure(line.missing) if line.missing and application.state in ("draft", "reopened") else "–",
    ]


def lead_of(application: Application, at: datetime) -> str:
    """What comes next, in one sentence."""
    state = Application.State(application.state)
    if state == Application.State.WITHDRAWN:
        return _("The application is withdrawn. Nobody outside your office reads it.")
    if state == Application.State.SUBMITTED:
        return _("The application is submitted and does not change any more.")
    if not application.is_open(at):
        if at < application.category.round.opens_at:
            return _("The round has not opened yet.")
        return _("The last moment has passed. What stands here can be read and copied, but not submitted.")
    if state == Application.State.REOPENED:
        return _("The organiser asks for a formal correction. Submit again before the deadline.")
    return _("Fill the sections, add the annexes, and let the director submit.")
