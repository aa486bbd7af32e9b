"""A plan's way: opened, sent to the director, returned or approved and frozen, under way, closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from qms.accounts.models import User
from qms.assessments.domain.snapshot import digest, plain
from qms.assessments.models import Assessment
from qms.core.audit import record
from qms.core.services import post_letter
from qms.improvements import letters
from qms.improvements.domain import lifecycle
from qms.improvements.models import Action, Plan, PlanSnapshot
from qms.improvements.queries.content import content_of_plan
from qms.improvements.queries.lists import latest_assessment, plans_that_take_actions
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office
from qms.offices.queries import directors_of, leads_of

from .actions import answer_findings, set_approved
from .locking import locked_plan

Stage, Status = Plan.Stage, Action.Status
FIRST_YEAR, LAST_YEAR = 1990, 2100
CHANGEABLE: Final = frozenset({"title", "year", "introduction", "currency", "assessment", "review_on"})
AFTER_APPROVAL: Final = frozenset({"review_on"})


@transaction.atomic
def open_plan(
    office: Office,
    *,
    title: str,
    year: int,
    by: User,
    introduction: str = "",
    currency: str = Plan.Currency.PLN,
    assessment: Assessment | None = None,
    review_on: date | None = None,
) -> Plan:
    """A new plan in preparation, without actions."""
    _check(office, {"title": title, "year": year, "assessment": assessment})
    plan = Plan.objects.create(
        office=office,
        title=title.strip(),
        year=year,
        introduction=introduction.strip(),
        currency=currency,
        assessment=assessment,
        review_on=review_on,
        opened_by=by,
    )
    record(plan, "improvements.open_plan", by=by, office_id=office.pk)
    return plan


@transaction.atomic
def answer_in_plan(office: Office, keys: Iterable[str], *, plan: Plan | None, by: User) -> Action:
    """A proposed action from these findings in this plan; without one in the newest open plan, else in a new draft."""
    chosen = plan or next(iter(plans_that_take_actions(office)), None)
    if chosen is None:
        year = timezone.localdate().year
        with override(office.language):
            title = gettext("Improvement plan %(year)s") % {"year": year}
        chosen = open_plan(office, title=title, year=year, assessment=latest_assessment(office), by=by)
    return answer_findings(chosen, keys, by=by)


@transaction.atomic
def change_plan(plan: Plan, *, by: User, **facts: Any) -> Plan:
    """The plan with these facts; after approval only the day of review changes."""
    plan = locked_plan(plan)
    if plan.stage == Stage.APPROVAL or not plan.is_open:
        raise Refused(gettext_noop("The plan does not change any more."))
    unknown = set(facts) - CHANGEABLE
    if unknown:
        message = f"A plan has no {', '.join(sorted(unknown))} to change."
        raise ValueError(message)
    moved = [name for name, value in facts.items() if getattr(plan, name) != value]
    if plan.is_approved and set(moved) - AFTER_APPROVAL:
        raise Refused(gettext_noop("The director has approved the plan; only the day of its review changes now."))
    _check(plan.office, facts)
    for name in moved:
        setattr(plan, name, facts[name])
    if moved:
        plan.save(update_fields=[*moved, "updated_at"])
        record(plan, "improvements.change_plan", by=by, office_id=plan.office_id, changed=sorted(moved))
    return plan


@transaction.atomic
def send_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Hand the draft to the director; every action has an owner and a day on which it is due."""
    plan = locked_plan(plan)
    lifecycle.PLAN.require(plan.stage, Stage.APPROVAL)
    _require_complete(plan)
    directors = list(directors_of(plan.office))
    if not directors:
        raise Refused(gettext_noop("The office has no director on the platform. Invite one first."))
    plan.stage, plan.sent_at = Stage.APPROVAL, at
    plan.save(update_fields=["stage", "sent_at", "updated_at"])
    record(plan, "improvements.send_plan", by=by, office_id=plan.office_id)
    for director in directors:
        post_letter(**letters.for_approval(plan, to=director).posted())
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, reason: str, by: User) -> Plan:
    """Give the plan back to the quality lead with the director's remark."""
    plan = locked_plan(plan)
    lifecycle.PLAN.require(plan.stage, Stage.DRAFT)
    if not reason.strip():
        raise Refused(gettext_noop("Write what should be changed in the plan."))
    plan.stage, plan.returned_reason = Stage.DRAFT, reason.strip()
    plan.save(update_fields=["stage", "returned_reason", "updated_at"])
    record(plan, "improvements.return_plan", by=by, office_id=plan.office_id, reason=reason.strip())
    for lead in leads_of(plan.office):
        post_letter(**letters.plan_returned(plan, reason=reason.strip(), by=by, to=lead).posted())
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, by: User, at: datetime) -> PlanSnapshot:
    """Approve the plan with all that it proposes, and freeze its content with a fingerprint."""
    plan = locked_plan(plan)
    lifecycle.PLAN.require(plan.stage, Stage.APPROVED)
    _require_complete(plan)
    content = content_of_plan(plan) | {"approved": plain({"by": by.name, "at": at})}
    snapshot = PlanSnapshot.objects.create(
        plan=plan, content=content, sha256=digest(content), approved_by=by, approved_at=at
    )
    for action in plan.actions.select_for_update(of=("self",)).filter(status=Status.PROPOSED).order_by("pk"):
        action.plan = plan
        set_approved(action, by=by, at=at)
    plan.stage, plan.approved_at, plan.returned_reason = Stage.APPROVED, at, ""
    plan.save(update_fields=["stage", "approved_at", "returned_reason", "updated_at"])
    record(plan, "improvements.approve_plan", by=by, office_id=plan.office_id, sha256=snapshot.sha256)
    _tell_of_approval(plan, by=by)
    return snapshot


