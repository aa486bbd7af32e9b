"""The area "cycle" of improvement plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, office, plain, thing
from tests.factories.improvements import make_action, make_plan

if TYPE_CHECKING:
    from tests.architecture.world import Side, World


def note_at_step(_world: World, _side: Side) -> int:
    """The step that only people know of."""
    return 2


CASES: dict[str, list[Case]] = {
    "improvements:cycle": plain("GET"),
    "improvements:cycle-mark": of("GET POST", step_of_the_cycle={"office": office, "step": note_at_step}),
    "improvements:hand-over": of(
        "GET POST", plan_with_an_action_left=thing("plan left"), closed_plan=thing("plan left, closed")
    ),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead, gone = side.people["lead"], side.people["employee"]
    keys = {}
    for name, stage in (("plan left", "under_way"), ("plan left, closed", "closed")):
        plan = make_plan(side.office, by=lead, stage=stage, title=name)
        make_action(plan, by=lead, left_by=gone)
        keys[name] = plan.pk
    return keys
