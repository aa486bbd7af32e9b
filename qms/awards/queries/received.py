"""What was submitted: receipts for the office, and what organisers see before and after the closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from qms.accounts.models import User
from qms.awards.models import Annex, Application, Category, Round, Submission
from qms.awards.models.round import in_order

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

State = Application.State


@dataclass(frozen=True, slots=True)
class Counted:
    """How many applications a category has: begun, submitted, withdrawn."""

    category: Category
    drafts: int
    submitted: int
    withdrawn: int


def submissions_of(application: Application) -> QuerySet[Submission]:
    """All that was submitted, the newest first; it alone counts."""
    rows = Submission.objects.filter(application=application).select_related("submitted_by")
    return rows.order_by("-ordinal")


def last_submission(application: Application) -> Submission | None:
    """What counts: the last submission."""
    return submissions_of(application).first()


def counts_of(round: Round) -> tuple[Counted, ...]:  # noqa: A002  the word of the awards
    """How many there are by category; no office is named."""
    rows = in_order(round.categories).annotate(
        drafts=Count("applications", filter=Q(applications__state=State.DRAFT)),
        submitted=Count("applications", filter=Q(applications__state__in=(State.SUBMITTED, State.REOPENED))),
        withdrawn=Count("applications", filter=Q(applications__state=State.WITHDRAWN)),
    )
    return tuple(Counted(row, row.drafts, row.submitted, row.withdrawn) for row in rows)


def received_in(
    round: Round,  # noqa: A002  the word of the awards
    user: User | AnonymousUser,
    at: datetime,
) -> QuerySet[Application]:
    """The round's applications for its organiser, unsealed, by number; each with when it came (`came_at`)."""
    came = Submission.objects.filter(application=OuterRef("pk")).order_by("-ordinal").values("submitted_at")[:1]
    rows = Application.objects.for_organiser(user, at).filter(category__round=round)
    rows = rows.select_related("category", "office__region").annotate(
        came_at=Subquery(came), times=Count("submissions")
    )
    return rows.order_by("number", "pk")


def annexes_open_to(user: User | AnonymousUser, at: datetime) -> QuerySet[Annex]:
    """Annexes of the person's own applications, and those that organisers received."""
    own = Application.objects.visible_to(user).values("pk")
    received = Application.objects.for_organiser(user, at).values("pk")
    rows = Annex.objects.filter(Q(application__in=own) | Q(application__in=received))
    return rows.select_related("application__category__round__programme", "application__office")


def was_submitted(annex: Annex) -> bool:
    """Whether the annex is part of what counts."""
    last = last_submission(annex.application)
    return last is not None and any(one["pk"] == annex.pk for one in last.content["annexes"])
