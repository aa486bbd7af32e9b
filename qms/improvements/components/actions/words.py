"""What is said of an action: its status, its steps, who moved it, what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qms.improvements.domain import lifecycle
from qms.improvements.models import Action
from qms.ui import numbers
from qms.ui.components import State
from qms.ui.components.part import StateKind

from .parts import Doing, VerdictMark

if TYPE_CHECKING:
    from qms.improvements.queries.actions import LineView

Status = Action.Status
KINDS: dict[str, StateKind] = {
    Status.PROPOSED: "",
    Status.APPROVED: "wait",
    Status.IN_PROGRESS: "going",
    Status.POSTPONED: "wait",
    Status.DONE: "done",
    Status.STOPPED: "",
}
ORDER = (Status.APPROVED, Status.IN_PROGRESS, Status.DONE, Status.POSTPONED, Status.STOPPED, Status.PROPOSED)


def action_state(action: Action, on: date) -> State:
    """How far the action is, told by shape and word; a late one says so."""
    if action.is_late(on):
        return State(gettext("Late"), "late")
    return State(str(action.get_status_display()), KINDS[action.status])


def status_name(status: str) -> str:
    """The name of a status in the reader's language."""
    return str(dict(Action.Status.choices).get(status, status))


def step_name(before: str, to: str) -> str:
    """What the button says that takes the action there."""
    if to == Status.IN_PROGRESS and before != Status.APPROVED:
        return gettext("Take up again")
    return {
        Status.APPROVED: gettext("Approve the action"),
        Status.IN_PROGRESS: gettext("Begin work"),
        Status.DONE: gettext("Finish"),
        Status.POSTPONED: gettext("Postpone"),
        Status.STOPPED: gettext("Stop"),
        Status.PROPOSED: gettext("Propose again"),
    }[Status(to)]


def steps_of(action: Action, doing: Doing) -> tuple[tuple[str, str], ...]:
    """The steps that this person may take with the action now, with what their buttons say; the usual one first."""
    return tuple(
        (to.value, step_name(action.status, to))
        for to in ORDER
        if lifecycle.ACTION.allows(action.status, to) and (doing.approves if to == Status.APPROVED else doing.moves)
    )


def owner_of(action: Action) -> str:
    """Who owns the action; who left is named until somebody takes it over."""
    if action.owner is not None:
        return action.owner.name
    if action.left_by is not None:
        return gettext("nobody since %(person)s left") % {"person": action.left_by.name}
    return gettext("nobody yet")


def verdict_of(verdict: str) -> VerdictMark:
    """The verdict by shape and word."""
    if verdict == "improved":
        return VerdictMark(gettext("improved"), "up")
    if verdict == "worse":
        return VerdictMark(gettext("worse"), "down")
    if verdict == "no_change":
        return VerdictMark(gettext("no change"), "same")
    return VerdictMark(gettext("not measurable"), "none")


def moved_words(before: str, after: str) -> str:
    """A change of status in a few words."""
    return gettext("%(after)s (before: %(before)s)") % {"after": status_name(after), "before": status_name(before)}


def clash_words(stored: Action, line: LineView | None, on: datetime) -> str:
    """Who moved the action where and when, for who was slower."""
    if line is None or line.moved is None:
        return gettext("Somebody changed it at %(moment)s. It is “%(status)s” now.") % {
            "moment": numbers.moment(on),
            "status": status_name(stored.status),
        }
    return gettext("%(person)s moved it to “%(status)s” on %(moment)s.") % {
        "person": line.entry.by.name if line.entry.by else gettext("Somebody"),
        "status": status_name(line.moved.after),
        "moment": numbers.moment(line.entry.created_at),
    }
