"""Approved self-assessments in bulk: the rows that approval leaves behind, without the way there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from qms.assessments.models import Assessment, NodeResult, Snapshot
from tests.factories import assessments
from tests.factories.accounts import make_user
from tests.factories.offices import make_office, make_region

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
_numbers = count(1)


def make_report(
    office: Any,
    scores: Mapping[str, int],
    *,
    consent: str = "anonymous",
    reasons: Mapping[str, str] | None = None,
    previous: Assessment | None = None,
    **more: Any,
) -> Assessment:
    """An approved self-assessment with these agreed scores, each made later than the one before."""
    by = make_user()
    facts = {"title": "Self-assessment", "year": 2026, "panel": "fine-tuned", "stage": "approved", **more}
    at = facts.pop("approved_at", MONDAY + timedelta(minutes=next(_numbers)))
    edition = assessments.make_edition(facts.pop("edition", "small-2020"))
    report = Assessment.objects.create(
        office=office,
        edition=edition,
        benchmark_consent=consent,
        approved_at=at,
        opened_by=by,
        previous=previous,
        **facts,
    )
    NodeResult.objects.bulk_create(
        NodeResult(
            assessment=report, node=node, score=Decimal(score), count=3, lowest=max(0, score - 5), highest=score + 5
        )
        for node, score in scores.items()
    )
    told = [{"id": node, "reason": (reasons or {}).get(node, "")} for node in scores]
    content = {"nodes": told, "previous": _figures(previous)}
    Snapshot.objects.create(assessment=report, content=content, sha256="0" * 64, approved_by=by, approved_at=at)
    return report


def make_reports(scores: Mapping[str, int], *, offices: int, **more: Any) -> list[Assessment]:
    """So many offices of one region with the same scores."""
    region = make_region()
    return [make_report(make_office(region=region), scores, **more) for _office in range(offices)]


def _figures(previous: Assessment | None) -> dict[str, Any] | None:
    if previous is None:
        return None
    scores = NodeResult.objects.filter(assessment=previous).values_list("node", "score")
    return {"assessment": previous.pk, "year": previous.year, "nodes": {node: str(score) for node, score in scores}}
