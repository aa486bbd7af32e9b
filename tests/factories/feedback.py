"""External feedback by way of the services, so that every stage is one that people can reach."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from qms.improvements.domain.feedback import AgreedDraft, AnswerDraft, ReportDraft, ScoreDraft
from qms.improvements.models import Feedback, FeedbackActor
from qms.improvements.queries.feedback import current_scheme, tree_of
from qms.improvements.services import feedback as services
from qms.improvements.services import feedback_report, feedback_team
from qms.improvements.services.schemes import load_library
from tests.factories.assessments import make_approved
from tests.factories.improvements import make_plan
from tests.factories.offices import make_office, make_person

_numbers = count(1)
MONTHS_AGO = timedelta(days=240)  # inside the window of six to twelve months


def load_schemes() -> Any:
    """The shipped questionnaires, in use."""
    load_library(by=None)
    return current_scheme()


def make_feedback(
    office: Any, *, lead: Any, director: Any, stage: str = "draft", team: Any = (), by: Any = None
) -> Feedback:
    """A feedback of this office in this stage; `team` are people of other offices, `by` is the organiser."""
    load_schemes()
    now = timezone.now()
    assessment = make_approved(office, by=lead, director=director, at=now - MONTHS_AGO)
    make_plan(office, by=lead, stage="under_way", assessment=assessment, approved_at=now - MONTHS_AGO)
    feedback = services.open_feedback(assessment, by=lead, at=now, contact="Lena", motivation="To learn.")
    if stage != "draft":
        answer_all(feedback, by=lead)
        feedback = services.submit_feedback(feedback, by=lead, at=now)
    if stage in ("scoring", "reporting", "decided"):
        team = list(team) or make_peers()
        seat(feedback, team, by=by or lead)
        feedback = feedback_team.begin_feedback(feedback, by=by or lead)
    if stage in ("reporting", "decided"):
        finish(feedback)
        feedback = Feedback.objects.get(pk=feedback.pk)
    if stage == "decided":
        feedback = services.decide_feedback(feedback, has_label=True, reason="", by=by or lead, at=now)
    return feedback


def make_peers() -> list[Any]:
    """Two people of two other offices."""
    return [make_person(f"Peer{next(_numbers)}", "employee", office=make_office()) for _each in range(2)]


def answer_all(feedback: Feedback, *, by: Any, level: int = 4) -> None:
    for pillar in tree_of(feedback.scheme).pillars:
        drafts = {item.identifier: AnswerDraft(level, "We did it.", "Minutes") for item in pillar.items}
        services.save_answers(feedback, pillar, drafts, by=by)


def seat(feedback: Feedback, people: Any, *, by: Any) -> list[FeedbackActor]:
    """Everybody in the team, each with a clear declaration; the first one leads."""
    now = timezone.now()
    actors = [feedback_team.add_actor(feedback, email=person.email, by=by) for person in people]
    return [feedback_team.declare(actor, conflict="", at=now) for actor in actors]


def score_all(actor: FeedbackActor, level: int) -> FeedbackActor:
    """All own levels the same, and handed in."""
    for pillar in tree_of(actor.feedback.scheme).pillars:
        drafts = {item.identifier: ScoreDraft(level, "Seen.") for item in pillar.items}
        feedback_team.save_scores(actor, pillar, drafts)
    return feedback_team.hand_in_scores(actor, at=timezone.now())


def agree_all(feedback: Feedback, *, by: Any, level: int = 3) -> None:
    for pillar in tree_of(feedback.scheme).pillars:
        drafts = {item.identifier: AgreedDraft(level, "Agreed.") for item in pillar.items}
        feedback_report.save_agreed(feedback, pillar, drafts, by=by)


def finish(feedback: Feedback, *, level: int = 3) -> None:
    """From scoring to the report handed in."""
    now = timezone.now()
    actors = list(FeedbackActor.objects.present().filter(feedback=feedback).select_related("user", "feedback__scheme"))
    for actor in actors:
        score_all(actor, level)
    leader = next(actor for actor in actors if actor.is_leader)
    agree_all(feedback, by=leader.user, level=level)
    draft = ReportDraft(timezone.localdate(now), "Talks", "Open talks", "- Clear goals", "- Measure effects")
    feedback_report.save_report(feedback, draft, by=leader.user)
    feedback_report.hand_in_report(feedback, by=leader.user, at=now)
