"""Tasks of who works on actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.improvements.models import Action
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.accounts.models import User

Status = Action.Status
SOON = timedelta(days=14)
RUNNING = ("approved", "under_way")
APPROVED = (*RUNNING, "closed")


def progress_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """The person's open tasks here: actions to begin, due and late ones, and effects to state."""
    today = timezone.localdate(at)
    return (*_begin(user, today), *_finish(user, today), *_effects(user))


def _begin(user: User, today: date) -> Iterator[Task]:
    due_later = Q(due_on__isnull=True) | Q(due_on__gt=today + SOON)
    waiting = _mine(user).filter(due_later, status=Status.APPROVED, start_on__lte=today + SOON)
    for action in waiting:
        passed = action.start_on is not None and action.start_on < today
        detail = gettext("Its first day has passed.") if passed else ""
        yield _task("action_begin", gettext("Begin the action %(code)s %(title)s"), action, detail, action.start_on)


def _finish(user: User, today: date) -> Iterator[Task]:
    running = _mine(user).filter(status__in=(Status.APPROVED, Status.IN_PROGRESS), due_on__lte=today + SOON)
    for action in running:
        late = action.is_late(today)
        detail = gettext("%(progress)s of 100 done") % {"progress": action.progress}
        yield _task(
            "action_due", gettext("Finish the action %(code)s %(title)s"), action, detail, action.due_on, late=late
        )


def _effects(user: User) -> Iterator[Task]:
    held = roles_of(user)
    own = Q(owner=user.pk, plan__office__in=held.offices())
    led = Q(plan__office__in=held.offices(roles.QUALITY_LEAD))
    done = Action.objects.filter(own | led, status=Status.DONE, effect__isnull=True, plan__stage__in=APPROVED)
    for action in done.select_related("plan__office").order_by("done_on", "pk"):
        detail = gettext("The action is finished. Say whether it worked; a good practice can be drafted from it.")
        text = gettext("State the effect of %(code)s %(title)s")
        yield _task("action_effect", text, action, detail, None, route="improvements:effect")


def _mine(user: User) -> QuerySet[Action]:
    """Those that the person owns or helps with, in plans at work of the offices where the person works."""
    actions = Action.objects.of_person(user).filter(plan__office__in=roles_of(user).offices(), plan__stage__in=RUNNING)
    return actions.select_related("plan__office").order_by("due_on", "pk")


def _task(
    kind: str,
    text: str,
    action: Action,
    detail: str,
    due: date | None,
    *,
    late: bool = False,
    route: str = "improvements:action-detail",
) -> Task:
    said = text % {"code": action.code, "title": action.title}
    return Task(kind, said, detail, action.plan.office, due, reverse(route, args=[action.pk]), late)
