"""What who runs editions has to do: look at pages that wait, see to parts that failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.exchange.models import Edition
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

from .progress import parts_failed
from .waiting import waiting_pages

if TYPE_CHECKING:
    from qms.accounts.models import User


def edition_tasks_of(user: User, _at: datetime) -> tuple[Task, ...]:
    """One task for each edition with pages to look at, one for each with parts that failed."""
    if not roles_of(user).has(roles.NATIONAL_COORDINATOR):
        return ()
    editions = Edition.objects.open().order_by("starts_on", "pk")
    return tuple(task for edition in editions for task in _tasks(edition))


def _tasks(edition: Edition) -> Iterator[Task]:
    url = reverse("exchange:edition", args=[edition.pk])
    if failed := parts_failed(edition).count():
        words = ngettext("%(count)s part could not be built", "%(count)s parts could not be built", failed)
        detail = f"{edition.title}: {words % {'count': failed}}"
        yield Task("edition_failed", gettext("See why pages could not be built"), detail, None, None, url)
    if waiting := len(waiting_pages(edition)):
        words = ngettext("%(count)s page waits", "%(count)s pages wait", waiting)
        detail = f"{edition.title}: {words % {'count': waiting}}"
        yield Task("edition_approve", gettext("Look at built pages and let them appear"), detail, None, None, url)
