"""What is printed of a plan: its frozen or its present content, how it stands, and the files that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qms.assessments.domain.snapshot import digest
from qms.improvements.models import Plan, PlanSnapshot
from qms.offices import permissions as offices
from qms.pdf.models import Rendering

from .content import content_of_plan
from .plans import ActionRow, plan_view

if TYPE_CHECKING:
    from qms.accounts.models import User

APPROVED, TODAY = "approved", "today"


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """The content of a plan in JSON's own types; with `standing`, how far each action was on the day."""

    plan: Plan
    content: Mapping[str, Any]
    moment: datetime
    on: date
    approved_by: str = ""
    approved_at: datetime | None = None
    sha256: str = ""
    is_frozen: bool = False
    standing: Mapping[int, ActionRow] = field(default_factory=dict)


def approved_plan(plan: Plan) -> PrintedPlan | None:
    """The plan as its director approved it; none while nobody has."""
    snapshot = PlanSnapshot.objects.select_related("approved_by").filter(plan=plan).first()
    if snapshot is None:
        return None
    return PrintedPlan(
        plan=plan,
        content=snapshot.content,
        moment=snapshot.approved_at,
        on=timezone.localdate(snapshot.approved_at),
        approved_by=snapshot.approved_by.name,
        approved_at=snapshot.approved_at,
        sha256=snapshot.sha256,
        is_frozen=True,
    )


def present_plan(plan: Plan, *, at: datetime) -> PrintedPlan:
    """The plan as it stands, with what has been done until this moment."""
    today = timezone.localdate(at)
    view = plan_view(plan, on=today)
    return PrintedPlan(
        plan=plan,
        content=content_of_plan(plan),
        moment=at,
        on=today,
        approved_by=view.approved_by,
        approved_at=plan.approved_at,
        standing={row.action.pk: row for row in view.rows},
    )


def is_whole(printed: PrintedPlan) -> bool:
    """Whether frozen content still has its fingerprint."""
    return not printed.is_frozen or digest(printed.content) == printed.sha256


def files_of(plan: Plan, user: User) -> list[Rendering]:
    """The printed files of the plan, newest first; who does not work in the office sees none made before approval."""
    files = Rendering.objects.about(plan).order_by("-pk")
    if not offices.works_in(user, plan.office):
        files = files.filter(created_at__gte=plan.approved_at) if plan.approved_at else files.none()
    return list(files)
