"""The area "looks" of improvement plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Case

# Plans and actions are those of the area "plans".
PLANS = {
    "plan_in_draft": thing("plan in draft"),
    "plan_at_the_desk": thing("plan at the desk"),
    "plan_under_way": thing("plan under way"),
}
ACTIONS = {"action_of_a_draft": thing("proposed action"), "running_action": thing("running action")}

CASES: dict[str, list[Case]] = {
    "improvements:plan-detail": of("GET", **PLANS),
    "improvements:plan-csv": of("GET", **PLANS),
    "improvements:plan-xlsx": of("GET", plan_under_way=thing("plan under way")),
    "improvements:action-weigh": of("POST", **ACTIONS),
    "improvements:action-place": of("POST", **ACTIONS),
}


def things_of(_side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    return {}
