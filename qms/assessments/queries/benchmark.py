"""What other offices reached, without telling which office reached what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from qms.assessments.models import Assessment, CriterionResult, NodeResult
from qms.stats.agreement import median_of
from qms.stats.disclosure import MINIMUM, may_show


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Medians of other offices; a figure that fewer than five offices have is left out."""

    offices: int
    nodes: Mapping[str, Decimal]
    criteria: Mapping[str, Decimal]
    total: Decimal | None


def benchmark_of(assessment: Assessment) -> Benchmark | None:
    """The medians of other consenting offices' latest approved assessments of this edition; never of under five."""
    others = (
        Assessment.objects.approved()
        .of_whole_offices()
        .filter(edition=assessment.edition_id)
        .latest_of_each_office()
        .exclude(office=assessment.office_id)
        .exclude(benchmark_consent=Assessment.Consent.NOTHING)
    )
    found = list(others.order_by().values_list("pk", flat=True))
    if not may_show(len(found)):
        return None
    rows = NodeResult.objects.filter(assessment__in=found, score__isnull=False)
    totals = CriterionResult.objects.filter(assessment__in=found, score__isnull=False)
    criteria = _medians(totals, "criterion")
    total = criteria.pop(CriterionResult.TOTAL, None)
    return Benchmark(len(found), _medians(rows, "node"), criteria, total)


def _medians(rows: QuerySet[Any], name: str) -> dict[str, Decimal]:
    """The median under each name; the database ranks the scores and hands over only the one or two in the middle.

    Neither database has an exact median of decimals, so the half-way between two is reckoned here.
    """
    ranked = rows.annotate(
        twice=Window(RowNumber(), partition_by=F(name), order_by=F("score").asc()) * 2,
        scores=Window(Count("pk"), partition_by=F(name)),
    ).filter(scores__gte=MINIMUM, twice__gte=F("scores"), twice__lte=F("scores") + 2)
    middle: dict[str, list[Decimal]] = defaultdict(list)
    for found, score in ranked.order_by(name, "score").values_list(name, "score"):
        middle[found].append(score)
    return {found: median_of(scores) for found, scores in middle.items()}
