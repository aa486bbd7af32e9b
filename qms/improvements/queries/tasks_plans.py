"""Tasks of who keeps plans and of who approves them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from qms.assessments.models import Assessment
from qms.improvements.models import Action, Plan
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task

if TYPE_CHECKING:
    from qms.accounts.models import User


def plan_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Plans to send, to approve and to review, later actions to approve, and reports without any plan."""
    return (*_as_director(user), *_as_lead(user, at))


def _as_director(user: User) -> Iterator[Task]:
    offices = roles_of(user).offices(roles.DIRECTOR)
    waiting = Plan.objects.filter(office__in=offices, stage=Plan.Stage.APPROVAL).annotate(count=Count("actions"))
    for plan in waiting.select_related("office"):
        text = gettext("Read the improvement plan and approve it")
        detail = ngettext("%(count)s action", "%(count)s actions", plan.count) % {"count": plan.count}
        yield Task("approve_plan", text, detail, plan.office, None, _url("plan-approve", plan.pk))

    later = Action.objects.filter(
        status=Action.Status.PROPOSED, plan__office__in=offices, plan__stage__in=("approved", "under_way")
    )
    for action in later.select_related("plan__office").order_by("plan", "number"):
        text = gettext("Approve the action %(code)s or talk about it") % {"code": action.code}
        yield Task("approve_action", text, action.title, action.plan.office, None, _url("action-detail", action.pk))


def _as_lead(user: User, at: datetime) -> Iterator[Task]:
    offices = roles_of(user).offices(roles.QUALITY_LEAD)
    today = timezone.localdate(at)
    own = Plan.objects.filter(office__in=offices).select_related("office")
    for plan in own.filter(stage=Plan.Stage.DRAFT).annotate(count=Count("actions")):
        returned = bool(plan.returned_reason)
        text = (
            gettext("Mend the returned improvement plan and send it again")
            if returned
            else gettext("Complete the improvement plan and send it to the director")
        )
        detail = ngettext("%(count)s action", "%(count)s actions", plan.count) % {"count": plan.count}
        yield Task("send_plan", text, detail, plan.office, None, _url("plan-detail", plan.pk))

    for running in own.filter(stage__in=("approved", "under_way"), review_on__lte=today):
        text = gettext("Review the improvement plan as a whole")
        yield Task(
            "review_plan",
            text,
            running.title,
            running.office,
            running.review_on,
            _url("plan-detail", running.pk),
            running.review_on is not None and running.review_on < today,
        )

    yield from _reports_without_plan(offices)


def _reports_without_plan(offices: Collection[int]) -> Iterator[Task]:
    """Approved reports of whole offices that no plan names and after which no plan was opened."""
    answering = Plan.objects.filter(office=OuterRef("office")).filter(
        Q(assessment=OuterRef("pk")) | Q(created_at__gt=OuterRef("approved_at"))
    )
    latest = Assessment.objects.approved().of_whole_offices().latest_of_each_office().filter(office__in=offices)
    for assessment in latest.filter(~Exists(answering)).select_related("office"):
        text = gettext("Make actions from the findings of the approved report")
        url = reverse("improvements:finding-list") + f"?office={assessment.office_id}"
        yield Task("begin_plan", text, assessment.title, assessment.office, None, url)


def _url(route: str, pk: int) -> str:
    return reverse(f"improvements:{route}", args=[pk])
