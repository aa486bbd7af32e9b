"""Agreed scores as measurements: what an office had, time after time, and how other offices changed meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from qms.assessments.models import Assessment, NodeResult
from qms.stats.agreement import spread_of
from qms.stats.disclosure import may_show

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.offices.models import Office

Window = tuple[date, date]  # from the first day to the last one


@dataclass(frozen=True, slots=True)
class NodeReading:
    """The agreed score of one node in one approved assessment, with the members' lowest and highest."""

    assessment: int
    title: str
    panel: str
    on: date
    score: Decimal
    lowest: Decimal | None
    highest: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class RegionChange:
    """How many other offices of the region were scored in both windows, and how they changed.

    Mean and deviation only over five or more; no office can be told from them.
    """

    count: int
    mean: Decimal | None = None
    deviation: Decimal | None = None


def readings_of(office: Office, framework: str, node: str) -> tuple[NodeReading, ...]:
    """The office's agreed scores of this node of this edition, by the day of approval, oldest first.

    Of assessments of the whole office alone: a unit's score is another thing.
    """
    rows = (
        NodeResult.objects.filter(
            assessment__in=Assessment.objects.approved().of_whole_offices().filter(office=office.pk),
            assessment__edition__code=framework,
            node=node,
            score__isnull=False,
        )
        .select_related("assessment")
        .order_by("assessment__approved_at", "assessment_id")
    )
    return tuple(_reading(row) for row in rows)


def _reading(row: NodeResult) -> NodeReading:
    assessment = row.assessment
    assert assessment.approved_at is not None  # noqa: S101  the database keeps it
    assert row.score is not None  # noqa: S101  asked for
    return NodeReading(
        assessment=assessment.pk,
        title=assessment.title,
        panel=assessment.panel,
        on=timezone.localdate(assessment.approved_at),
        score=row.score,
        lowest=row.lowest,
        highest=row.highest,
        count=row.count,
    )


def changes_in_region(
    office: Office, framework: str, node: str, *, before: Window, after: Window, without: Collection[int] = ()
) -> RegionChange:
    """How the other offices of the region changed at this node from one window to the other, as one figure.

    Of each office the last score in either window counts. Offices that share nothing are left out, and so are those
    named in `without`.
    """
    results = (
        NodeResult.objects.filter(
            assessment__in=Assessment.objects.approved()
            .of_whole_offices()
            .exclude(benchmark_consent=Assessment.Consent.NOTHING),
            assessment__edition__code=framework,
            assessment__office__region=office.region_id,
            node=node,
            score__isnull=False,
        )
        .exclude(assessment__office__in={office.pk, *without})
        .order_by("assessment__approved_at", "assessment_id")
    )
    first, second = (_last_scores(results, window) for window in (before, after))
    spread = spread_of(second[other] - score for other, score in first.items() if other in second)
    if spread is None or not may_show(spread.n):
        return RegionChange(0 if spread is None else spread.n)
    return RegionChange(spread.n, spread.mean, spread.deviation)


def _last_scores(results: QuerySet[NodeResult], window: Window) -> dict[int, Decimal]:
    """Of each office the last score approved in the window."""
    rows = results.filter(assessment__approved_at__date__range=window)
    # In the order of approval: the later score stands in the earlier one's place.
    return {office: score for office, score in rows.values_list("assessment__office", "score") if score is not None}
