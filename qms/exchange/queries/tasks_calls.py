"""What each person has to do about calls for help: say whether the answers helped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.exchange.models import HelpRequest
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

from .calls import node_titles

if TYPE_CHECKING:
    from qms.accounts.models import User

LONG: Final = timedelta(days=14)


def call_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Calls of led or directed offices that were answered, and in which nothing has happened for two weeks."""
    led = roles_of(user).offices(roles.QUALITY_LEAD, roles.DIRECTOR)
    if not led:
        return ()
    asked = HelpRequest.objects.open().filter(office__in=led).select_related("office")
    answered = asked.annotate(last=Max("answers__created_at"), many=Count("answers"))
    calls = list(answered.filter(last__lte=at - LONG, updated_at__lte=at - LONG).order_by("last", "pk"))
    titles = node_titles((one.framework, one.node) for one in calls) if calls else {}
    return tuple(_task(one, titles[one.framework, one.node], one.many) for one in calls)


def _task(call: HelpRequest, title: str, many: int) -> Task:
    text = gettext("Say whether the answers to your call for help helped")
    count = ngettext("one answer", "%(count)s answers", many) % {"count": many}
    detail = f"{call.node} {title}".strip() + f", {count}"
    url = reverse("exchange:help", args=[call.pk]) + "#close"
    return Task("help_answered", text, detail, call.office, None, url)
