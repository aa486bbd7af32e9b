"""The pictures of the printed plan, each with its table: what first, and along the time."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms import charts
from qms.charts.svg import Scale, element, picture
from qms.improvements.components.money import money
from qms.pdf.components import Column, Figure, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

from .plan_material import Material, PrintedAction

COVER_INK = "#f6f3ec"
COVER_HEIGHT = 150  # units of the drawing; the cover gives it 40 mm
MOST_STROKES = 30
ROWS = 17  # bars that stand on one page with their heading

SpanKind = Literal["done", "running", "planned", "late", "stopped"]
SPAN_KINDS: dict[str, SpanKind] = {"done": "done", "in_progress": "running", "stopped": "stopped"}


def cover_art(material: Material) -> str:
    """Each action as a stroke from its start to its last day; nothing where no action has both."""
    spans = sorted(
        (start, due)
        for action in material.actions
        if (start := action.day("start_on")) and (due := action.day("due_on")) and start < due
    )[:MOST_STROKES]
    if not spans:
        return ""
    scale = Scale(min(start for start, _due in spans).toordinal(), max(due for _start, due in spans).toordinal())
    step = COVER_HEIGHT / len(spans)
    strokes = (
        element(
            "rect",
            x=f"{scale.share(start.toordinal()) * 100:.2f}%",
            y=step * place,
            width=f"{(scale.share(due.toordinal()) - scale.share(start.toordinal())) * 100:.2f}%",
            height=min(step * 0.55, 8),
            fill="currentColor",
        )
        for place, (start, due) in enumerate(spans)
    )
    return picture(
        *strokes,
        ident="cover-time",
        title=_("Actions along the time"),
        description=_("One stroke an action; the days are in the chapter on time."),
        color=COVER_INK,
        width="100%",
        height=COVER_HEIGHT,
    )


# --- What first ------------------------------------------------------------------------------------------------------


def first_chapter(material: Material) -> Section:
    """The matrix of importance and feasibility with its table."""
    judged = [action for action in material.actions if action.weighing.priority is not None]
    parts: list[Part] = []
    if judged:
        parts.append(_matrix(judged))
    else:
        parts.append(Text((_("No action is judged in full yet."),)))
    parts += [_priorities(material), Text((_rule(),))]
    return Section(_("What first"), tuple(parts), label=_chapter(1), number="1", ident="first")


def _chapter(number: int) -> str:
    return _("Chapter %(number)s") % {"number": number}


def _matrix(judged: list[PrintedAction]) -> Figure:
    points = [
        charts.Point(
            action.code,
            action.weighing.feasibility or 0,
            action.weighing.importance or 0,
            action.title,
            _point_kind(action),
            quick=action.quick,
        )
        for action in sorted(judged, key=lambda action: (not action.quick, *action.by_priority))
    ]
    field = charts.Field(
        across=_("feasibility"),
        upward=_("importance"),
        first=_("At once"),
        careful=_("Plan with care"),
        beside=_("In passing"),
        later=_("Later"),
    )
    title = _("Importance and feasibility of the actions")
    drawn = charts.matrix(
        points,
        field,
        ident="plan-matrix",
        title=title,
        description=_("Across: feasibility from 1 to 5. Upward: importance from 1 to 5.")
        + " "
        + _("All numbers are in the table below the picture."),
        figure=numbers.formatter(0),
    )
    unit = _("Each is the mean of three judgements from 1 to 5; the halves part at 3") + "; " + _("◇ quick win")
    return Figure(title, drawn, number=_figure(1), unit=unit, contents=title, ident="matrix")


def _figure(number: int) -> str:
    return _("Figure %(number)s") % {"number": number}


def _point_kind(action: PrintedAction) -> Literal["open", "done", "late"]:
    row = action.standing
    if row is None:
        return "open"
    return "late" if row.late else "done" if row.is_done else "open"


def _priorities(material: Material) -> Table:
    columns = (
        Column(_("Action")),
        *(Column(title, is_number=True) for title in (_("Importance"), _("Feasibility"))),
        Column(_("Priority"), is_number=True, is_main=True),
        Column(_("Quick win"), width="small"),
    )
    rows = tuple(
        Row(
            (
                f"{action.code}  {action.title}",
                numbers.figure(action.weighing.importance, 1),
                numbers.figure(action.weighing.feasibility, 1),
                numbers.figure(action.weighing.priority, 1),
                _("yes") if action.quick else "",
            )
        )
        for action in sorted(material.actions, key=lambda action: action.by_priority)
    )
    caption = _("Importance, feasibility and priority of the actions")
    return Table(
        columns, rows, caption, number=_("Table %(number)s") % {"number": 1}, contents=caption, ident="first-table"
    )


def _rule() -> str:
    return _(
        "Importance is the mean of impact on clients and staff, impact on results, and visibility; feasibility is the "
        "mean of ease, modest resources, and speed. Priority is importance times feasibility, 25 at most. A quick win "
        "has a feasibility of 4 or more and is due within six months of its start."
    )


# --- Along the time --------------------------------------------------------------------------------------------------


def time_chapter(material: Material) -> Section:
    """The timeline, page by page, with its table."""
    dated = sorted((action for action in material.actions if _first_day(action)), key=_by_start)
    pieces = [dated[place : place + ROWS] for place in range(0, len(dated), ROWS)]
    figures = [_timeline(piece, place, len(pieces), material.printed.on) for place, piece in enumerate(pieces, start=1)]
    parts = (*figures, _days(material))
    return Section(_("Along the time"), parts, label=_chapter(2), number="2", kind="flow", ident="time")


def _timeline(actions: list[PrintedAction], place: int, of: int, on: date) -> Figure:
    title = _("Actions along the time")
    if of > 1:
        title = _("Actions along the time, part %(place)s of %(of)s") % {"place": place, "of": of}
    drawn = charts.timeline(
        [
            charts.Span(action.code, action.title, action.day("start_on"), action.day("due_on"), _span_kind(action))
            for action in actions
        ],
        today=on,
        quarter=lambda day: _("Q%(number)s") % {"number": (day.month + 2) // 3},
        ident=f"plan-timeline-{place}",
        title=title,
        description=_("A bar begins with the start of the action and ends on its last day. All days are in the table."),
    )
    unit = _("A bar begins with the start of the action and ends on its last day; upright stroke: %(day)s") % {
        "day": numbers.day(on)
    }
    return Figure(
        title,
        drawn,
        number=_figure(1 + place),
        unit=unit,
        contents=title,
        ident=f"timeline-{place}",
        begins_page=place > 1,
    )


def _span_kind(action: PrintedAction) -> SpanKind:
    row = action.standing
    if row is None:
        return "planned"
    return "late" if row.late else SPAN_KINDS.get(row.action.status, "planned")


def _first_day(action: PrintedAction) -> date | None:
    return action.day("start_on") or action.day("due_on")


def _by_start(action: PrintedAction) -> tuple[date, int]:
    return _first_day(action) or date.max, int(action.content["id"])


def _days(material: Material) -> Table:
    columns = (
        Column(_("Action")),
        Column(_("Owner"), width="middle"),
        Column(pgettext("day", "Start"), width="small"),
        Column(_("Due"), width="small"),
        Column(_("Budget"), is_number=True),
    )
    rows = tuple(
        Row(
            (
                f"{action.code}  {action.title}",
                action.owner or _("nobody yet"),
                numbers.day(action.day("start_on")),
                numbers.day(action.day("due_on")),
                "–" if action.budget is None else money(action.budget, material.currency),
            )
        )
        for action in material.actions
    )
    caption = _("Owners, days and budgets")
    return Table(
        columns, rows, caption, number=_("Table %(number)s") % {"number": 2}, contents=caption, ident="time-table"
    )
