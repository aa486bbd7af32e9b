"""What each person has to do about evaluation meetings: tell before the gathering closes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.exchange.models import Experience, Meeting, Part
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of
from qms.offices.queries import Task

if TYPE_CHECKING:
    from qms.accounts.models import User

SOON: Final = timedelta(days=30)


def meeting_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Meetings that soon stop gathering experiences, for leads and directors of offices that have part in the edition.

    Everybody may tell; only those who speak for an office are reminded, once for each meeting, until they have told.
    """
    led = roles_of(user).offices(roles.QUALITY_LEAD, roles.DIRECTOR)
    if not led:
        return ()
    today = timezone.localdate(at)
    told = Experience.objects.filter(meeting=OuterRef("pk"), by=user)
    closing = Meeting.objects.filter(~Exists(told), state=Meeting.State.OPEN, closes_on__range=(today, today + SOON))
    return tuple(_tasks(list(closing.order_by("closes_on", "pk")), led))


def _tasks(meetings: list[Meeting], led: tuple[int, ...]) -> list[Task]:
    if not meetings:
        return []
    editions = {meeting.edition_id for meeting in meetings}
    taking = Part.objects.filter(edition__in=editions, office__in=led).order_by("office__short_name", "office")
    firsts: dict[int, Office] = {}
    for part in taking.select_related("office"):
        if part.office is not None:
            firsts.setdefault(part.edition_id, part.office)
    return [_task(one, firsts[one.edition_id]) for one in meetings if one.edition_id in firsts]


def _task(meeting: Meeting, office: Office) -> Task:
    text = gettext("Tell what helped you and what hindered you")
    url = reverse("exchange:experience", args=[meeting.pk])
    return Task("meeting_tell", text, meeting.title, office, meeting.closes_on, url)
