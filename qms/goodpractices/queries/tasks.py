"""What each person has to do now in the library: mend what came back, review, confirm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.goodpractices.domain.confirming import year_after
from qms.goodpractices.models import PracticePage
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

from .confirming import to_confirm
from .lists import returned_keys, to_review

if TYPE_CHECKING:
    from qms.accounts.models import User


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Practices returned to the person, to be reviewed, and to be confirmed; those without a day come last."""
    if not user.is_authenticated:
        return ()
    tasks = (*_returned(user), *_to_review(user), *_to_confirm(user, at))
    return tuple(sorted(tasks, key=lambda task: (task.due_at is None, str(task.due_at or ""), task.detail)))


def _returned(user: User) -> Iterator[Task]:
    held = roles_of(user)
    drafted = Q(owner=user.pk, office__in=held.offices())
    mine = Q(office__in=held.offices(roles.QUALITY_LEAD)) | drafted
    back = PracticePage.objects.filter(mine, pk__in=returned_keys(), archived_at__isnull=True)
    for practice in back.select_related("office").defer_streamfields().order_by("pk"):
        text = gettext("Mend the returned good practice and hand it in again")
        yield Task("mend_practice", text, practice.draft_title, practice.office, None, _url("edit", practice.pk))


def _to_review(user: User) -> Iterator[Task]:
    for practice in to_review(user).defer_streamfields():
        text = gettext("Review a good practice")
        yield Task("review_practice", text, practice.draft_title, practice.office, None, _url("review", practice.pk))


def _to_confirm(user: User, at: datetime) -> Iterator[Task]:
    today = timezone.localdate(at)
    led = roles_of(user).offices(roles.QUALITY_LEAD, roles.DIRECTOR)
    old = to_confirm(today).filter(office__in=led).select_related("office").defer_streamfields()
    for practice in old.order_by("pk"):
        last = practice.confirmed_on or timezone.localdate(practice.first_published_at)
        due = year_after(last)
        text = gettext("Say whether the good practice is still true")
        url = reverse("goodpractices:mine") + f"?office={practice.office_id}#practice-{practice.pk}"
        yield Task("confirm_practice", text, practice.title, practice.office, due, url, due < today)


def _url(route: str, pk: int) -> str:
    return reverse(f"goodpractices:{route}", args=[pk])