@transaction.atomic
def begin_plan(plan: Plan, *, by: User) -> Plan:
    """Note that work has begun; the first action that starts does this by itself."""
    plan = locked_plan(plan)
    lifecycle.PLAN.require(plan.stage, Stage.UNDER_WAY)
    plan.stage = Stage.UNDER_WAY
    plan.save(update_fields=["stage", "updated_at"])
    record(plan, "improvements.begin_plan", by=by, office_id=plan.office_id)
    return plan


@transaction.atomic
def close_plan(plan: Plan, *, conclusion: str, by: User, at: datetime) -> Plan:
    """Close the plan with a conclusion; every action is done or stopped by then."""
    plan = locked_plan(plan)
    lifecycle.PLAN.require(plan.stage, Stage.CLOSED)
    if still := _codes(plan.actions.open()):
        raise Refused(gettext_noop("Not done or stopped yet: %(actions)s."), actions=still)
    if not conclusion.strip():
        raise Refused(gettext_noop("Write what the plan has brought."))
    plan.stage, plan.closed_at, plan.conclusion = Stage.CLOSED, at, conclusion.strip()
    plan.save(update_fields=["stage", "closed_at", "conclusion", "updated_at"])
    record(plan, "improvements.close_plan", by=by, office_id=plan.office_id)
    return plan


# --- What must hold ---------------------------------------------------------------------------------------------------


def _check(office: Office, facts: dict[str, Any]) -> None:
    if "title" in facts and not facts["title"].strip():
        raise Refused(gettext_noop("Give the plan a title."))
    if "year" in facts and not FIRST_YEAR <= facts["year"] <= LAST_YEAR:
        raise Refused(gettext_noop("Write the year in four digits."))
    assessment = facts.get("assessment")
    if assessment is not None and (assessment.office_id != office.pk or assessment.is_open):
        raise Refused(gettext_noop("Choose an approved self-assessment of the same office."))


def _require_complete(plan: Plan) -> None:
    """Actions are there, and each has an owner who works here and a day on which it is due."""
    actions = list(plan.actions.open().order_by("number"))
    if not actions:
        raise Refused(gettext_noop("The plan has no action yet."))
    if codes := ", ".join(action.code for action in actions if action.owner_id is None):
        raise Refused(gettext_noop("Without an owner: %(actions)s."), actions=codes)
    if codes := ", ".join(action.code for action in actions if action.due_on is None):
        raise Refused(gettext_noop("Without a day on which it is due: %(actions)s."), actions=codes)


def _codes(actions: Iterable[Action]) -> str:
    return ", ".join(action.code for action in sorted(actions, key=lambda one: one.number))


def _tell_of_approval(plan: Plan, *, by: User) -> None:
    owners = User.objects.filter(owned_actions__plan=plan, is_active=True).distinct()
    readers = {reader.pk: reader for reader in (*leads_of(plan.office), *owners)}
    readers.pop(by.pk, None)
    for reader in readers.values():
        post_letter(**letters.plan_approved(plan, to=reader).posted())
