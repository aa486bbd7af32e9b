"""Who was told what when, and who is still to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from qms.awards.models import Round
from qms.awards.models.application import HEADS
from qms.jury.models import Decision
from qms.laureates.models import FeedbackReport, Telling
from qms.offices.models import Membership

from .results import decisions_in


@dataclass(frozen=True, slots=True)
class Line:
    """One application with its decision, when its office was told, and whether anybody there can be told."""

    decision: Decision
    in_confidence_at: datetime | None = None
    told_at: datetime | None = None
    is_headed: bool = True

    @property
    def waits_for_heads(self) -> bool:
        """Whether the result cannot be told, as the office has neither a director nor a quality lead."""
        return self.told_at is None and not self.is_headed

    @property
    def can_be_told(self) -> bool:
        """Whether the result was not told and somebody is there to read it."""
        return self.told_at is None and self.is_headed


def lines_of(found: Round) -> tuple[Line, ...]:
    """All decisions of the round that stand, laureates first; in two queries."""
    told: dict[tuple[int, str], datetime] = {
        (one.application_id, one.kind): one.told_at
        for one in Telling.objects.filter(application__category__round=found)
    }
    lines = [
        Line(
            one,
            told.get((one.application_id, Telling.Kind.EMBARGO)),
            told.get((one.application_id, Telling.Kind.RESULT)),
            one.is_headed,
        )
        for one in decisions_in(found).annotate(is_headed=is_headed())
    ]
    return tuple(sorted(lines, key=lambda line: line.decision.prize_id is None))


def is_headed() -> Exists:
    """Whether the office that a decision is about has a director or a quality lead, as `heads_of` finds them."""
    heads = Membership.objects.active().in_role(*HEADS).filter(user__is_active=True)
    return Exists(heads.filter(office=OuterRef("application__office")))


def untold(rows: QuerySet[Decision], kind: Telling.Kind) -> QuerySet[Decision]:
    """Those of these decisions whose offices were not told this."""
    return rows.exclude(_told(kind))


def with_new_report(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those whose offices know the result and were not told that their report is approved."""
    return untold(rows, Telling.Kind.REPORT).filter(_told(Telling.Kind.RESULT), has_report())


def has_report() -> Exists:
    """Whether the report on the application of a decision is approved."""
    approved = FeedbackReport.objects.filter(state=FeedbackReport.State.APPROVED)
    return Exists(approved.filter(application=OuterRef("application")))


def _told(kind: Telling.Kind) -> Exists:
    return Exists(Telling.objects.filter(application=OuterRef("application"), kind=kind))
