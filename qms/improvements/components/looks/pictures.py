"""The plan as pictures: the matrix of what to do first, and the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms import charts
from qms.charts.matrix import SwatchKind as PointKind
from qms.charts.timeline import SwatchKind as BarKind
from qms.improvements.models import Action
from qms.improvements.queries import ActionRow, PlanView, by_priority
from qms.ui import numbers
from qms.ui.components import DataTable, Figure, KeyItem

from .words import codes_of, due_words

Status = Action.Status
KINDS: dict[str, BarKind] = {Status.DONE: "done", Status.IN_PROGRESS: "running", Status.STOPPED: "stopped"}


@dataclass(frozen=True)
class PointKey(KeyItem):
    """One mark of the matrix and what it means."""

    mark: PointKind = "open"

    @property
    def svg(self) -> str:
        return charts.point_swatch(self.mark)


@dataclass(frozen=True)
class BarKey(KeyItem):
    """One kind of bar of the timeline and what it means."""

    mark: BarKind = "planned"

    @property
    def svg(self) -> str:
        return charts.span_swatch(self.mark)


@dataclass(frozen=True)
class Win:
    """A quick win in the margin: its code, its title, its last day."""

    code: str
    title: str
    url: str
    due: str


def action_url(row: ActionRow) -> str:
    """The action's own page."""
    return reverse("improvements:action-detail", args=[row.action.pk])


def wins_of(view: PlanView) -> tuple[Win, ...]:
    """The quick wins, the most urgent first."""
    return tuple(
        Win(row.action.code, row.action.title, action_url(row), due_words(row.action.due_on, view.on))
        for row in view.quick_wins
    )


def unjudged_of(view: PlanView) -> str:
    """Which actions stand in no matrix because judgements are missing; nothing where all are judged."""
    rows = [row for row in _in_force(view.rows) if row.priority is None]
    return _("Not judged in full yet: %(codes)s.") % {"codes": codes_of(rows)} if rows else ""


# --- The matrix ------------------------------------------------------------------------------------------------------


def matrix_of(view: PlanView, *, number: str = "") -> Figure | None:
    """Every judged action by importance and feasibility; nothing where none is judged in full."""
    rows = sorted((row for row in _in_force(view.rows) if row.priority is not None), key=_labelled_first)
    if not rows:
        return None
    points = [_point(row) for row in rows]
    quick = [row for row in rows if row.quick]
    said = _("Quick wins: %(codes)s.") % {"codes": codes_of(quick)} if quick else _("There is no quick win.")
    wide, narrow = (_matrix(points, said, compact=compact) for compact in (False, True))
    return Figure(
        _("Importance and feasibility of the actions"),
        wide,
        number,
        _("Each is the mean of three judgements from 1 to 5; the halves part at 3"),
        (
            PointKey(_("quick win"), mark="quick"),
            PointKey(_("other action"), mark="open"),
            PointKey(_("done"), mark="done"),
            PointKey(_("late"), mark="late"),
        ),
        _matrix_table(rows),
        _(
            "Importance is the mean of impact on clients and staff, impact on results, and visibility; feasibility is "
            "the mean of ease, modest resources, and speed. Priority is importance times feasibility, 25 at most. A "
            "quick win has a feasibility of 4 or more and is due within six months of its start. Actions of the same "
            "judgements stand side by side; a code is left out where it would cover another."
        ),
        narrow=narrow,
    )


def _matrix(points: Sequence[charts.Point], said: str, *, compact: bool) -> str:
    return charts.matrix(
        points,
        charts.Field(
            across=_("feasibility"),
            upward=_("importance"),
            first=_("At once"),
            careful=_("Plan with care"),
            beside=_("In passing"),
            later=_("Later"),
        ),
        ident=f"matrix-{'narrow' if compact else 'wide'}",
        title=_("Importance and feasibility of the actions"),
        description=_("Across: feasibility from 1 to 5. Upward: importance from 1 to 5.")
        + f" {said} "
        + _("All numbers are in the table below the picture."),
        compact=compact,
        figure=numbers.formatter(0),
    )


