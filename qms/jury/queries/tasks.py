"""What each person has to do now as a juror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.jury.models import Visit
from qms.offices.queries import Task

from .desk import Desk, desks_of

if TYPE_CHECKING:
    from qms.accounts.models import User

REPORT_WITHIN = timedelta(days=7)


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """To promise, declare, score and report on visits, for the chair to talk and to decide; the most urgent first."""
    tasks = [task for desk in desks_of(user, at) for task in tasks_at(desk, at)]
    return tuple(sorted(tasks, key=lambda task: str(task.due_at or "~")))


def tasks_at(desk: Desk, at: datetime) -> Iterator[Task]:
    """What waits on one desk."""
    title = desk.seat.round.title
    if desk.seat.accepted_at is None:
        ends_at = next((one.ends_at for one in desk.phases if one.ends_at > at), None)
        url = reverse("jury:promise", args=[desk.seat.pk])
        yield Task("jury_promise", gettext("Promise to be impartial"), title, None, ends_at, url)
        return
    ends_at = desk.phase.ends_at if desk.phase is not None else None
    if desk.to_declare:
        count = desk.to_declare
        words = ngettext("Declare on %(count)s office", "Declare on %(count)s offices", count)
        url = reverse("jury:declare", args=[desk.seat.pk])
        yield Task("jury_declare", words % {"count": count}, title, None, ends_at, url)
    if waiting := desk.to_score:
        words = ngettext("Score %(count)s application", "Score %(count)s applications", len(waiting))
        url = reverse("jury:home") + f"#seat-{desk.seat.pk}"
        yield Task("jury_score", words % {"count": len(waiting)}, title, None, ends_at, url)
    yield from _reports(desk, at)
    if desk.talks:
        words = ngettext("Talk about %(count)s application", "Talk about %(count)s applications", len(desk.talks))
        url = reverse("jury:talk", args=[desk.talks[0].pk])
        yield Task("jury_talk", words % {"count": len(desk.talks)}, title, None, ends_at, url)
    for one in desk.lists:
        words = (
            gettext("Decide on visits: %(category)s") if one.is_visits else gettext("Decide on prizes: %(category)s")
        )
        url = reverse("jury:visits-decide" if one.is_visits else "jury:prizes-decide", args=[one.category.pk])
        yield Task("jury_decide", words % {"category": one.category.title}, title, None, ends_at, url)


def _reports(desk: Desk, at: datetime) -> Iterator[Task]:
    if desk.phase is None or not desk.phase.may_visit:
        return
    for visit in desk.visits:
        if visit.state == Visit.State.PLANNED and visit.starts_at <= at:
            detail = f"{visit.application.office.short_name}, {desk.seat.round.title}"
            due_at = min(visit.ends_at + REPORT_WITHIN, desk.phase.ends_at)
            url = reverse("jury:visit-report", args=[visit.pk])
            yield Task("jury_report", gettext("Report on the visit"), detail, None, due_at, url, is_late=due_at < at)
