"""Taking practices over, and drafting practices from what was done."""

from __future__ import annotations

from typing import Any

from qms.goodpractices.models import PracticePage
from qms.goodpractices.permissions import may_write
from qms.improvements.models import Action, Plan
from qms.offices import permissions as offices
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of

from .plans import may_read_plan


def may_adopt(user: Any, practice: PracticePage) -> bool:
    """Whether the person may take published practices over: who leads the quality of some office."""
    return bool(practice.live) and bool(roles_of(user).offices(roles.QUALITY_LEAD))


def may_adopt_into(user: Any, plan: Plan) -> bool:
    """Whether the person may take practices over into this plan: its office's lead."""
    return offices.leads(user, plan.office)


def may_draft_from_action(user: Any, action: Action) -> bool:
    """Whether the person may draft a practice from this action: who works in the office and reads the plan."""
    return may_write(user, action.plan.office) and may_read_plan(user, action.plan)


def may_draft_from_strengths(user: Any, office: Office) -> bool:
    """Whether the person may make drafts of practices from the office's agreed strengths: its lead and its director."""
    return offices.leads(user, office) or offices.directs(user, office)
