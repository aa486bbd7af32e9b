"""External feedbacks as the list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q

from qms.improvements.models import Feedback, FeedbackActor

if TYPE_CHECKING:
    from qms.accounts.models import User


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One feedback, how many answers it has, and the person's own seat in its team."""

    feedback: Feedback
    answered: int
    seat: FeedbackActor | None


def feedbacks_for(user: User) -> tuple[FeedbackLine, ...]:
    """Those that the person may see, the newest first; three queries however many there are."""
    rows: Any = (
        Feedback.objects.visible_to(user)
        .select_related("office", "scheme", "assessment", "plan")
        .annotate(answered=Count("answers", filter=Q(answers__level__isnull=False), distinct=True))
        .order_by(F("submitted_at").desc(nulls_first=True), "-pk")
    )
    seats = {seat.feedback_id: seat for seat in FeedbackActor.objects.filter(user=user.pk, removed_at__isnull=True)}
    return tuple(FeedbackLine(row, row.answered, seats.get(row.pk)) for row in rows)
