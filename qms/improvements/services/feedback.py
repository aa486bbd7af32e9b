"""An office's external feedback: applied for, answered, agreed by the team, reported, decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.core.audit import record
from qms.core.services import post_letter
from qms.improvements import letters
from qms.improvements.domain import lifecycle
from qms.improvements.domain.feedback import AnswerDraft, Pillar
from qms.improvements.domain.feedback.scheme import LEVELS
from qms.improvements.models import Feedback, FeedbackAnswer, Plan
from qms.improvements.queries import feedback as queries
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import directors_of, leads_of
from qms.ui.numbers import day

Stage = Feedback.Stage
MOST_NAMED = 8
TAKEN = gettext_noop("There is an external feedback on this self-assessment already.")


def locked_feedback(feedback: Feedback) -> Feedback:
    """The feedback as it stands now, held until the transaction ends."""
    return (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("office", "scheme", "assessment", "plan")
        .get(pk=feedback.pk)
    )


# --- The applicant --------------------------------------------------------------------------------------------------


@transaction.atomic
def open_feedback(
    assessment: Assessment, *, by: User, at: datetime, contact: str = "", motivation: str = ""
) -> Feedback:
    """A new application with the questionnaires in use; only inside the window after the report's approval."""
    scheme = queries.current_scheme()
    if scheme is None:
        raise Refused(gettext_noop("No questionnaires of external feedback are loaded yet. Ask the administrator."))
    found = queries.candidates_of(assessment.office, queries.tree_of(scheme), on=timezone.localdate(at))
    candidate = next((each for each in found if each.assessment.pk == assessment.pk), None)
    if candidate is None:
        raise Refused(gettext_noop("Only an approved self-assessment can be looked at from outside."))
    plan = require_open(candidate)
    try:
        with transaction.atomic():
            feedback = Feedback.objects.create(
                office=assessment.office,
                scheme=scheme,
                assessment=assessment,
                plan=plan,
                contact=contact.strip(),
                motivation=motivation.strip(),
                opened_by=by,
            )
    except IntegrityError as twice:
        raise Refused(TAKEN) from twice
    record(feedback, "improvements.open_feedback", by=by, office_id=feedback.office_id)
    return feedback


def require_open(candidate: queries.Candidate) -> Plan:
    """The plan that goes with the application, or why one may not apply with this self-assessment today."""
    if candidate.state == "taken":
        raise Refused(TAKEN)
    _require_window(candidate.opens_on, candidate.closes_on, candidate.on)
    if candidate.plan is None:
        raise Refused(
            gettext_noop("The office needs an improvement plan that is approved or under way before it applies.")
        )
    return candidate.plan


def _require_window(opens_on: date, closes_on: date, on: date) -> None:
    if on < opens_on:
        raise Refused(
            gettext_noop(
                "It is too early: with this self-assessment the office may apply from %(opens)s to %(closes)s."
            ),
            opens=day(opens_on),
            closes=day(closes_on),
        )
    if on > closes_on:
        raise Refused(
            gettext_noop(
                "It is too late: with this self-assessment the office could apply from %(opens)s to %(closes)s."
                " The next one opens with the next approved self-assessment."
            ),
            opens=day(opens_on),
            closes=day(closes_on),
        )


@transaction.atomic
def change_feedback(feedback: Feedback, *, contact: str, motivation: str, by: User) -> Feedback:
    """Another contact person or other words on why the office applies."""
    feedback = locked_feedback(feedback)
    require_stage(feedback, Stage.DRAFT)
    feedback.contact, feedback.motivation = contact.strip(), motivation.strip()
    feedback.save(update_fields=["contact", "motivation", "updated_at"])
    record(feedback, "improvements.change_feedback", by=by, office_id=feedback.office_id)
    return feedback


@transaction.atomic
def save_answers(feedback: Feedback, pillar: Pillar, drafts: Mapping[str, AnswerDraft], *, by: User) -> Feedback:
    """Keep what the applicant wrote on the items of one questionnaire, gaps included."""
    feedback = locked_feedback(feedback)
    require_stage(feedback, Stage.DRAFT)
    names = {item.identifier for item in pillar.items}
    known = queries.answers_of(feedback)
    for name, draft in drafts.items():
        if name not in names:
            continue
        require_level(draft.level)
        answer = known.get(name) or FeedbackAnswer(feedback=feedback, item=name)
        was = (answer.level, answer.text, answer.evidence)
        now = (draft.level, draft.text.strip(), draft.evidence.strip())
        if was != now:
            answer.level, answer.text, answer.evidence = now
            answer.save()
    feedback.save(update_fields=["updated_at"])
    return feedback


