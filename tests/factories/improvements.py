"""Plans, actions and findings, made straight in the database; acts of people are left to the services."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from qms.improvements.models import Action, Finding, Plan

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def make_plan(office: Any, *, by: Any, stage: str = "draft", **more: Any) -> Plan:
    """A plan of this office in this stage."""
    approved = {"approved_at": MONDAY} if stage in ("approved", "under_way", "closed") else {}
    facts = {"title": "Improvement plan", "year": 2026, "opened_by": by, "stage": stage, **approved, **more}
    return Plan.objects.create(office=office, **facts)


def make_action(plan: Plan, *, by: Any, title: str = "Plain words in letters", **more: Any) -> Action:
    """An action of this plan with the next number, from March to June."""
    number = plan.actions.count() + 1
    facts = {"start_on": date(2026, 3, 2), "due_on": date(2026, 6, 30), "added_by": by, **more}
    return Action.objects.create(plan=plan, number=number, title=title, **facts)


def make_finding(office: Any, *, by: Any, title: str = "Letters are hard to read", **more: Any) -> Finding:
    """A finding that somebody typed."""
    key = more.pop("key", f"own:{Finding.objects.count() + 1}")
    return Finding.objects.create(office=office, title=title, key=key, added_by=by, **more)
