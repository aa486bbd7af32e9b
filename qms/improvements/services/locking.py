"""Taking a plan or an action for oneself, so that two acts follow one another."""

from __future__ import annotations

from qms.improvements.models import Action, Plan
from qms.lifecycle import Refused, gettext_noop

CHANGED = gettext_noop(
    "Somebody else changed this action meanwhile. Compare your entries with what stands now, then save again."
)


class Conflict(Refused):
    """Somebody else changed the action since this person read it; `stored` is what stands now."""

    def __init__(self, stored: Action) -> None:
        super().__init__(CHANGED)
        self.stored = stored

    def __reduce__(self) -> tuple[object, ...]:
        return Conflict, (self.stored,)


def locked_plan(plan: Plan) -> Plan:
    """The plan as it stands now, held until the transaction ends."""
    return Plan.objects.select_for_update(of=("self",)).select_related("office", "assessment").get(pk=plan.pk)


def locked_action(action: Action, *, version: int | None = None) -> Action:
    """The action as it stands now with its plan, held until the transaction ends; a conflict where it moved on."""
    held = (
        Action.objects.select_for_update(of=("self",))
        .select_related("plan__office", "owner", "left_by")
        .get(pk=action.pk)
    )
    if version is not None and held.version != version:
        raise Conflict(held)
    return held
