"""What pages show of visits: the list, the plan with its agenda, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.hours import moment_of
from qms.awards.components.rounds import crumbs_to
from qms.awards.models import Category, Round, Section
from qms.jury.models import AgendaItem, Juror, Visit, VisitNote
from qms.ui import numbers
from qms.ui.components import Conflict, Crumbs, DataTable, Facts, Link, Row, State

from .juror import visit_state

VERDICTS = {VisitNote.Verdict.CONFIRMED: "done", VisitNote.Verdict.PARTLY: "wait", VisitNote.Verdict.NOT_SEEN: "late"}


def crumbs_of(category: Category, *links: Link) -> Crumbs:
    """The way from the awards to the visits of a category and what lies behind them."""
    above = crumbs_to(category.round, "").links[:-1]
    here = Link(_("Visits of the jury"), reverse("jury:visit-list", args=[category.pk]) if links else "")
    return Crumbs((*above, here, *links))


def list_table(rows: Iterable[Any], award: Round) -> DataTable:
    """Applications with their visits, for the organiser."""
    heads = (_("Number"), _("Office"), _("Begins"), _("Who visits"), _("State"), _("Next step"))
    return DataTable(_("Visits"), heads, tuple(Row(_list_cells(one, award)) for one in rows), stack=True)


def _list_cells(application: Any, award: Round) -> tuple[object, ...]:
    visit = next(iter(application.standing_visits), None)
    number = Link(application.number, reverse("awards:received-detail", args=[application.pk]))
    office = f"{application.office.name}, {application.office.city}"
    if visit is None:
        plan = Link(_("Plan the visit"), reverse("jury:visit-plan", args=[application.pk]))
        return number, office, "–", "–", State(_("Not planned"), "wait"), plan
    team = ", ".join(one.user.name for one in visit.team.all()) or "–"
    way = Link(_("Open the visit"), reverse("jury:visit", args=[visit.pk]))
    return number, office, moment_of(award, visit.starts_at), team, visit_state(visit), way


def span_words(visit: Visit) -> str:
    """From when to when, by the clock of the round."""
    award = visit.application.category.round
    with timezone.override(award.zone):
        start, end = timezone.localtime(visit.starts_at), timezone.localtime(visit.ends_at)
        is_one_day = start.date() == end.date()
        until = numbers.hour(end) if is_one_day else numbers.moment(end)
        return f"{numbers.weekday(start)}, {numbers.hour(start)}–{until} ({award.zone})"


def facts_of(visit: Visit, team: Iterable[Juror]) -> Facts:
    """Whose application it is and who comes."""
    application = visit.application
    return Facts(
        (
            (_("Office"), f"{application.office.name}, {application.office.city}"),
            (_("Application"), application.number),
            (_("Round"), application.category.round.title),
            (_("Category"), application.category.title),
            (_("Who visits"), ", ".join(one.user.name for one in team) or "–"),
        )
    )


def agenda_table(agenda: Sequence[AgendaItem]) -> DataTable | None:
    """The points by the hour; nothing where there are none."""
    if not agenda:
        return None
    rows = tuple((f"{one.starts:%H:%M}", one.title, one.section.title if one.section else "–") for one in agenda)
    return DataTable(_("Agenda"), (_("From"), _("What is shown or talked about"), _("Section")), rows, stack=True)


def notes_table(sections: Iterable[Section], notes: Mapping[int, VisitNote]) -> DataTable:
    """What was found, section by section."""
    rows = tuple((one.title, *_note_cells(notes.get(one.pk))) for one in sections)
    heads = (_("Section"), _("What was seen"), pgettext("visit", "Note"))
    return DataTable(_("What was found by section"), heads, rows, stack=True)


def _note_cells(note: VisitNote | None) -> tuple[object, str]:
    if note is None or not note.verdict:
        return pgettext("visit", "not looked at"), note.text if note else ""
    kind = VERDICTS[VisitNote.Verdict(note.verdict)]
    return State(note.get_verdict_display(), kind), note.text  # type: ignore[arg-type]


def plan_state(visit: Visit, team: Iterable[Juror], agenda: Iterable[AgendaItem]) -> Facts:
    """The plan as it is stored now, for who saved from a page that was older."""
    points = "; ".join(f"{one.starts:%H:%M} {one.title}" for one in agenda)
    return Facts(
        (
            (_("Begins and ends"), span_words(visit)),
            (_("Place"), visit.place),
            (_("Who visits"), ", ".join(one.user.name for one in team)),
            (_("Message to the office"), visit.message or "–"),
            (_("Agenda"), points or "–"),
        )
    )


def report_clashes(
    typed: Mapping[str, str], visit: Visit, notes: Mapping[int, VisitNote], sections: Iterable[Section]
) -> tuple[tuple[str, Conflict], ...]:
    """Texts that differ from what is stored now: each with what it is about."""
    who = visit.reported_by.name if visit.reported_by else ""
    stored = [(_("On the whole"), typed.get("report", ""), visit.report)]
    for one in sections:
        note = notes.get(one.pk)
        mine = _said(typed.get(f"verdict_{one.pk}", ""), typed.get(f"note_{one.pk}", ""))
        stored.append((one.title, mine, _said(note.verdict, note.text) if note else ""))
    return tuple(
        (title, Conflict(mine, theirs, who, visit.reported_at))
        for title, mine, theirs in stored
        if mine.strip() != theirs.strip()
    )


def _said(verdict: str, text: str) -> str:
    word = str(VisitNote.Verdict(verdict).label) if verdict in VisitNote.Verdict.values else ""
    return "\n".join(part for part in (word, text.strip()) if part)
