"""Tasks of external feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.improvements.models import Feedback, FeedbackActor
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

from .feedback import tree_of, waiting_for

if TYPE_CHECKING:
    from qms.accounts.models import User

Stage, Declaration = Feedback.Stage, FeedbackActor.Declaration


def feedback_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """The person's open tasks here."""
    today = timezone.localdate(at)
    return (*_as_lead(user, today), *_as_actor(user, today), *_as_organiser(user))


def _as_lead(user: User, today: date) -> Iterator[Task]:
    drafts = Feedback.objects.filter(office__in=roles_of(user).offices(roles.QUALITY_LEAD), stage=Stage.DRAFT)
    for feedback in drafts.select_related("office", "scheme", "assessment").order_by("pk"):
        text = gettext("Answer the questionnaires and apply for external feedback")
        approved_at = feedback.assessment.approved_at
        due = tree_of(feedback.scheme).periods.closes_on(timezone.localdate(approved_at)) if approved_at else None
        yield _task("feedback_apply", text, feedback, "feedback-detail", due, is_late=due is not None and due < today)


def _as_actor(user: User, today: date) -> Iterator[Task]:
    seats = FeedbackActor.objects.present().filter(user=user.pk, feedback__stage__in=(Stage.SUBMITTED, Stage.SCORING))
    for seat in seats.select_related("feedback__office", "feedback__scheme").order_by("pk"):
        feedback = seat.feedback
        visit = feedback.visit_on if feedback.visit_on and feedback.visit_on >= today else None
        if seat.declaration == Declaration.NONE:
            yield _task(
                "feedback_declare", gettext("Declare whether there is a conflict"), feedback, "feedback-declare"
            )
        elif feedback.stage != Stage.SCORING:
            continue
        elif seat.handed_in_at is None:
            text = gettext("Give the office your levels as a feedback actor")
            yield _task("feedback_score", text, feedback, "feedback-detail", visit)
        elif seat.is_leader and not waiting_for(feedback):
            text = gettext("Agree the levels with the team and write the report")
            yield _task("feedback_agree", text, feedback, "feedback-detail", visit)


def _as_organiser(user: User) -> Iterator[Task]:
    held = roles_of(user)
    mine = Q(office__region__in=held.regions)
    if held.has(roles.NATIONAL_COORDINATOR):
        mine = Q()
    elif not held.regions:
        return
    seated = FeedbackActor.objects.filter(user=user.pk, removed_at__isnull=True).values("feedback")
    waiting = Feedback.objects.filter(mine, stage__in=(Stage.SUBMITTED, Stage.REPORTING))
    waiting = waiting.exclude(pk__in=seated).exclude(office__in=held.offices())
    for feedback in waiting.select_related("office").order_by("submitted_at", "pk"):
        if feedback.stage == Stage.SUBMITTED:
            yield _task("feedback_team", gettext("Compose the feedback team"), feedback, "feedback-team")
        else:
            yield _task("feedback_decide", gettext("Decide on the label"), feedback, "feedback-decide")


def _task(
    kind: str, text: str, feedback: Feedback, route: str, due: date | None = None, *, is_late: bool = False
) -> Task:
    url = reverse(f"improvements:{route}", args=[feedback.pk])
    return Task(kind, text, gettext("External feedback"), feedback.office, due, url, is_late)
