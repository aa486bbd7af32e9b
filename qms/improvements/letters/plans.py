"""Letters about the plan as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from qms.core.letters import register_kind

from .base import BY, PLAN, WHY, Draft, address, counted, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Plan

COUNT = {"actions": _("how many actions it has, in words")}
OWN = {"own": _("a sentence that says how many of its actions are the reader's own")}

register_kind("improvements.for_approval", _("An improvement plan awaits my approval"), placeholders=PLAN | COUNT)
register_kind("improvements.plan_approved", _("Our improvement plan is approved"), placeholders=PLAN | COUNT | OWN)
register_kind("improvements.plan_returned", _("An improvement plan came back to me"), placeholders=PLAN | BY | WHY)


def for_approval(plan: Plan, *, to: User) -> Draft:
    """To a director: the plan waits."""
    path = address("plan-approve", plan.pk, language=to.language)
    return letter_to(to, "for_approval", office_id=plan.office_id, context=_about(plan, to) | {"path": path})


def plan_approved(plan: Plan, *, to: User) -> Draft:
    """To the lead and to everyone who owns an action: the plan stands."""
    context = _about(plan, to) | {
        "own": _own(plan, to),
        "path": address("plan-detail", plan.pk, language=to.language),
    }
    return letter_to(to, "plan_approved", office_id=plan.office_id, context=context)


def plan_returned(plan: Plan, *, reason: str, by: User, to: User) -> Draft:
    """To a lead: the director asks to look again, and why."""
    path = address("plan-detail", plan.pk, language=to.language)
    context = _about(plan, to) | {"reason": reason, "by": by.name, "path": path}
    return letter_to(to, "plan_returned", office_id=plan.office_id, context=context)


def _about(plan: Plan, reader: User) -> dict[str, object]:
    actions = counted(plan.actions.count(), language=reader.language)
    return {"title": plan.title, "office": plan.office.name, "actions": actions}


def _own(plan: Plan, reader: User) -> str:
    count = plan.actions.filter(owner=reader.pk).count()
    if not count:
        return ""
    with override(reader.language):
        words = ngettext("One of them is yours.", "%(count)s of them are yours.", count)
        return words % {"count": count}
