"""The way of a practice after writing: handed in, taken back, reviewed, published or returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import post_letter
from qms.goodpractices import letters
from qms.goodpractices.domain.draft import NO_UPLOADS, PracticeDraft, Uploads
from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.queries.people import reviewers_of, writers_of
from qms.lifecycle import Refused, gettext_noop

from .locking import locked_practice
from .writing import save_practice

NOT_OPEN = gettext_noop("This step is not open at the moment.")
WITHHELD = gettext_noop(
    "The office withdrew its consent to share the self-assessment this practice comes from. It can be written on and "
    "saved; it is handed in and published again once the office shares the self-assessment."
)


@transaction.atomic
def submit_practice(practice: PracticePage, *, by: User) -> PracticePage:
    """Hand the latest version to the reviewers; until they decide nobody changes it."""
    held = locked_practice(practice)
    if held.archived_at is not None or held.workflow_in_progress or not held.has_unpublished_changes:
        raise Refused(NOT_OPEN)
    require_shared(held)
    latest = latest_of(held)
    require_complete(draft_of(latest))
    workflow, state = held.get_workflow(), held.current_workflow_state
    if workflow is None:
        raise Refused(gettext_noop("Nobody reviews practices yet. Please tell the administrator."))
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    else:
        workflow.start(held, by)
    record(held, "goodpractices.submit", by=by, office_id=held.office_id, revision=held.latest_revision_id)
    for reviewer in reviewers_of(held.office):
        post_letter(**letters.submitted(held, title=latest.title, by=by, to=reviewer).posted())
    return held


@transaction.atomic
def hand_in_practice(
    practice: PracticePage, *, draft: PracticeDraft, revision: int | None, by: User, uploads: Uploads = NO_UPLOADS
) -> PracticePage:
    """Save this version and hand it in; neither happens when one of them is refused."""
    save_practice(practice, draft=draft, revision=revision, by=by, uploads=uploads)
    return submit_practice(practice, by=by)


@transaction.atomic
def withdraw_practice(practice: PracticePage, *, by: User) -> PracticePage:
    """Take the practice back from the reviewers to go on writing."""
    held = locked_practice(practice)
    _waiting(held).cancel(user=by)
    record(held, "goodpractices.withdraw", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def review_practice(
    practice: PracticePage, *, outcome: str, marks: Mapping[str, int], comment: str, by: User, at: datetime
) -> Review:
    """Publish what was handed in or return it with remarks; the office is told either way."""
    held = locked_practice(practice)
    state = _waiting(held)
    comment = comment.strip()
    if outcome == Review.Outcome.RETURNED and not comment:
        raise Refused(gettext_noop("Write what the office should mend."))
    if outcome == Review.Outcome.PUBLISHED:
        require_shared(held)
    task_state = state.current_task_state
    latest = latest_of(held)
    review = Review.objects.create(
        practice=held, revision=task_state.revision, reviewer=by, comment=comment, outcome=outcome, **marks
    )
    # The office gets our own letter in its language; nobody is left to whom Wagtail would write another one.
    state.requested_by = None
    state.save(update_fields=["requested_by"])
    if outcome == Review.Outcome.PUBLISHED:
        task_state.approve(user=by, update=False, comment=comment)
        # Reviewers hold no rights of Wagtail's own: the workflow itself publishes.
        state.update(user=None)
        # What a version remembers of these days and of the archive is older than the decision.
        today = timezone.localdate(at)
        rows = PracticePage.objects.filter(pk=held.pk)
        rows.update(confirmed_on=today, asked_on=None, archived_at=None, archived_reason="")
        verb, letter = "goodpractices.publish", letters.published
    else:
        task_state.reject(user=by, update=False, comment=comment)
        state.update(user=by)
        verb, letter = "goodpractices.return", letters.returned
    record(held, verb, by=by, office_id=held.office_id, revision=task_state.revision_id)
    for reader in writers_of(held):
        post_letter(**letter(held, title=latest.title, reason=comment, to=reader).posted())
    return review


def require_complete(draft: PracticeDraft) -> None:
    """Nothing, or a refusal where a part is missing without which nobody can judge the practice."""
    if not (draft.summary.strip() and draft.criteria and draft.problem.strip() and draft.steps):
        raise Refused(
            gettext_noop("Before handing in, write the summary, choose a criterion, tell the trouble and the steps.")
        )


def require_shared(practice: PracticePage) -> None:
    """Nothing, or a refusal while the office does not share what the practice comes from."""
    if practice.withheld_at is not None:
        raise Refused(WITHHELD)


def _waiting(practice: PracticePage) -> WorkflowState:
    state = practice.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(gettext_noop("The practice does not wait for a review any more."))
    return state
