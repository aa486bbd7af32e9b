"""Indicators, values and approved scores for the tests of effects, straight in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from qms.assessments.models import Assessment, NodeResult
from qms.improvements.models import Action, Indicator, Reading
from tests.factories.assessments import make_edition
from tests.factories.improvements import make_action, make_plan
from tests.factories.offices import make_office

START, DUE = date(2025, 3, 1), date(2025, 8, 31)
BEFORE, AFTER = date(2024, 11, 5), date(2026, 1, 12)
NODE = "1.1"


def make_done(office: Any, *, by: Any, **more: Any) -> Action:
    """A finished action of a plan under way."""
    plan = more.pop("plan", None) or make_plan(office, by=by, stage="under_way")
    facts = {"status": "done", "start_on": START, "due_on": DUE, "done_on": DUE, "owner": by, **more}
    return make_action(plan, by=by, **facts)


def make_indicator(action: Action, **more: Any) -> Indicator:
    """Days of waiting: fewer are better, two matter."""
    facts = {"title": "Days of waiting", "unit": "days", "better": "lower", "least_change": Decimal(2), **more}
    return Indicator.objects.create(action=action, position=action.indicators.count(), **facts)


def make_reading(indicator: Indicator, on: date, value: Any, *, by: Any, **more: Any) -> Reading:
    return Reading.objects.create(indicator=indicator, on=on, value=Decimal(str(value)), added_by=by, **more)


def measured(action: Action, before: Any, after: Any, *, by: Any, **more: Any) -> Indicator:
    """An indicator with one value before and one after."""
    indicator = make_indicator(action, **more)
    make_reading(indicator, BEFORE, before, by=by)
    make_reading(indicator, AFTER, after, by=by)
    return indicator


def score(office: Any, on: date, points: int | None, *, by: Any, node: str = NODE, **more: Any) -> Assessment:
    """An approved assessment of the small framework that agreed on these points."""
    facts = {"panel": "fine-tuned", "benchmark_consent": "anonymous", "title": f"Self-assessment {on.year}", **more}
    assessment = Assessment.objects.create(
        office=office,
        edition=make_edition(),
        year=on.year,
        stage="approved",
        approved_at=datetime(on.year, on.month, on.day, 10, tzinfo=UTC),
        opened_by=by,
        **facts,
    )
    low, high = (None, None) if points is None else (points - 10, points + 10)
    NodeResult.objects.create(assessment=assessment, node=node, score=points, count=5, lowest=low, highest=high)
    return assessment


def neighbours(region: Any, changes: list[int], *, by: Any, **more: Any) -> list[Any]:
    """Other offices of the region that changed by so many points meanwhile."""
    offices = []
    for change in changes:
        office = make_office(region=region)
        score(office, BEFORE, 50, by=by, **more)
        score(office, AFTER, 50 + change, by=by, **more)
        offices.append(office)
    return offices


def scored_indicator(action: Action, **more: Any) -> Indicator:
    """The agreed score of a subcriterion."""
    facts = {"title": "Score of 1.1", "source": "assessment", "framework": "small-2020", "node": NODE, **more}
    return Indicator.objects.create(action=action, **facts)