@transaction.atomic
def submit_feedback(feedback: Feedback, *, by: User, at: datetime) -> Feedback:
    """Apply: every item must be answered and the window still open; from here on the answers are fixed."""
    feedback = locked_feedback(feedback)
    lifecycle.FEEDBACK.require(feedback.stage, Stage.SUBMITTED)
    scheme = queries.tree_of(feedback.scheme)
    if missing := queries.missing_answers_of(feedback, scheme):
        raise Refused(
            gettext_noop("A level and a text are still missing in %(count)s items: %(items)s."),
            count=len(missing),
            items=named(missing),
        )
    if feedback.assessment.approved_at is not None:
        approved_on = timezone.localdate(feedback.assessment.approved_at)
        periods = scheme.periods
        _require_window(periods.opens_on(approved_on), periods.closes_on(approved_on), timezone.localdate(at))
    feedback.stage, feedback.submitted_at = Stage.SUBMITTED, at
    feedback.save(update_fields=["stage", "submitted_at", "updated_at"])
    record(feedback, "improvements.submit_feedback", by=by, office_id=feedback.office_id)
    for organiser in queries.organisers_of(feedback):
        post_letter(**letters.feedback("submitted", feedback, to=organiser).posted())
    return feedback


@transaction.atomic
def withdraw_feedback(feedback: Feedback, *, by: User) -> Feedback:
    """Take the application back; nothing is deleted, and the self-assessment is free for another one."""
    feedback = locked_feedback(feedback)
    lifecycle.FEEDBACK.require(feedback.stage, Stage.WITHDRAWN)
    feedback.stage = Stage.WITHDRAWN
    feedback.save(update_fields=["stage", "updated_at"])
    record(feedback, "improvements.withdraw_feedback", by=by, office_id=feedback.office_id)
    return feedback


# --- The decision ---------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_feedback(feedback: Feedback, *, has_label: bool, reason: str, by: User, at: datetime) -> Feedback:
    """Give the label or not; against what the profile says only with a reason. The label ends after its period."""
    feedback = locked_feedback(feedback)
    lifecycle.FEEDBACK.require(feedback.stage, Stage.DECIDED)
    met = queries.profile_of(feedback).met
    if has_label != met and not reason.strip():
        raise Refused(
            gettext_noop("The profile is met. Say why the label is not given.")
            if met
            else gettext_noop("The profile is not met. Say why the label is given all the same.")
        )
    on = timezone.localdate(at)
    feedback.stage, feedback.has_label, feedback.decision_reason = Stage.DECIDED, has_label, reason.strip()
    feedback.decided_by, feedback.decided_on = by, on
    feedback.valid_until = queries.tree_of(feedback.scheme).periods.label_until(on) if has_label else None
    fields = ["stage", "has_label", "decision_reason", "decided_by", "decided_on", "valid_until"]
    feedback.save(update_fields=[*fields, "updated_at"])
    record(feedback, "improvements.decide_feedback", by=by, office_id=feedback.office_id, has_label=has_label, met=met)
    readers = {person.pk: person for person in (*leads_of(feedback.office), *directors_of(feedback.office))}
    for reader in readers.values():
        post_letter(**letters.feedback("decision", feedback, to=reader).posted())
    return feedback


# --- What several steps ask -----------------------------------------------------------------------------------------


def named(items: tuple[str, ...]) -> str:
    """The first items by name, and that there are more."""
    more = ["…"] if len(items) > MOST_NAMED else []
    return ", ".join([*items[:MOST_NAMED], *more])


def require_stage(feedback: Feedback, stage: str) -> None:
    if feedback.stage != stage:
        raise Refused(gettext_noop("This step is not open at the moment."))


def require_level(level: int | None) -> None:
    if level is not None and level not in LEVELS:
        raise Refused(gettext_noop("A level is a number from 1 to 5."))
