"""What people might be reminded of, and what they were reminded of already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model, QuerySet
from wagtail.models import ModelLogEntry

from qms.improvements.domain.reminders import BEFORE
from qms.improvements.models import Action, Plan, Task

if TYPE_CHECKING:
    from qms.accounts.models import User

RUNNING_STAGES = (Plan.Stage.APPROVED, Plan.Stage.UNDER_WAY)


def to_remind_of(on: date) -> QuerySet[Action]:
    """Actions that somebody works on and whose last day is near or has passed."""
    soon = on + timedelta(days=BEFORE[0])
    running = Action.objects.running().filter(plan__stage__in=RUNNING_STAGES, due_on__lte=soon)
    return running.filter(owner__is_active=True).select_related("plan__office", "owner").order_by("due_on", "pk")


def tasks_to_remind_of(on: date) -> QuerySet[Task]:
    """Open tasks of such actions with a person and a day that is near or has passed."""
    soon = on + timedelta(days=BEFORE[0])
    tasks = Task.objects.filter(
        action__in=Action.objects.running().filter(plan__stage__in=RUNNING_STAGES),
        done_on=None,
        due_on__lte=soon,
        person__is_active=True,
    )
    return tasks.select_related("action__plan__office", "action__owner", "person").order_by("due_on", "pk")


def may_be_silent(plan: Plan) -> QuerySet[Action]:
    """The plan's actions that somebody works on, each with the day of the last line of its log (`heard_on`)."""
    running = Action.objects.running().filter(plan=plan).select_related("owner")
    return running.annotate(heard_on=Max("log__on")).order_by("due_on", "number")


def reminded_already(person: User, actions: Iterable[Action]) -> set[tuple[int, int | None, str, int]]:
    """The reminders of these actions that the person got: action, task, last day, which reminder."""
    entries = _told("improvements.remind", list(actions)).filter(data__person=person.pk)
    return {
        (int(pk), facts.get("task"), facts["due"], facts["step"])
        for pk, facts in entries.values_list("object_id", "data")
    }


def escalated_already(actions: Sequence[Action]) -> set[tuple[int, str, str]]:
    """What leads and directors were told of these actions: action, why, since when."""
    entries = _told("improvements.escalate", actions).values_list("object_id", "data")
    return {(int(pk), facts["why"], facts["since"]) for pk, facts in entries}


def clock_told(subject: Model) -> set[tuple[str, str]]:
    """Which reminders of the clock went out about this assessment or feedback, each with its last day."""
    entries = _told("improvements.remind_clock", [subject]).values_list("data", flat=True)
    return {(facts["which"], facts["until"]) for facts in entries}


def _told(act: str, subjects: Sequence[Model]) -> QuerySet[ModelLogEntry]:
    if not subjects:
        return ModelLogEntry.objects.none()
    kind = ContentType.objects.get_for_model(subjects[0])
    keys = {str(subject.pk) for subject in subjects}
    return ModelLogEntry.objects.filter(content_type=kind, action=act, object_id__in=keys).order_by()
