"""Judging how important and how feasible an action is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from qms.core.audit import record
from qms.improvements.domain.placing import HIGHEST, LOWEST, judgements_near
from qms.improvements.models import Action, Plan
from qms.improvements.models.action import JUDGEMENTS
from qms.lifecycle import Refused, gettext_noop

from .locking import locked_action, locked_plan

if TYPE_CHECKING:
    from qms.accounts.models import User

IMPORTANCE, FEASIBILITY = JUDGEMENTS[:3], JUDGEMENTS[3:]


@transaction.atomic
def weigh_action(action: Action, *, judgements: Mapping[str, int | None], version: int, by: User) -> Action:
    """The action with these judgements, 1 to 5 or none yet; a Conflict when somebody changed it since `version`."""
    action = _held(action, version)
    if not set(judgements) <= set(JUDGEMENTS):
        message = f"Unknown judgements: {sorted(set(judgements) - set(JUDGEMENTS))}."
        raise ValueError(message)
    for value in judgements.values():
        if value is not None and not LOWEST <= value <= HIGHEST:
            raise Refused(gettext_noop("Judge from 1 to 5."))
    changed = {name: value for name, value in judgements.items() if getattr(action, name) != value}
    if not changed:
        return action
    for name, value in changed.items():
        setattr(action, name, value)
    action.version += 1
    action.save(update_fields=[*changed, "version", "updated_at"])
    record(action, "improvements.weigh_action", by=by, office_id=action.plan.office_id, **changed)
    return action


@transaction.atomic
def place_action(action: Action, *, importance: Decimal, feasibility: Decimal, version: int, by: User) -> Action:
    """The action nearest to that place in the matrix, its judgements moved by the rule of `judgements_near`."""
    held = _held(action, version)
    judgements = {
        **_near(held, IMPORTANCE, importance),
        **_near(held, FEASIBILITY, feasibility),
    }
    return weigh_action(held, judgements=judgements, version=version, by=by)


def _near(action: Action, names: tuple[str, ...], target: Decimal) -> dict[str, int]:
    return dict(zip(names, judgements_near([getattr(action, name) for name in names], target), strict=True))


def _held(action: Action, version: int) -> Action:
    plan = locked_plan(action.plan)
    held = locked_action(action, version=version)
    if not plan.is_open:
        raise Refused(gettext_noop("The plan is closed."))
    if plan.stage == Plan.Stage.APPROVAL:
        raise Refused(gettext_noop("The plan is with the director; nothing in it changes until it is decided."))
    if held.status == Action.Status.STOPPED:
        raise Refused(gettext_noop("A stopped action does not change. Propose it again first."))
    return held
