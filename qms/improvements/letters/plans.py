"""Letters about the plan as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import BY, PLAN, WHY, Letter, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Plan

COUNT = {"count": _("how many actions it has")}

register_kind("improvements.for_approval", _("An improvement plan awaits my approval"), placeholders=PLAN | COUNT)
register_kind("improvements.plan_approved", _("Our improvement plan is approved"), placeholders=PLAN | COUNT)
register_kind("improvements.plan_returned", _("An improvement plan came back to me"), placeholders=PLAN | BY | WHY)


def for_approval(plan: Plan, *, to: User) -> Letter:
    """To a director: the plan waits."""
    path = address("plan-approve", plan.pk, language=to.language)
    return letter_to(to, "for_approval", office_id=plan.office_id, context=_about(plan) | {"path": path})


def plan_approved(plan: Plan, *, to: User) -> Letter:
    """To the lead and to everyone who owns an action: the plan stands."""
    path = address("plan-detail", plan.pk, language=to.language)
    own = plan.actions.open().filter(owner=to.pk).count()  # type: ignore[attr-defined]
    return letter_to(
        to, "plan_approved", office_id=plan.office_id, context=_about(plan) | {"path": path, "own_count": own}
    )


def plan_returned(plan: Plan, *, reason: str, by: User, to: User) -> Letter:
    """To a lead: the director asks to look again, and why."""
    path = address("plan-detail", plan.pk, language=to.language)
    context = _about(plan) | {"reason": reason, "by": by.name, "path": path}
    return letter_to(to, "plan_returned", office_id=plan.office_id, context=context)


def _about(plan: Plan) -> dict[str, object]:
    return {"title": plan.title, "office": plan.office.name, "count": plan.actions.count()}
