"""What other offices reached, without telling which office reached what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qms.assessments.models import Assessment, CriterionResult, NodeResult
from qms.stats.disclosure import may_show, median_of_at_least_five


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
    offices = others.count()
    if not may_show(offices):
        return None
    rows = NodeResult.objects.filter(assessment__in=others.values("pk"), score__isnull=False)
    totals = CriterionResult.objects.filter(assessment__in=others.values("pk"), score__isnull=False)
    criteria = _medians(totals.values_list("criterion", "score"))
    total = criteria.pop(CriterionResult.TOTAL, None)
    return Benchmark(offices, _medians(rows.values_list("node", "score")), criteria, total)


def _medians(rows: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    scores: dict[str, list[Decimal | None]] = defaultdict(list)
    for name, score in rows:
        scores[name].append(score)
    medians = {name: median_of_at_least_five(values) for name, values in scores.items()}
    return {name: value for name, value in medians.items() if value is not None}
