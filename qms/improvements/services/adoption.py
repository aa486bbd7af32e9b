"""Taking over the practice of another office into one's own plan."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import Truncator

from qms.accounts.models import User
from qms.core.audit import record
from qms.goodpractices.models import PracticePage
from qms.improvements.domain.measuring import IndicatorFacts
from qms.improvements.models import Action, Plan
from qms.improvements.queries.adoptions import open_adoption
from qms.lifecycle import Refused, gettext_noop

from .actions import ActionFacts, add_action
from .effects import save_indicator

TITLE, LONG = 200, 5000


@transaction.atomic
def adopt_practice(plan: Plan, *, practice: PracticePage, by: User) -> Action:
    """A proposed action in this plan that takes the practice over, measured as the practice was."""
    # All open plans of the office, so that two acts at once do not take the same practice over twice.
    list(Plan.objects.select_for_update().running().filter(office=plan.office_id).order_by("pk"))
    plan = Plan.objects.select_related("office", "assessment").get(pk=plan.pk)
    practice = PracticePage.objects.get(pk=practice.pk)
    _require_open_to(plan, practice)
    facts = ActionFacts(
        title=Truncator(practice.title).chars(TITLE),
        problem=practice.problem[:LONG],
        expected=practice.summary[:LONG],
        unit="" if plan.assessment is None else plan.assessment.unit,
        nodes=tuple(practice.criteria.order_by("framework", "node").values_list("framework", "node")),
    )
    action = add_action(plan, facts=facts, by=by)
    action.practice = practice
    action.save(update_fields=["practice", "updated_at"])
    result = practice.results.order_by("sort_order", "pk").first()
    if result is not None:
        measured = IndicatorFacts(title=result.title, unit=result.unit, better=result.better)
        save_indicator(action, facts=measured, by=by)
    record(practice, "improvements.adopt_practice", by=by, office_id=plan.office_id, as_action=action.pk)
    return action


def _require_open_to(plan: Plan, practice: PracticePage) -> None:
    if practice.archived_at is not None:
        raise Refused(gettext_noop("The practice is in the archive; it is not taken over any more."))
    if not practice.live or practice.withheld_at is not None:
        raise Refused(gettext_noop("The practice is not published."))
    if practice.office_id == plan.office_id:
        raise Refused(gettext_noop("This is a practice of your own office; you do it already."))
    if not plan.is_open:
        raise Refused(gettext_noop("The plan is closed."))
    already = open_adoption(practice, [plan.office_id])
    if already is not None:
        facts = {"action": already.code, "plan": already.plan.title}
        raise Refused(gettext_noop("You take this practice over already: %(action)s in “%(plan)s”."), **facts)
