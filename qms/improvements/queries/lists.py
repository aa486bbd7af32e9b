"""The plans that a person may read, with how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from qms.assessments.models import Assessment
from qms.improvements.models import Plan

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.offices.models import Office


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan with its counts of actions."""

    plan: Plan
    actions: int
    done: int
    late: int


def plans_listed(user: User, *, on: date) -> QuerySet[Any]:
    """The plans that this person may read, newest first, counted; stopped actions do not count."""
    counted = ~Q(actions__status="stopped")
    late = Q(actions__status__in=("approved", "in_progress"), actions__due_on__lt=on)
    return (
        Plan.objects.visible_to(user)
        .select_related("office")
        .annotate(
            all_actions=Count("actions", filter=counted, distinct=True),
            done_actions=Count("actions", filter=Q(actions__status="done"), distinct=True),
            late_actions=Count("actions", filter=late, distinct=True),
        )
        .order_by("-year", "office__short_name", "-pk")
    )


def rows_of(plans: Iterable[Any]) -> tuple[PlanRow, ...]:
    """The counted plans as rows."""
    return tuple(PlanRow(plan, plan.all_actions, plan.done_actions, plan.late_actions) for plan in plans)


def plans_that_take_actions(office: Office) -> list[Plan]:
    """Where an action can be added now: drafts first, then running ones, the newest first."""
    plans = Plan.objects.filter(office=office, stage__in=("draft", "approved", "under_way"))
    found = plans.select_related("office", "assessment__edition").order_by("-year", "-pk")
    return sorted(found, key=lambda plan: plan.stage != Plan.Stage.DRAFT)


def latest_assessment(office: Office) -> Assessment | None:
    """The approved self-assessment of the whole office that was approved last."""
    approved = Assessment.objects.approved().of_whole_offices().filter(office=office)
    return approved.order_by("-approved_at", "-pk").first()
