"""The area "plans" of improvement plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from qms.improvements.models import Action, Communication, LogAttachment, LogEntry
from tests.architecture.cases import of, thing
from tests.factories import improvements as made

if TYPE_CHECKING:
    from tests.architecture.cases import Case

# The assessor owns the actions; the others of the office take no part in them.
PROPOSED = {"action_of_a_draft": thing("proposed action")}
RUNNING = {"running_action": thing("running action")}
ADDED = {"action_added_later": thing("added action")}

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

CASES: dict[str, list[Case]] = {**ON_ACTIONS}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    return _on_actions(side)


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
