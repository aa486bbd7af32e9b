"""The team's word on an external feedback: agreed levels, the visit, the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import post_letter
from qms.improvements import letters
from qms.improvements.domain import lifecycle
from qms.improvements.domain.feedback import AgreedDraft, Pillar, ReportDraft
from qms.improvements.models import Feedback, FeedbackActor, FeedbackAgreed
from qms.improvements.queries import feedback as queries
from qms.lifecycle import Refused, gettext_noop

from .feedback import locked_feedback, named, require_level, require_stage

Stage = Feedback.Stage
FEEDBACK_REPORT = "improvements.feedback_report"


def feedback_report_name(feedback: Feedback, language: str) -> str:
    """What the report of an external feedback is called, in its own language."""
    with translation.override(language):
        return gettext("Report of the external feedback, %(office)s (%(language)s)") % {
            "office": feedback.office.short_name,
            "language": language,
        }


@transaction.atomic
def save_agreed(feedback: Feedback, pillar: Pillar, drafts: Mapping[str, AgreedDraft], *, by: User) -> Feedback:
    """Keep what the team agreed on one questionnaire; only after everybody's own levels are in."""
    feedback = locked_feedback(feedback)
    require_stage(feedback, Stage.SCORING)
    _require_all_in(feedback)
    names = {item.identifier for item in pillar.items}
    known = queries.agreed_levels_of(feedback)
    for name, draft in drafts.items():
        if name not in names:
            continue
        require_level(draft.level)
        if draft.level is None:
            if draft.comment.strip():
                raise Refused(gettext_noop("A comment needs a level: %(item)s."), item=name)
            FeedbackAgreed.objects.filter(feedback=feedback, item=name).delete()
            continue
        agreed = known.get(name) or FeedbackAgreed(feedback=feedback, item=name)
        agreed.level, agreed.comment = draft.level, draft.comment.strip()
        agreed.save()
    record(feedback, "improvements.agree_levels", by=by, office_id=feedback.office_id, pillar=pillar.identifier)
    return feedback


@transaction.atomic
def save_report(feedback: Feedback, draft: ReportDraft, *, by: User) -> Feedback:
    """Keep visit, strengths and advice."""
    feedback = locked_feedback(feedback)
    require_stage(feedback, Stage.SCORING)
    if draft.visit_on and feedback.submitted_at and draft.visit_on < timezone.localdate(feedback.submitted_at):
        raise Refused(gettext_noop("The visit cannot come before the application."))
    feedback.visit_on = draft.visit_on
    feedback.visit_agenda, feedback.visit_notes = draft.visit_agenda.strip(), draft.visit_notes.strip()
    feedback.strengths, feedback.advice = draft.strengths.strip(), draft.advice.strip()
    fields = ["visit_on", "visit_agenda", "visit_notes", "strengths", "advice"]
    feedback.save(update_fields=[*fields, "updated_at"])
    record(feedback, "improvements.write_feedback", by=by, office_id=feedback.office_id)
    return feedback


@transaction.atomic
def hand_in_report(feedback: Feedback, *, by: User, at: datetime) -> Feedback:
    """Close the team's work: every item agreed, the visit held, strengths and advice written."""
    feedback = locked_feedback(feedback)
    lifecycle.FEEDBACK.require(feedback.stage, Stage.REPORTING)
    _require_all_in(feedback)
    if missing := queries.missing_agreements_of(feedback, queries.tree_of(feedback.scheme)):
        raise Refused(gettext_noop("Not agreed yet: %(items)s."), items=named(missing))
    if feedback.visit_on is None or feedback.visit_on > timezone.localdate(at):
        raise Refused(gettext_noop("The report is handed in after the visit. Write down its day first."))
    if not feedback.strengths or not feedback.advice:
        raise Refused(gettext_noop("Write strengths and advice first: the office gets them in the report."))
    feedback.stage, feedback.reported_at = Stage.REPORTING, at
    feedback.save(update_fields=["stage", "reported_at", "updated_at"])
    record(feedback, "improvements.report_feedback", by=by, office_id=feedback.office_id)
    for organiser in queries.organisers_of(feedback).exclude(pk__in=_seated(feedback)):
        post_letter(**letters.feedback("report", feedback, to=organiser).posted())
    return feedback


@transaction.atomic
def return_report(feedback: Feedback, *, reason: str, by: User) -> Feedback:
    """Give the report back to the team with a remark that stands in the history."""
    feedback = locked_feedback(feedback)
    if feedback.stage != Stage.REPORTING or not reason.strip():
        raise Refused(gettext_noop("Write what the team should look at again."))
    feedback.stage, feedback.reported_at = Stage.SCORING, None
    feedback.save(update_fields=["stage", "reported_at", "updated_at"])
    record(feedback, "improvements.return_feedback", by=by, office_id=feedback.office_id, reason=reason.strip())
    return feedback


def _require_all_in(feedback: Feedback) -> None:
    if waiting := queries.waiting_for(feedback):
        raise Refused(
            gettext_noop("The own levels of these actors are not in yet: %(people)s."),
            people=", ".join(actor.user.name for actor in waiting),
        )


def _seated(feedback: Feedback) -> list[int]:
    seats = FeedbackActor.objects.filter(feedback=feedback, removed_at__isnull=True)
    return list(seats.values_list("user_id", flat=True))
