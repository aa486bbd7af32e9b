"""CAF external feedback."""

from __future__ import annotations

from typing import Any

from qms.improvements.models import Feedback, FeedbackActor
from qms.offices import permissions as offices
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of

Stage = Feedback.Stage
Declaration = FeedbackActor.Declaration
COMPOSING = (Stage.SUBMITTED, Stage.SCORING)


def may_open_feedback(user: Any, office: Office) -> bool:
    """Whether the person may apply for this office: its quality lead."""
    return offices.leads(user, office)


def may_read_feedback(user: Any, feedback: Feedback) -> bool:
    """Whether the person may open it; an actor only after having declared no conflict."""
    if not Feedback.objects.visible_to(user).filter(pk=feedback.pk).exists():
        return False
    seat = seat_of(user, feedback)
    return seat is None or seat.declaration == Declaration.CLEAR


def may_answer(user: Any, feedback: Feedback) -> bool:
    """Whether the person may fill in the applicant's questionnaires: the lead, before applying."""
    return feedback.stage == Stage.DRAFT and offices.leads(user, feedback.office)


def may_withdraw_feedback(user: Any, feedback: Feedback) -> bool:
    """Whether the person may take the application back: the lead, until the report is written."""
    return feedback.stage in (Stage.DRAFT, *COMPOSING) and offices.leads(user, feedback.office)


def may_compose_team(user: Any, feedback: Feedback) -> bool:
    """Whether the person names the actors: the organiser, that is the region's or the country's coordinator."""
    return feedback.stage in COMPOSING and organises(user, feedback)


def organises(user: Any, feedback: Feedback) -> bool:
    """Whether the person coordinates the applicant's region or the country, and works neither there nor in the team."""
    coordinates = offices.helps(user, feedback.office) or roles_of(user).has(roles.NATIONAL_COORDINATOR)
    return coordinates and not offices.works_in(user, feedback.office) and seat_of(user, feedback) is None


def may_declare(user: Any, actor: FeedbackActor) -> bool:
    """Whether it is the person's own seat; who declared none may still find a conflict until the own levels are in."""
    return (
        user.is_authenticated
        and actor.user_id == user.pk
        and actor.removed_at is None
        and actor.handed_in_at is None
        and actor.declaration != Declaration.CONFLICT
        and actor.feedback.stage in COMPOSING
    )


def may_score_feedback(user: Any, actor: FeedbackActor) -> bool:
    """Whether the person may give levels now: own seat, no conflict, not handed in, feedback under way."""
    return (
        user.is_authenticated
        and actor.user_id == user.pk
        and actor.removed_at is None
        and actor.declaration == Declaration.CLEAR
        and actor.handed_in_at is None
        and actor.feedback.stage == Stage.SCORING
        and not offices.works_in(user, actor.feedback.office)
    )


def may_agree(user: Any, feedback: Feedback) -> bool:
    """Whether the person may write the team's agreed levels, the visit and the report: its leader, own levels in."""
    seat = seat_of(user, feedback)
    return (
        feedback.stage == Stage.SCORING
        and seat is not None
        and seat.is_leader
        and seat.declaration == Declaration.CLEAR
        and seat.handed_in_at is not None
        and not offices.works_in(user, feedback.office)
    )


def may_read_outcome(user: Any, feedback: Feedback) -> bool:
    """Whether the person may see agreed levels and report: team and organiser when written, the office when decided."""
    if not may_read_feedback(user, feedback):
        return False
    if feedback.stage == Stage.REPORTING:
        return seat_of(user, feedback) is not None or organises(user, feedback)
    return feedback.stage == Stage.DECIDED


def may_decide(user: Any, feedback: Feedback) -> bool:
    """Whether the person may decide on the label: the organiser, when the report is written."""
    return feedback.stage == Stage.REPORTING and organises(user, feedback)


def may_keep_schemes(user: Any, _about: object = None) -> bool:
    """Whether the person may bring in questionnaires and say which edition is used: the country's coordinator."""
    return roles_of(user).sees_everything


def seat_of(user: Any, feedback: Feedback) -> FeedbackActor | None:
    """The person's seat in the team, unless taken off."""
    if not user.is_authenticated:
        return None
    seat = FeedbackActor.objects.filter(feedback=feedback, user=user.pk, removed_at__isnull=True).first()
    if seat is not None:
        seat.feedback = feedback
    return seat
