"""My actions as a list of days, and what my calendar brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.ui import numbers
from qms.ui.components import DataTable, Event, Link, Progress, Task, TaskList, Timeline

if TYPE_CHECKING:
    from qms.improvements.models import Action, Plan
    from qms.improvements.queries.calendar import Agenda
    from qms.improvements.queries.mine import MyAction

NEXT = 10


@dataclass(frozen=True)
class ActionList(TaskList):
    """Actions of one kind under their heading."""

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return ngettext("%(count)s action", "%(count)s actions", len(self.tasks)) % {"count": len(self.tasks)}


def summary(mine: Sequence[MyAction]) -> str:
    """How many there are, and how many of them are late."""
    count, late = len(mine), sum(one.is_late for one in mine)
    if not count:
        return ""
    said = ngettext("%(count)s action is open.", "%(count)s actions are open.", count) % {"count": count}
    if not late:
        return said
    return f"{said} " + ngettext("%(late)s of them is late.", "%(late)s of them are late.", late) % {"late": late}


def lists_of(mine: Iterable[MyAction], *, on: date, soon: date) -> tuple[ActionList, ...]:
    """The open actions by how soon they are due; empty lists are left out."""
    lists: dict[str, list[Task]] = {name: [] for name in ("late", "soon", "later", "rest")}
    for one in mine:
        lists[_place(one, soon)].append(_task(one, on))
    titles = {
        "late": _("Late"),
        "soon": _("Within 30 days"),
        "later": _("Later"),
        "rest": _("Waiting or without a last day"),
    }
    return tuple(ActionList(titles[name], tuple(tasks)) for name, tasks in lists.items() if tasks)


def _place(one: MyAction, soon: date) -> str:
    action = one.action
    if one.is_late:
        return "late"
    if action.due_on is None or action.status not in ("approved", "in_progress"):
        return "rest"
    return "soon" if action.due_on <= soon else "later"


def _task(one: MyAction, on: date) -> Task:
    action = one.action
    part = _("You own it.") if one.is_owner else _("You help with it.")
    running = action.status in ("approved", "in_progress")
    return Task(
        f"{action.code} {action.title}",
        action_url(action),
        f"{action.plan.office.short_name}, {action.plan.title}. {part} {action.get_status_display()}.",
        action.due_on,
        numbers.time_left(action.due_on, on) if action.due_on and running else "",
        one.is_late,
        Progress(action.progress, 100, _("%(share)s done") % {"share": numbers.share(action.progress)})
        if running
        else None,
    )


def finished_of(mine: Sequence[MyAction]) -> DataTable | None:
    """What was finished, as a table; nothing where nothing was."""
    if not mine:
        return None
    rows = tuple(
        (
            Link(f"{one.action.code} {one.action.title}", action_url(one.action)),
            one.action.plan.office.short_name,
            _("owner") if one.is_owner else _("helper"),
            numbers.day(one.action.done_on),
        )
        for one in mine
    )
    return DataTable(
        _("Finished within a year"), (_("Action"), _("Office"), _("My part"), _("Done on")), rows, stack=True
    )


def action_url(action: Action) -> str:
    """The action's own page."""
    return reverse("improvements:action-detail", args=[action.pk])


def events_of(agenda: Agenda, *, on: date) -> Timeline | None:
    """The next days that the calendar brings; nothing where there is none."""
    days: list[tuple[date | None, str, str]] = [
        *((each.due_on, f"{each.code} {each.title}", action_url(each)) for each in agenda.actions),
        *((each.due_on, each.title, action_url(each.action)) for each in agenda.tasks),
        *((plan.review_on, _("Review: %(plan)s") % {"plan": plan.title}, plan_url(plan)) for plan in agenda.reviews),
    ]
    coming = sorted((day, text, url) for day, text, url in days if day is not None and day >= on)
    return Timeline(tuple(Event(day, text, url) for day, text, url in coming[:NEXT])) if coming else None


def counted(agenda: Agenda) -> tuple[str, ...]:
    """How many days of each kind the calendar holds, in words."""
    kinds = (
        (len(agenda.actions), ngettext("%(count)s action", "%(count)s actions", len(agenda.actions))),
        (len(agenda.tasks), ngettext("%(count)s task", "%(count)s tasks", len(agenda.tasks))),
        (len(agenda.reviews), ngettext("%(count)s plan review", "%(count)s plan reviews", len(agenda.reviews))),
    )
    return tuple(words % {"count": count} for count, words in kinds if count)


def plan_url(plan: Plan) -> str:
    """The plan's own page."""
    return reverse("improvements:plan-detail", args=[plan.pk])
