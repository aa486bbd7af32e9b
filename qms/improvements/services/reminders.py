"""Whom the platform reminds of what: due and late work, actions that stand still, the clock of external feedback.

Nothing is sent twice: every reminder that went out stands in the history of its action, and is looked up before the
next round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.improvements import letters
from qms.improvements.domain.reminders import DIRECTOR_AFTER, LEAD_AFTER, is_long_late, silent_days, step_reached
from qms.improvements.models import Action, Plan, Task
from qms.improvements.queries.reminders import (
    escalated_already,
    may_be_silent,
    reminded_already,
    tasks_to_remind_of,
    to_remind_of,
)
from qms.offices.queries import directors_of, leads_of

from .clock import remind_of_clocks
from .handover import release_everyone_gone

MOST_LINES = 40  # what does not fit into one letter comes the next day


@dataclass(frozen=True, slots=True)
class Reminder:
    """One action or task that its person is to be reminded of, and which reminder of it this is."""

    action: Action
    due_on: date
    step: int
    task: Task | None = None

    @property
    def mark(self) -> tuple[int, int | None, str, int]:
        """What makes it this reminder and no other: a new last day begins anew."""
        return (self.action.pk, None if self.task is None else self.task.pk, self.due_on.isoformat(), self.step)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One action that a lead or a director is to be told of, and why."""

    action: Action
    why: str
    since: date
    silent: int = 0

    @property
    def mark(self) -> tuple[int, str, str]:
        """What makes it this alarm and no other."""
        return (self.action.pk, self.why, self.since.isoformat())


def remind(*, at: datetime) -> int:
    """The daily round over everything; how many letters were written."""
    release_everyone_gone(at=at)
    return remind_people(at=at) + escalate(at=at) + remind_of_clocks(at=at)


def remind_people(*, at: datetime) -> int:
    """One letter to everyone who has something due or late that was not said yet; how many letters."""
    on = timezone.localdate(at)
    people = _by_person(on)
    return each(sorted(people), lambda pk: _remind_person(pk, people[pk], on=on))


def escalate(*, at: datetime) -> int:
    """Tell leads of actions long late or silent, directors of actions later still; how many letters."""
    on = timezone.localdate(at)
    plans = Plan.objects.filter(stage__in=(Plan.Stage.APPROVED, Plan.Stage.UNDER_WAY))
    return each(plans.select_related("office").order_by("pk"), lambda plan: _escalate_in(plan, on=on))


def _by_person(on: date) -> dict[int, list[Reminder]]:
    people: dict[int, list[Reminder]] = {}
    for action in to_remind_of(on):
        if action.due_on and action.owner_id and (step := step_reached(action.due_on, on)):
            people.setdefault(action.owner_id, []).append(Reminder(action, action.due_on, step))
    for task in tasks_to_remind_of(on):
        if task.due_on and task.person_id and (step := step_reached(task.due_on, on)):
            people.setdefault(task.person_id, []).append(Reminder(task.action, task.due_on, step, task))
    return people


@transaction.atomic
def _remind_person(pk: int, reminders: Sequence[Reminder], *, on: date) -> int:
    # Two rounds at once: the second waits here, and then finds what the first has said.
    person = User.objects.select_for_update().get(pk=pk)
    said = reminded_already(person, [reminder.action for reminder in reminders])
    fresh = [reminder for reminder in reminders if reminder.mark not in said]
    fresh = sorted(fresh, key=lambda reminder: (reminder.due_on, reminder.action.pk))[:MOST_LINES]
    if not fresh:
        return 0
    post_letter(**letters.reminder(person, [_line(reminder, on) for reminder in fresh]).posted())
    for reminder in fresh:
        _action, task, due, step = reminder.mark
        facts = {"person": pk, "task": task, "due": due, "step": step}
        record(reminder.action, "improvements.remind", by=None, office_id=reminder.action.plan.office_id, **facts)
    return 1


def _line(reminder: Reminder, on: date) -> letters.Line:
    action = reminder.action
    title = "" if reminder.task is None else f"{action.code} {action.title}: {reminder.task.title}"
    return letters.Line.of(action, on, title=title, due_on=reminder.due_on)


@transaction.atomic
def _escalate_in(plan: Plan, *, on: date) -> int:
    Plan.objects.select_for_update().get(pk=plan.pk)
    actions = list(may_be_silent(plan))
    if not actions:
        return 0
    said = escalated_already(actions)
    to_lead = [alarm for alarm in _alarms(actions, plan, on) if alarm.mark not in said]
    to_director = [alarm for alarm in _alarms_of_director(actions, plan, on) if alarm.mark not in said]
    leads, directors = list(leads_of(plan.office)), list(directors_of(plan.office))
    return _tell(plan, leads or directors, to_lead, on=on) + _tell(plan, directors, to_director, on=on)


def _alarms(actions: Iterable[Action], plan: Plan, on: date) -> Iterable[Alarm]:
    for action in actions:
        action.plan = plan
        if action.due_on and is_long_late(action.due_on, on, LEAD_AFTER):
            yield Alarm(action, "late", action.due_on)
        elif action.status == Action.Status.IN_PROGRESS:
            heard = action.heard_on or timezone.localdate(action.created_at)  # type: ignore[attr-defined]
            if silent := silent_days(heard, on):
                yield Alarm(action, "silent", heard, silent)


def _alarms_of_director(actions: Iterable[Action], plan: Plan, on: date) -> Iterable[Alarm]:
    for action in actions:
        action.plan = plan
        if action.due_on and is_long_late(action.due_on, on, DIRECTOR_AFTER):
            yield Alarm(action, "very_late", action.due_on)


def _tell(plan: Plan, readers: Sequence[User], alarms: Sequence[Alarm], *, on: date) -> int:
    if not readers or not alarms:
        return 0
    lines = [letters.Line.of(alarm.action, on, silent=alarm.silent) for alarm in alarms][:MOST_LINES]
    for reader in readers:
        post_letter(**letters.escalation(reader, lines, plan_id=plan.pk).posted())
    for alarm in alarms[:MOST_LINES]:
        facts = {"why": alarm.why, "since": alarm.since.isoformat(), "people": [reader.pk for reader in readers]}
        record(alarm.action, "improvements.escalate", by=None, office_id=plan.office_id, **facts)
    return len(readers)
