"""The feedback team: named, declared, each actor's own levels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.accounts.queries import person_of
from qms.core.audit import record
from qms.core.services import post_letter
from qms.improvements import letters
from qms.improvements.domain import lifecycle
from qms.improvements.domain.feedback import Pillar, ScoreDraft
from qms.improvements.models import Feedback, FeedbackActor, FeedbackScore
from qms.improvements.queries import feedback as queries
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Membership

from .feedback import locked_feedback, named, require_level

Stage, Declaration = Feedback.Stage, FeedbackActor.Declaration
LEAST, MOST = 2, 4
COMPOSING = (Stage.SUBMITTED, Stage.SCORING)


# --- Composing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_actor(feedback: Feedback, *, email: str, by: User) -> FeedbackActor:
    """A peer of another office in the team; nothing is shown before declaring. The first leads."""
    feedback = _composed(feedback)
    person = person_of(email)
    if person is None or not person.is_active:
        raise Refused(gettext_noop("Nobody with the address %(email)s is here. Invite the person first."), email=email)
    _require_peer(person, feedback)
    present = FeedbackActor.objects.present().filter(feedback=feedback)
    if present.count() >= MOST:
        raise Refused(gettext_noop("A team has at most %(most)s actors."), most=MOST)
    actor = FeedbackActor.objects.filter(feedback=feedback, user=person).first()
    if actor is None:
        actor = FeedbackActor(feedback=feedback, user=person)
    elif actor.declaration == Declaration.CONFLICT:
        raise Refused(gettext_noop("%(name)s declared a conflict of interest here."), name=person.name)
    elif actor.removed_at is None:
        raise Refused(gettext_noop("%(name)s is in the team already."), name=person.name)
    actor.removed_at = actor.declared_at = actor.handed_in_at = None
    actor.declaration = Declaration.NONE
    actor.is_leader = not present.filter(is_leader=True).exists()
    actor.save()
    record(actor, "improvements.add_actor", by=by, office_id=feedback.office_id, person=person.pk)
    post_letter(**letters.feedback("seat", feedback, to=person).posted())
    return actor


def _require_peer(person: User, feedback: Feedback) -> None:
    works = Membership.objects.active().filter(user=person, office__isnull=False)
    if works.filter(office=feedback.office_id).exists():
        raise Refused(
            gettext_noop("%(name)s works in the office that applied, and so cannot be in the team."), name=person.name
        )
    if not works.exists():
        raise Refused(gettext_noop("%(name)s works in no office; a team is made of peers."), name=person.name)


@transaction.atomic
def name_leader(actor: FeedbackActor, *, by: User) -> FeedbackActor:
    """Let this actor lead the team in the place of the one who did."""
    feedback, actor = _held(actor)
    _require_present(actor)
    FeedbackActor.objects.filter(feedback=feedback, is_leader=True).exclude(pk=actor.pk).update(is_leader=False)
    actor.is_leader = True
    actor.save(update_fields=["is_leader", "updated_at"])
    record(actor, "improvements.lead_actor", by=by, office_id=feedback.office_id)
    return actor


@transaction.atomic
def remove_actor(actor: FeedbackActor, *, by: User, at: datetime) -> FeedbackActor:
    """Take an actor off the team; what the actor declared and gave stays in the record."""
    feedback, actor = _held(actor)
    if actor.removed_at is not None:
        raise Refused(gettext_noop("This person is off the team already."))
    actor.removed_at, actor.is_leader = at, False
    actor.save(update_fields=["removed_at", "is_leader", "updated_at"])
    record(actor, "improvements.remove_actor", by=by, office_id=feedback.office_id)
    return actor


@transaction.atomic
def begin_feedback(feedback: Feedback, *, by: User) -> Feedback:
    """Let the team begin: two to four actors without conflict, one of whom leads."""
    feedback = locked_feedback(feedback)
    lifecycle.FEEDBACK.require(feedback.stage, Stage.SCORING)
    clear = FeedbackActor.objects.present().filter(feedback=feedback, declaration=Declaration.CLEAR)
    if clear.count() < LEAST:
        raise Refused(
            gettext_noop("At least %(least)s actors must have declared that they have no conflict."), least=LEAST
        )
    if not clear.filter(is_leader=True).exists():
        raise Refused(gettext_noop("Name a leader who has declared no conflict of interest."))
    feedback.stage = Stage.SCORING
    feedback.save(update_fields=["stage", "updated_at"])
    record(feedback, "improvements.begin_feedback", by=by, office_id=feedback.office_id)
    return feedback


# --- Declaring ------------------------------------------------------------------------------------------------------


@transaction.atomic
def declare(actor: FeedbackActor, *, conflict: str, at: datetime) -> FeedbackActor:
    """An actor's word on conflicts; with one, access ends at once, and the words stay in the record."""
    feedback, actor = _held(actor)
    if actor.removed_at is not None or actor.declaration == Declaration.CONFLICT or actor.handed_in_at is not None:
        raise Refused(gettext_noop("This step is not open at the moment."))
    words = conflict.strip()
    actor.declaration = Declaration.CONFLICT if words else Declaration.CLEAR
    actor.declared_at, actor.conflict = at, words
    # A team without its leader is seen at once; a leader with a conflict would hold the seat unseen.
    actor.is_leader = actor.is_leader and not words
    actor.save(update_fields=["declaration", "declared_at", "conflict", "is_leader", "updated_at"])
    act = "improvements.declare_conflict" if words else "improvements.declare_clear"
    record(actor, act, by=actor.user, office_id=feedback.office_id)
    if words:
        for organiser in queries.organisers_of(feedback):
            post_letter(**letters.feedback("conflict", feedback, to=organiser, person=actor.user).posted())
    return actor


