"""A person's calendar as iCalendar text (RFC 5545): one whole day for each last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vDuration

from qms.core.letters import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.accounts.models import User
    from qms.improvements.models import Action, Plan, Task
    from qms.improvements.queries.calendar import Agenda

AGAIN = timedelta(hours=6)


def calendar_of(agenda: Agenda, *, reader: User) -> bytes:
    """The feed in the reader's language; calendars that follow the address ask again every six hours."""
    with override(reader.language):
        calendar = Calendar()
        calendar.add("prodid", "-//QMS//Improvement plans//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("name", _("Improvement plans"))
        calendar.add("x-wr-calname", _("Improvement plans"))
        calendar.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
        for event in _events(agenda):
            calendar.add_component(event)
        return bytes(calendar.to_ical())


def _events(agenda: Agenda) -> Iterator[Event]:
    yield from (_action(action, action.due_on) for action in agenda.actions if action.due_on)
    yield from (_task(task, task.due_on) for task in agenda.tasks if task.due_on)
    yield from (_review(plan, plan.review_on) for plan in agenda.reviews if plan.review_on)


def _action(action: Action, on: date) -> Event:
    plan = action.plan
    owner = _("Owner: %(name)s.") % {"name": action.owner.name} if action.owner else _("It has no owner yet.")
    status = _("Status: %(status)s, %(progress)s%% done.") % {
        "status": action.get_status_display(),
        "progress": action.progress,
    }
    return _event(
        f"action-{action.pk}",
        on,
        _("Due: %(code)s %(title)s (%(office)s)")
        % {"code": action.code, "title": action.title, "office": plan.office.short_name},
        f"{plan.title}\n{owner}\n{status}",
        reverse("improvements:action-detail", args=[action.pk]),
        changed=action.updated_at,
        edition=action.version,
    )


def _task(task: Task, on: date) -> Event:
    action = task.action
    return _event(
        f"task-{task.pk}",
        on,
        _("Task: %(task)s (%(code)s, %(office)s)")
        % {"task": task.title, "code": action.code, "office": action.plan.office.short_name},
        f"{action.code} {action.title}",
        reverse("improvements:action-detail", args=[action.pk]),
        changed=task.updated_at,
    )


def _review(plan: Plan, on: date) -> Event:
    return _event(
        f"review-{plan.pk}",
        on,
        _("Review of the improvement plan (%(office)s)") % {"office": plan.office.short_name},
        plan.title,
        reverse("improvements:plan-detail", args=[plan.pk]),
        changed=plan.updated_at,
    )


def _event(
    ident: str, on: date, title: str, text: str, path: str, *, changed: datetime, edition: int | None = None
) -> Event:
    event, address = Event(), absolute(path)
    event.add("uid", f"{ident}@{urlsplit(address).hostname}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", title)
    event.add("description", f"{text}\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")  # the day stays free for other things
    if edition is not None:
        event.add("sequence", edition)
    return event
