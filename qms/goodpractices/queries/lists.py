"""Lists of those who write and of those who review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from qms.accounts.models import User
from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.models.practice import PracticeQuerySet
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of

from .confirming import to_confirm

DRAFT, WAITING, RETURNED, PUBLISHED, ARCHIVED, WITHHELD = (
    "draft",
    "waiting",
    "returned",
    "published",
    "archived",
    "withheld",
)


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice as its office sees it: how far it is, and what the reviewer said last."""

    practice: PracticePage
    state: str
    has_new_version: bool
    remark: str
    saved_at: datetime | None
    to_confirm: bool


def returned_keys() -> QuerySet[Any, Any]:
    """Keys of practices that a reviewer gave back."""
    return _in_state(WorkflowState.STATUS_NEEDS_CHANGES)


def practices_of(office: Office, *, on: date) -> tuple[PracticeRow, ...]:
    """All practices of this office, the one saved last first."""
    said = Review.objects.filter(practice=OuterRef("pk"), outcome=Review.Outcome.RETURNED).order_by("-pk")
    found = PracticePage.objects.filter(office=office).select_related("locale", "owner", "office")
    found = found.annotate(remark=Subquery(said.values("comment")[:1])).defer_streamfields()
    # Every right of the list asks whether a review is under way: once for all of them. Wagtail's own
    # prefetch_workflow_states() finds nothing for pages that were read as what they are.
    active = Prefetch("_specific_workflow_states", WorkflowState.objects.active(), to_attr="_current_workflow_states")
    found = found.prefetch_related(active)
    waiting = set(PracticePage.objects.in_review().filter(office=office).values_list("pk", flat=True))
    returned = set(PracticePage.objects.filter(office=office, pk__in=returned_keys()).values_list("pk", flat=True))
    old = set(to_confirm(on).filter(office=office).values_list("pk", flat=True))
    rows = []
    for practice in found.order_by("-latest_revision_created_at", "-pk"):
        state = _state(practice, waiting=practice.pk in waiting, returned=practice.pk in returned)
        rows.append(
            PracticeRow(
                practice,
                state,
                has_new_version=practice.live and practice.has_unpublished_changes,
                remark=practice.remark or "" if state == RETURNED else "",
                saved_at=practice.latest_revision_created_at,
                to_confirm=practice.pk in old,
            )
        )
    return tuple(rows)


def to_review(user: User) -> PracticeQuerySet:
    """Practices that wait for this person's review, the longest waiting first."""
    held = roles_of(user)
    own = Q() if held.has(roles.NATIONAL_COORDINATOR) else Q(office__region__in=held.regions)
    waiting = PracticePage.objects.in_review().filter(own).exclude(office__in=held.offices())
    found: PracticeQuerySet = waiting.select_related("office__region", "locale", "owner").order_by(
        "latest_revision_created_at", "pk"
    )
    return found


def versions_of(practice: PracticePage) -> Sequence[Any]:
    """The saved versions, newest first, each with who saved it."""
    return list(practice.revisions.select_related("user").defer("content").order_by("-created_at", "-pk"))


def _state(practice: PracticePage, *, waiting: bool, returned: bool) -> str:
    if practice.archived_at is not None:
        return ARCHIVED
    if waiting or returned:
        return WAITING if waiting else RETURNED
    if practice.withheld_at is not None:
        return WITHHELD
    return PUBLISHED if practice.live else DRAFT


def _in_state(status: str) -> QuerySet[Any, Any]:
    kind = ContentType.objects.get_for_model(PracticePage)
    states = WorkflowState.objects.filter(content_type=kind, status=status)
    return states.annotate(waits=Cast("object_id", IntegerField())).values("waits")