# --- Own levels -----------------------------------------------------------------------------------------------------


@transaction.atomic
def save_scores(actor: FeedbackActor, pillar: Pillar, drafts: Mapping[str, ScoreDraft]) -> FeedbackActor:
    """Keep an actor's own levels and comments on one questionnaire, gaps included."""
    _feedback, actor = _scoring(actor)
    names = {item.identifier for item in pillar.items}
    known = queries.scores_of(actor)
    for name, draft in drafts.items():
        if name not in names:
            continue
        require_level(draft.level)
        score = known.get(name) or FeedbackScore(actor=actor, item=name)
        if (score.level, score.comment) != (draft.level, draft.comment.strip()):
            score.level, score.comment = draft.level, draft.comment.strip()
            score.save()
    return actor


@transaction.atomic
def hand_in_scores(actor: FeedbackActor, *, at: datetime) -> FeedbackActor:
    """Close an actor's own levels; every item must have one."""
    feedback, actor = _scoring(actor)
    if missing := queries.missing_scores_of(actor, queries.tree_of(feedback.scheme)):
        raise Refused(
            gettext_noop("Your level is still missing in %(count)s items: %(items)s."),
            count=len(missing),
            items=named(missing),
        )
    actor.handed_in_at = at
    actor.save(update_fields=["handed_in_at", "updated_at"])
    record(actor, "improvements.hand_in_levels", by=actor.user, office_id=feedback.office_id)
    return actor


# --- What several steps ask -----------------------------------------------------------------------------------------


def _composed(feedback: Feedback) -> Feedback:
    feedback = locked_feedback(feedback)
    if feedback.stage not in COMPOSING:
        raise Refused(gettext_noop("The team can no longer be changed."))
    return feedback


def _held(actor: FeedbackActor) -> tuple[Feedback, FeedbackActor]:
    """Feedback and actor as they stand now; the feedback is locked first, always."""
    feedback = _composed(actor.feedback)
    held = FeedbackActor.objects.select_for_update(of=("self",)).select_related("user").get(pk=actor.pk)
    held.feedback = feedback
    return feedback, held


def _scoring(actor: FeedbackActor) -> tuple[Feedback, FeedbackActor]:
    feedback, actor = _held(actor)
    _require_present(actor)
    if feedback.stage != Stage.SCORING or actor.handed_in_at is not None or actor.declaration != Declaration.CLEAR:
        raise Refused(gettext_noop("Your own levels are closed."))
    return feedback, actor


def _require_present(actor: FeedbackActor) -> None:
    if actor.removed_at is not None or actor.declaration == Declaration.CONFLICT:
        raise Refused(gettext_noop("This person is not in the team any more."))
