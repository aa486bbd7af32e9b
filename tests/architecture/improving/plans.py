"""The area "plans" of improvement plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from qms.improvements.models import Action, Communication, LogAttachment, LogEntry
from tests.architecture.cases import Case, of, plain, thing
from tests.factories import improvements as made

if TYPE_CHECKING:
    from tests.architecture.world import Side, World

# The assessor owns the actions; the others of the office take no part in them.
PROPOSED = {"action_of_a_draft": thing("proposed action")}
RUNNING = {"running_action": thing("running action")}
ADDED = {"action_added_later": thing("added action")}


def of_office(*methods: str, key: str = "") -> list[Case]:
    """Each kind of request with the office in the address."""

    def query(_world: World, side: Side) -> str:
        return f"?office={side.office.pk}" + (f"&key={side.things[key]}" if key else "")

    return [Case(method, "office in the address", path=query) for method in methods]


ON_ACTIONS: dict[str, list[Case]] = {
    "improvements:action-detail": of("GET", **PROPOSED, **RUNNING),
    "improvements:action-move": of("POST", **PROPOSED, **RUNNING, **ADDED),
    "improvements:action-log": of("GET POST", **PROPOSED, **RUNNING),
    "improvements:task-save": of("GET POST", **PROPOSED, **RUNNING),
    "improvements:communication-save": of("GET POST", **RUNNING),
    "improvements:communication-delete": of("POST", what_was_told=thing("what was told")),
    "improvements:lessons": of("GET POST", **RUNNING),
    "improvements:attachment": of("GET", attachment=thing("attachment")),
}

DRAFT, WAITING, UNDER_WAY = (
    {f"plan_{name}": thing(f"plan {name}")} for name in ("in draft", "at the desk", "under way")
)
OWN, USED = {"own_finding": thing("own finding")}, {"finding_in_use": thing("used finding")}

ON_PLANS: dict[str, list[Case]] = {
    "improvements:plan-list": plain("GET"),
    "improvements:plan-start": plain("GET", "POST"),
    "improvements:plan-edit": of("GET POST", **DRAFT, **WAITING, **UNDER_WAY),
    "improvements:plan-send": of("POST", **DRAFT, **WAITING),
    "improvements:plan-approve": of("GET POST", **DRAFT, **WAITING),
    "improvements:plan-return": of("POST", **WAITING),
    "improvements:plan-close": of("GET POST", **DRAFT, **UNDER_WAY),
    "improvements:action-add": of("GET POST", **DRAFT, **WAITING, **UNDER_WAY),
    "improvements:action-edit": of("GET POST", **PROPOSED, **RUNNING),
    "improvements:action-approve": of("POST", **PROPOSED, **ADDED),
    "improvements:action-delete": of("POST", **PROPOSED, **RUNNING),
}
ON_FINDINGS: dict[str, list[Case]] = {
    "improvements:finding-list": of_office("GET"),
    "improvements:finding-add": of_office("GET", "POST"),
    "improvements:finding-answer": of_office("POST"),
    "improvements:finding-dismiss": of_office("GET", "POST", key="own finding's key"),
    "improvements:finding-restore": of("POST", **OWN),
    "improvements:finding-delete": of("POST", **OWN, **USED),
}

CASES: dict[str, list[Case]] = {**ON_PLANS, **ON_FINDINGS, **ON_ACTIONS}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    return {**_on_actions(side), **_on_plans(side)}


def _on_plans(side: Any) -> dict[str, Any]:
    lead, owner = side.people["lead"], side.people["assessor"]
    plans = {
        "plan in draft": made.make_plan(side.office, by=lead),
        "plan at the desk": made.make_plan(side.office, by=lead, stage="approval"),
        "plan under way": made.make_plan(side.office, by=lead, stage="under_way"),
    }
    own, used = (made.make_finding(side.office, by=lead) for _ in range(2))
    for plan in plans.values():
        made.make_action(plan, by=lead, owner=owner).findings.add(used)
    return {
        **{name: plan.pk for name, plan in plans.items()},
        "own finding": own.pk,
        "own finding's key": own.key,
        "used finding": used.pk,
    }


def _on_actions(side: Any) -> dict[str, Any]:
    lead, owner = side.people["lead"], side.people["assessor"]
    draft, plan = (made.make_plan(side.office, by=lead, stage=stage) for stage in ("draft", "under_way"))
    running = made.make_action(plan, by=lead, owner=owner, status=Action.Status.IN_PROGRESS)
    entry = LogEntry.objects.create(action=running, on=made.MONDAY.date(), text="Ten letters.", by=owner)
    file = ContentFile(b"%PDF-1.7", "letters.pdf")
    return {
        "proposed action": made.make_action(draft, by=lead, owner=owner).pk,
        "running action": running.pk,
        "added action": made.make_action(plan, by=lead, owner=owner).pk,
        "what was told": Communication.objects.create(action=running, said="Too hard.", done="Rewritten.").pk,
        "attachment": LogAttachment.objects.create(entry=entry, file=file, file_name="letters.pdf").pk,
    }
