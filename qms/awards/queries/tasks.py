"""What each person has to do now about awards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from qms.awards.models import Application
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

if TYPE_CHECKING:
    from qms.accounts.models import User

State = Application.State
# Sooner than that a draft is nobody's task of today.
SOON = timedelta(days=30)


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Applications to correct, to submit and to write, the most urgent first."""
    if not user.is_authenticated or not roles_of(user).offices():
        return ()
    tasks = (*_corrections(user, at), *_drafts(user, at))
    return tuple(sorted(tasks, key=lambda task: str(task.due_at)))


def _corrections(user: User, at: datetime) -> Iterator[Task]:
    rows = _rows(user).filter(state=State.REOPENED, correction_until__gt=at)
    for one in rows.order_by("correction_until", "pk"):
        url = reverse("awards:application", args=[one.pk])
        yield _task("award_correct", gettext("Correct the application"), one, one.correction_until, url)


def _drafts(user: User, at: datetime) -> Iterator[Task]:
    directed = roles_of(user).offices(roles.DIRECTOR)
    receiving = _rows(user).filter(
        state=State.DRAFT,
        category__round__state="published",
        category__round__opens_at__lte=at,
        category__round__closes_at__gt=at,
    )
    for one in receiving.order_by("category__round__closes_at", "pk"):
        closes_at = one.category.round.closes_at
        if one.passed_at is not None and one.office_id in directed:
            url = reverse("awards:submit", args=[one.pk])
            yield _task("award_submit", gettext("Read and submit the application"), one, closes_at, url)
        elif closes_at - at <= SOON:
            url = reverse("awards:application", args=[one.pk])
            yield _task("award_write", gettext("Finish the application"), one, closes_at, url)


def _rows(user: User) -> QuerySet[Application]:
    return Application.objects.visible_to(user).select_related("category__round", "office")


def _task(kind: str, words: str, one: Application, due_at: datetime | None, url: str) -> Task:
    detail = f"{one.office.short_name}, {one.category.round.title}, {one.category.title}"
    return Task(kind, words, detail, one.office, due_at, url)
