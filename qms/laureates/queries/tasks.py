"""What each person has to do now about results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from qms.awards.models import Application, Programme, Round
from qms.laureates.models import FeedbackReport, PressSummary
from qms.laureates.models.feedback import HEADS
from qms.offices.models import roles_of
from qms.offices.queries import Task

from .results import decisions

if TYPE_CHECKING:
    from qms.accounts.models import User


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Reports and texts that wait for this person before the embargo ends, the most urgent first."""
    if not user.is_authenticated:
        return ()
    return tuple(sorted((*_reports(user, at), *_texts(user)), key=lambda task: str(task.due_at)))


def _texts(user: User) -> Iterator[Task]:
    """For heads of offices: a text for the press was put to them; organisers see it as asked and wait."""
    rows = PressSummary.objects.filter(
        state=PressSummary.State.ASKED, application__office__in=roles_of(user).offices(*HEADS)
    )
    for one in rows.select_related("application__category__round", "application__office").order_by("pk"):
        found = one.application.category.round
        url = reverse("laureates:press", args=[one.pk])
        yield Task("press", gettext("Answer about a text for the press"), found.title, None, found.embargo_until, url)


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
