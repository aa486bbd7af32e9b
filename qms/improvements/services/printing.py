"""Ordering a plan on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from qms.core.services import open_job
from qms.improvements.queries.printing import APPROVED
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.core.models import Job
    from qms.improvements.models import Plan

PRINT = "improvements.plan"


def order_print(plan: Plan, *, content: str, language: str, by: User) -> Job:
    """A job that sets the plan in this language; the open one where the same is being set already."""
    if content == APPROVED and not plan.is_approved:
        raise Refused(gettext_noop("The plan is not approved yet. Print it as it stands today."))
    return open_job(
        PRINT,
        title=print_name(plan, content=content, language=language),
        subject=plan,
        by=by,
        office_id=plan.office_id,
        arguments={"content": content, "language": language},
    )


def print_name(plan: Plan, *, content: str, language: str) -> str:
    """What the file is called, in its own language."""
    facts = {"year": plan.year, "office": plan.office.short_name, "language": language}
    with translation.override(language):
        if content == APPROVED:
            return gettext("Improvement plan %(year)s as approved, %(office)s (%(language)s)") % facts
        return gettext("Improvement plan %(year)s as it stands, %(office)s (%(language)s)") % facts
