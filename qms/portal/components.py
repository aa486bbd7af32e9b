"""What the start page shows, put together from every instrument's tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.models import ModelLogEntry

from qms.assessments.models import Assessment
from qms.pdf.models import Rendering
from qms.portal.queries import Todo
from qms.ui.components import Event, FileRow, Link, Step, Steps, Tabs, TaskList, Timeline
from qms.ui.components import Task as TaskRow
from qms.ui.numbers import day, short_day, time_left

STAGES = [stage.value for stage in Assessment.Stage]


def lead_of(todos: Sequence[Todo], today: date) -> str:
    """What waits, in one sentence or two."""
    if not todos:
        return gettext("Nothing waits for you at the moment.")
    sentences = [ngettext("One task waits.", "%(count)s tasks wait.", len(todos)) % {"count": len(todos)}]
    late = sum(todo.late for todo in todos)
    now = sum(todo.day == today and not todo.late for todo in todos)
    if late:
        sentences.append(ngettext("One is overdue.", "%(count)s are overdue.", late) % {"count": late})
    if now:
        sentences.append(ngettext("One is due today.", "%(count)s are due today.", now) % {"count": now})
    return " ".join(sentences)


def lists_of(todos: Sequence[Todo], today: date) -> tuple[TaskList, ...]:
    """Overdue, today, later: only those that hold something."""
    parts = (
        (gettext("Overdue"), [todo for todo in todos if todo.late]),
        (gettext("Today"), [todo for todo in todos if not todo.late and todo.day == today]),
        (gettext("Later"), [todo for todo in todos if not todo.late and todo.day != today]),
    )
    return tuple(TaskList(title, tuple(row_of(todo, today) for todo in held)) for title, held in parts if held)


def row_of(todo: Todo, today: date) -> TaskRow:
    """A task as a row: the office stands first, because many people have two."""
    text = " ".join(part for part in (f"{todo.office}." if todo.office else "", todo.detail) if part)
    due = time_left(todo.day, today) if todo.day else ""
    return TaskRow(todo.title, todo.url, text, on=todo.day, due=due, late=todo.late)


def tabs_of(todos: Sequence[Todo], chosen: int | None, address: str) -> Tabs | None:
    """One tab for each office; none where all tasks are of one office."""
    offices = dict.fromkeys((todo.office_id, todo.office) for todo in todos if todo.office_id)
    if len(offices) < 2:
        return None
    links = [Link(gettext("All"), address, current=chosen is None, count=str(len(todos)))]
    for office_id, name in offices:
        count = sum(todo.office_id == office_id for todo in todos)
        links.append(Link(name, f"{address}?office={office_id}", current=chosen == office_id, count=str(count)))
    return Tabs(gettext("Tasks by office"), tuple(links))


@dataclass(frozen=True, slots=True)
class Cycle:
    """One self-assessment under way, beside the tasks."""

    title: str
    url: str
    steps: Steps


def cycle_of(assessment: Any) -> Cycle:
    """How far it is: behind, now, ahead, each with its date; it carries the counts of `queries.cycles_of`."""
    title = f"{assessment.office.short_name}: {assessment.title}"
    return Cycle(
        title, reverse("assessments:assessment-detail", args=[assessment.pk]), Steps(tuple(_steps(assessment)))
    )


def _steps(assessment: Any) -> Iterable[Step]:
    due = assessment.individual_due_at
    sheets = gettext("%(in)s of %(of)s sheets") % {"in": assessment.sheets_in, "of": assessment.sheets}
    notes = {
        Assessment.Stage.DRAFT: (gettext("Group and dates"), ""),
        Assessment.Stage.INDIVIDUAL: (gettext("Individual work"), f"{_until(due)}{sheets}"),
        Assessment.Stage.CONSENSUS: (gettext("Consensus"), _on(assessment.consensus_on)),
        Assessment.Stage.APPROVAL: (gettext("Approval of the report"), _until(assessment.approve_by).rstrip(", ")),
    }
    here = STAGES.index(assessment.stage)
    for stage, (title, note) in notes.items():
        place = STAGES.index(stage)
        yield Step(title, note, "past" if place < here else "now" if place == here else "next")


def _until(due: date | None) -> str:
    return gettext("until %(day)s") % {"day": short_day(due)} + ", " if due else ""


def _on(when: date | None) -> str:
    return day(when) if when else ""


def file_of(rendering: Rendering) -> FileRow:
    """A finished document, ready to open."""
    ready = gettext("ready %(day)s") % {"day": day(rendering.created_at)}
    return FileRow(rendering.name, "PDF", rendering.get_absolute_url(), ready)


def timeline_of(entries: Iterable[ModelLogEntry]) -> Timeline | None:
    """What happened lately; nothing where nothing did."""
    events = tuple(
        Event(timezone.localtime(entry.timestamp).date(), str(entry.message), who=entry.user.name if entry.user else "")
        for entry in entries
    )
    return Timeline(events) if events else None
