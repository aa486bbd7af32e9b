"""What each person has to do now about results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from qms.awards.models import Application, Programme, Round
from qms.laureates.models import FeedbackReport
from qms.offices.queries import Task

from .results import decisions

if TYPE_CHECKING:
    from qms.accounts.models import User


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Reports to lay down and to approve before the embargo ends, the most urgent first."""
    if not user.is_authenticated:
        return ()
    return tuple(sorted(_reports(user, at), key=lambda task: str(task.due_at)))


def _reports(user: User, at: datetime) -> Iterator[Task]:
    """For organisers: a decision stands and its report is not approved. Nobody else learns of it."""
    approved = FeedbackReport.objects.filter(application=OuterRef("pk"), state=FeedbackReport.State.APPROVED)
    stands = decisions().filter(application=OuterRef("pk"))
    waiting: QuerySet[Application] = Application.objects.received().filter(Exists(stands), ~Exists(approved))
    run = Programme.objects.run_by(user).values("pk")
    here = waiting.filter(category__round=OuterRef("pk"), category__round__closes_at__lte=at)
    for one in Round.objects.filter(Exists(here), programme__in=run).order_by(F("embargo_until"), "pk"):
        url = reverse("laureates:feedback-list", args=[one.pk])
        yield Task("feedback", gettext("Approve the feedback reports"), one.title, None, one.embargo_until, url)
