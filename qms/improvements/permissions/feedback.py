"""CAF external feedback."""

from __future__ import annotations

from typing import Any

from qms.improvements.models import Feedback, FeedbackActor
from qms.offices import permissions as offices
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of

Stage = Feedback.Stage


def may_open_feedback(user: Any, office: Office) -> bool:
    """Whether the person may apply for this office: its quality lead."""
    return offices.leads(user, office)


def may_read_feedback(user: Any, feedback: Feedback) -> bool:
    """Whether the person may open it; an actor only after having declared no conflict."""
    if not Feedback.objects.visible_to(user).filter(pk=feedback.pk).exists():
        return False
    seat = seat_of(user, feedback)
    return seat is None or seat.declaration == FeedbackActor.Declaration.CLEAR


def may_answer(user: Any, feedback: Feedback) -> bool:
    """Whether the person may fill in the applicant's questionnaires: the lead, before applying."""
    return feedback.stage == Stage.DRAFT and offices.leads(user, feedback.office)


def may_compose_team(user: Any, feedback: Feedback) -> bool:
    """Whether the person names the actors: the organiser, that is the region's or the country's coordinator."""
    return feedback.stage in (Stage.SUBMITTED, Stage.SCORING) and organises(user, feedback)


def organises(user: Any, feedback: Feedback) -> bool:
    """Whether the person coordinates the applicant's region or the country."""
    return offices.helps(user, feedback.office) or roles_of(user).has(roles.NATIONAL_COORDINATOR)


def may_declare(user: Any, actor: FeedbackActor) -> bool:
    """Whether it is the person's own seat and nothing was declared yet."""
    return (
        user.is_authenticated
        and actor.user_id == user.pk
        and actor.removed_at is None
        and actor.declaration == FeedbackActor.Declaration.NONE
    )


def may_score_feedback(user: Any, actor: FeedbackActor) -> bool:
    """Whether the person may give levels now: own seat, no conflict, not handed in, feedback under way."""
    return (
        user.is_authenticated
        and actor.user_id == user.pk
        and actor.removed_at is None
        and actor.declaration == FeedbackActor.Declaration.CLEAR
        and actor.handed_in_at is None
        and actor.feedback.stage == Stage.SCORING
    )


def may_agree(user: Any, feedback: Feedback) -> bool:
    """Whether the person may write the team's agreed levels, the visit and the report: its leader, own levels in."""
    seat = seat_of(user, feedback)
    return (
        feedback.stage == Stage.SCORING
        and seat is not None
        and seat.is_leader
        and seat.declaration == FeedbackActor.Declaration.CLEAR
        and seat.handed_in_at is not None
    )


def may_decide(user: Any, feedback: Feedback) -> bool:
    """Whether the person may decide on the label: the organiser, when the report is written, not for the own office."""
    return (
        feedback.stage == Stage.REPORTING
        and organises(user, feedback)
        and not offices.works_in(user, feedback.office)
        and seat_of(user, feedback) is None
    )


def seat_of(user: Any, feedback: Feedback) -> FeedbackActor | None:
    """The person's seat in the team, unless taken off."""
    if not user.is_authenticated:
        return None
    return FeedbackActor.objects.filter(feedback=feedback, user=user.pk, removed_at__isnull=True).first()
