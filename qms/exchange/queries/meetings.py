"""Evaluation meetings, and what each person reads of what was told there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from qms.exchange.models import Edition, Experience, Meeting, MeetingPage
from qms.offices.models import roles_of

from .experiences import ExperienceRow, experience_row
from .speakers import common_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from qms.accounts.models import User
    from qms.exchange.models.edition import ExchangeEditionQuerySet
    from qms.exchange.models.meeting import MeetingQuerySet


def meetings_listed(user: User) -> MeetingQuerySet:
    """The meetings, the latest first, each with how many experiences stand there and whether one is the person's."""
    return (
        Meeting.objects.visible_to(user)
        .select_related("edition__framework")
        .annotate(
            told=Count("experiences", filter=Q(experiences__hidden_at__isnull=True)),
            mine=Count("experiences", filter=Q(experiences__by=user.pk)),
        )
        .order_by("-held_on", "-pk")
    )


def told_by(user: User, meeting: Meeting) -> Experience | None:
    """What this person told at this meeting."""
    return Experience.objects.filter(meeting=meeting, by=user).select_related("office__region").first()


def told_in_offices_of(user: User, meeting: Meeting) -> list[Experience]:
    """What others of the offices that this person leads or directs told."""
    led = roles_of(user).offices("quality_lead", "director")
    found = Experience.objects.filter(meeting=meeting, office__in=led).exclude(by=user)
    return list(found.select_related("office__region").order_by("pk"))


def told_at(meeting: Meeting) -> list[Experience]:
    """Everything that was told, also what is left out, in the order in which it came."""
    found = Experience.objects.filter(meeting=meeting)
    return list(found.select_related("office__region").order_by("pk"))


def rows_of(experiences: Iterable[Experience]) -> dict[int, ExperienceRow]:
    """The experiences as everybody may read them, by their keys."""
    common = common_kinds()
    return {one.pk: experience_row(one, common=common) for one in experiences}


def counted(meeting: Meeting) -> tuple[int, int]:
    """How many experiences stand there, and from how many offices."""
    found = Experience.objects.shown().filter(meeting=meeting)
    counts = found.aggregate(told=Count("pk"), offices=Count("office", distinct=True))
    return counts["told"], counts["offices"]


def page_of(meeting: Meeting) -> MeetingPage | None:
    """The page of this meeting, while everybody can read it."""
    page: MeetingPage | None = MeetingPage.objects.live().filter(meeting=meeting).defer_streamfields().first()
    return page


def editions_to_look_back_at() -> ExchangeEditionQuerySet:
    """The editions for which a meeting can be prepared, the latest first."""
    return Edition.objects.exclude(state=Edition.State.DRAFT).order_by("-starts_on", "-pk")


def with_edition() -> QuerySet[Meeting]:
    """Meetings with their editions."""
    return Meeting.objects.select_related("edition__framework")


def with_meeting() -> QuerySet[Experience]:
    """Experiences with their meetings and offices."""
    return Experience.objects.select_related("meeting__edition", "office__region")