def _point(row: ActionRow) -> charts.Point:
    action = row.action
    return charts.Point(
        action.code,
        row.feasibility or 0,
        row.importance or 0,
        _("%(title)s: importance %(importance)s, feasibility %(feasibility)s")
        % {
            "title": action.title,
            "importance": numbers.figure(row.importance, 1),
            "feasibility": numbers.figure(row.feasibility, 1),
        },
        "late" if row.late else "done" if row.is_done else "open",
        quick=row.quick,
        url=action_url(row),
        ident=str(action.pk),
    )


def _matrix_table(rows: Sequence[ActionRow]) -> DataTable:
    headers = (pgettext("improvement plan", "Action"), _("Importance"), _("Feasibility"), _("Priority"), _("Quick win"))
    lines = tuple(
        (
            f"{row.action.code} {row.action.title}",
            numbers.figure(row.importance, 1),
            numbers.figure(row.feasibility, 1),
            numbers.figure(row.priority, 1),
            _("yes") if row.quick else _("no"),
        )
        for row in sorted(rows, key=by_priority)
    )
    return DataTable(_("Importance, feasibility and priority of the actions"), headers, lines, (1, 2, 3))


def _labelled_first(row: ActionRow) -> tuple[object, ...]:
    """Whose code finds room first: quick wins, then the most urgent; what is done comes last."""
    return row.is_done, not row.quick, *by_priority(row)


def _in_force(rows: Iterable[ActionRow]) -> Iterable[ActionRow]:
    return (row for row in rows if row.action.status != Status.STOPPED)


# --- The timeline ----------------------------------------------------------------------------------------------------


def timeline_of(rows: Sequence[ActionRow], on: date, *, number: str = "") -> Figure | None:
    """The same actions along the time, by their start; nothing where none has a day."""
    dated = sorted((row for row in rows if row.action.start_on or row.action.due_on), key=_by_start)
    if not dated:
        return None
    wide, narrow = (_timeline(dated, on, compact=compact) for compact in (False, True))
    return Figure(
        _("Actions along the time"),
        wide,
        number,
        _("A bar begins with the start of the action and ends on its last day; the same actions as in the table above"),
        (
            BarKey(_("done"), mark="done"),
            BarKey(_("in progress"), mark="running"),
            BarKey(_("planned"), mark="planned"),
            BarKey(_("late"), mark="late"),
            BarKey(_("today, %(day)s") % {"day": numbers.day(on)}, mark="today"),
        ),
        _timeline_table(dated),
        narrow=narrow,
    )


def _timeline(rows: Sequence[ActionRow], on: date, *, compact: bool) -> str:
    return charts.timeline(
        [_span(row) for row in rows],
        today=on,
        quarter=lambda day: _("Q%(number)s") % {"number": (day.month + 2) // 3},
        ident=f"timeline-{'narrow' if compact else 'wide'}",
        title=_("Actions along the time"),
        description=_(
            "A full bar is done, a light one in progress, a bare frame planned; hatched is what is late. "
            "All days are in the table below the picture."
        ),
        compact=compact,
    )


def _span(row: ActionRow) -> charts.Span:
    action = row.action
    kind = "late" if row.late else KINDS.get(action.status, "planned")
    return charts.Span(
        action.code,
        action.title,
        action.start_on,
        action.due_on,
        kind if kind != "today" else "planned",
        action_url(row),
    )


def _timeline_table(rows: Sequence[ActionRow]) -> DataTable:
    headers = (pgettext("improvement plan", "Action"), pgettext("day", "Start"), _("Due"), _("Done on"), _("Status"))
    lines = tuple(
        (
            f"{row.action.code} {row.action.title}",
            numbers.day(row.action.start_on),
            numbers.day(row.action.due_on),
            numbers.day(row.action.done_on),
            str(row.action.get_status_display()),
        )
        for row in rows
    )
    return DataTable(_("Start, last day and status of the actions"), headers, lines, (1, 2, 3))


def _by_start(row: ActionRow) -> tuple[date, int]:
    day = row.action.start_on or row.action.due_on or date.max
    return day, row.action.number
