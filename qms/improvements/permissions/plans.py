"""Plans, actions, findings and the cycle."""

from __future__ import annotations

from typing import Any

from qms.improvements.models import Action, LogAttachment, Plan
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of

Stage = Plan.Stage
Status = Action.Status


def may_open_plan(user: Any, office: Office) -> bool:
    """Whether the person may begin a plan of this office: its quality lead."""
    return offices.leads(user, office)


def may_handle_findings(user: Any, office: Office) -> bool:
    """Whether the person may add findings of this office, set them aside and answer them."""
    return offices.leads(user, office)


def may_read_cycle(user: Any, office: Office) -> bool:
    """Whether the person may see how far the office is on the ten steps: everyone who works there."""
    return offices.works_in(user, office)


def may_keep_cycle(user: Any, office: Office) -> bool:
    """Whether the person may note dates and deeds at the steps of the office's cycle."""
    return offices.leads(user, office)


def may_read_plan(user: Any, plan: Plan) -> bool:
    """Whether the person may open the plan's pages; asked after `.visible_to(user)`."""
    return Plan.objects.visible_to(user).filter(pk=plan.pk).exists()


def may_manage_plan(user: Any, plan: Plan) -> bool:
    """Whether the person keeps title, review day and actions: the lead, until the plan is closed."""
    return plan.is_open and offices.leads(user, plan.office)


def may_add_action(user: Any, plan: Plan) -> bool:
    """Whether the person may add an action; not while the plan waits at the director's desk."""
    return may_manage_plan(user, plan) and plan.stage != Stage.APPROVAL


def may_send_plan(user: Any, plan: Plan) -> bool:
    """Whether the person may hand the draft to the director."""
    return plan.stage == Stage.DRAFT and offices.leads(user, plan.office)


def may_approve_plan(user: Any, plan: Plan) -> bool:
    """Whether the person may approve the plan or send it back: the director, while it waits."""
    return plan.stage == Stage.APPROVAL and offices.directs(user, plan.office)


def may_close_plan(user: Any, plan: Plan) -> bool:
    """Whether the person may close the plan that is under way."""
    return plan.stage == Stage.UNDER_WAY and (offices.leads(user, plan.office) or offices.directs(user, plan.office))


def may_change_action(user: Any, action: Action) -> bool:
    """Whether the person may change what the action is: the lead, while plan and action are open."""
    plan = action.plan
    return may_manage_plan(user, plan) and plan.stage != Stage.APPROVAL and action.status != Status.STOPPED


def may_approve_action(user: Any, action: Action) -> bool:
    """Whether the person may approve an action that was added after the plan's approval: the director."""
    plan = action.plan
    waits = action.status == Status.PROPOSED and plan.stage in (Stage.APPROVED, Stage.UNDER_WAY)
    return waits and offices.directs(user, plan.office)


def may_report_progress(user: Any, action: Action) -> bool:
    """Whether the person may write in the log, tick tasks and move the action: its owner, helpers and the lead."""
    plan = action.plan
    if plan.stage not in (Stage.APPROVED, Stage.UNDER_WAY) or not offices.works_in(user, plan.office):
        return False
    return offices.leads(user, plan.office) or takes_part(user, action)


def takes_part(user: Any, action: Action) -> bool:
    """Whether the person owns the action or helps with it."""
    return user.is_authenticated and (action.owner_id == user.pk or action.helpers.filter(pk=user.pk).exists())


def may_state_effect(user: Any, action: Action) -> bool:
    """Whether the person may enter measured values and state the effect: owner and lead, also after the plan closed."""
    plan = action.plan
    if not plan.is_approved or not offices.works_in(user, plan.office):
        return False
    return offices.leads(user, plan.office) or (user.is_authenticated and action.owner_id == user.pk)


def may_keep_tasks(user: Any, action: Action) -> bool:
    """Whether the person may write the action's tasks: the lead also in the draft, owner and helpers once approved."""
    return may_report_progress(user, action) or may_change_action(user, action)


def may_tell(user: Any, action: Action) -> bool:
    """Whether the person may write what people were told, and lessons: who works on it, owner and lead also later."""
    return may_report_progress(user, action) or may_state_effect(user, action)


def may_open_attachment(user: Any, attachment: LogAttachment) -> bool:
    """Whether the person may open a file of the log: who works in the office; coordinators read its name only."""
    plan = attachment.entry.action.plan
    return may_read_plan(user, plan) and offices.works_in(user, plan.office)


def may_measure(user: Any, action: Action) -> bool:
    """Whether the person may keep the action's indicators: who plans the action, and who states its effect."""
    return may_change_action(user, action) or may_state_effect(user, action)


def may_hand_over(user: Any, plan: Plan) -> bool:
    """Whether the person may give actions to a new owner: the lead, until the plan is closed."""
    return may_manage_plan(user, plan)


def may_read_network(user: Any, _about: object = None) -> bool:
    """Whether the person may see the plans of many offices in one table: region, country."""
    held = roles_of(user)
    return held.sees_everything or bool(held.regions)
