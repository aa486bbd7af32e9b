"""Adding, changing, approving and deleting the actions of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from qms.accounts.models import User
from qms.core.audit import record
from qms.improvements.domain import lifecycle
from qms.improvements.domain.journal import Moved
from qms.improvements.models import Action, ActionNode, Finding, LogEntry, Plan
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Membership, Office
from qms.ui.numbers import day

from .findings import take_up_all
from .locking import locked_action, locked_plan

Stage, Status = Plan.Stage, Action.Status
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """All that says what an action is; `findings` are keys, `nodes` pairs of a framework's code and a node."""

    title: str
    problem: str = ""
    expected: str = ""
    kind: str = Action.Kind.PROCESS
    client: str = Action.Client.EXTERNAL
    unit: str = ""
    owner: User | None = None
    helpers: tuple[User, ...] = ()
    start_on: date | None = None
    due_on: date | None = None
    budget: Decimal | None = None
    stakeholders: int | None = None
    results: int | None = None
    visibility: int | None = None
    difficulty: int | None = None
    resources: int | None = None
    speed: int | None = None
    findings: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()


PLAIN: Final = (
    "title",
    "problem",
    "expected",
    "kind",
    "client",
    "unit",
    "owner",
    "start_on",
    "due_on",
    "budget",
    "stakeholders",
    "results",
    "visibility",
    "difficulty",
    "resources",
    "speed",
)


@transaction.atomic
def add_action(plan: Plan, *, facts: ActionFacts, by: User) -> Action:
    """A proposed action with the plan's next number; after the plan's approval it awaits its own."""
    plan = locked_plan(plan)
    _require_takes_actions(plan)
    _check(plan.office, facts)
    number = (plan.actions.aggregate(last=Max("number"))["last"] or 0) + 1
    fields = {name: getattr(facts, name) for name in PLAIN}
    action = Action.objects.create(plan=plan, number=number, added_by=by, **fields)
    _write_ties(action, facts, by=by)
    record(action, "improvements.add_action", by=by, office_id=plan.office_id)
    return action


@transaction.atomic
def answer_findings(plan: Plan, keys: Iterable[str], *, by: User) -> Action:
    """A proposed action filled in from these findings: their words as the problem, the first one's as its title."""
    plan = locked_plan(plan)
    _require_takes_actions(plan)
    wanted = tuple(dict.fromkeys(keys))
    if not wanted:
        raise Refused(gettext_noop("Tick at least one finding."))
    findings = take_up_all(plan.office, wanted, by=by)
    if any(finding.dismissed_at for finding in findings):
        raise Refused(gettext_noop("One of these findings is set aside. Bring it back first."))
    nodes = tuple(dict.fromkeys((one.framework, one.node) for one in findings if one.framework and one.node))
    with override(plan.office.language):
        problem = "\n".join(_told(finding) for finding in findings)
    facts = ActionFacts(
        title=Truncator(findings[0].title).chars(200),
        problem=Truncator(problem).chars(5000),
        unit=plan.assessment.unit if plan.assessment else "",
        findings=wanted,
        nodes=nodes,
    )
    return add_action(plan, facts=facts, by=by)


def _told(finding: Finding) -> str:
    cut = finding.source == Finding.Source.AREA and finding.detail  # the detail is then the whole text
    words = finding.detail if cut else " ".join(part for part in (_ended(finding.title), finding.detail) if part)
    if finding.node:
        return gettext("%(node)s: %(words)s") % {"node": finding.node, "words": words}
    return words


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?", "…")) else f"{title}."


@transaction.atomic
def change_action(action: Action, *, facts: ActionFacts, version: int, by: User) -> Action:
    """The action with these facts; a Conflict when somebody changed it since `version` was read."""
    plan = locked_plan(action.plan)
    action = locked_action(action, version=version)
    _require_takes_actions(plan)
    if action.status == Status.STOPPED:
        raise Refused(gettext_noop("A stopped action does not change. Propose it again first."))
    _check(plan.office, facts, before=action)
    was = (action.owner, action.start_on, action.due_on)
    for name in PLAIN:
        setattr(action, name, getattr(facts, name))
    if action.owner_id is not None:
        action.left_by = None
    action.version += 1
    action.save(update_fields=[*PLAIN, "left_by", "version", "updated_at"])
    _write_ties(action, facts, by=by)
    if plan.is_approved and action.status != Status.PROPOSED:
        _log_moves(action, *was, by=by)
    record(action, "improvements.change_action", by=by, office_id=plan.office_id)
    return action


@transaction.atomic
def approve_action(action: Action, *, by: User, at: datetime) -> Action:
    """Approve an action that was added after the plan's approval."""
    plan = locked_plan(action.plan)
    action = locked_action(action)
    action.plan = plan
    if not action.plan.is_approved or not action.plan.is_open:
        raise Refused(gettext_noop("This action is approved together with its plan."))
    lifecycle.ACTION.require(action.status, Status.APPROVED)
    if lacking := lacks_of(action):
        raise Refused(lacking)
    set_approved(action, by=by, at=at)
    record(action, "improvements.approve_action", by=by, office_id=action.plan.office_id)
    return action


def set_approved(action: Action, *, by: User, at: datetime) -> None:
    """Note the approval on the action and in its log."""
    moved = Moved(action.status, Status.APPROVED)
    action.status, action.approved_by, action.approved_at = Status.APPROVED, by, at
    action.version += 1
    action.save(update_fields=["status", "approved_by", "approved_at", "version", "updated_at"])
    LogEntry.objects.create(action=action, kind=LogEntry.Kind.STATUS, on=timezone.localdate(at), text=moved.line, by=by)


@transaction.atomic
def delete_action(action: Action, *, by: User) -> None:
    """Delete a proposal of a plan that is still being drafted; its findings stay and are open again."""
    locked_plan(action.plan)
    action = locked_action(action)
    if action.plan.stage != Stage.DRAFT or action.status != Status.PROPOSED:
        raise Refused(
            gettext_noop("Only a proposal in a plan in preparation is deleted. Stop this action, with a reason.")
        )
    record(action, "improvements.delete_action", by=by, office_id=action.plan.office_id)
    action.delete()


def lacks_of(action: Action) -> str:
    """The sentence that says what is missing before a director can approve the action, or nothing."""
    if action.owner_id is None:
        return gettext_noop("Give the action an owner first.")
    if action.due_on is None:
        return gettext_noop("Give the action a day on which it is due first.")
    return ""


# --- What must hold ---------------------------------------------------------------------------------------------------


def _require_takes_actions(plan: Plan) -> None:
    if plan.stage == Stage.APPROVAL:
        raise Refused(gettext_noop("The plan is with the director; nothing in it changes until it is decided."))
    if not plan.is_open:
        raise Refused(gettext_noop("The plan is closed."))


def _check(office: Office, facts: ActionFacts, *, before: Action | None = None) -> None:
    if not facts.title.strip():
        raise Refused(gettext_noop("Give the action a title."))
    if facts.start_on and facts.due_on and facts.due_on < facts.start_on:
        raise Refused(gettext_noop("The action cannot be due before it starts."))
    _check_people(office, facts, before)
    for name in ("stakeholders", "results", "visibility", "difficulty", "resources", "speed"):
        if getattr(facts, name) not in (None, 1, 2, 3, 4, 5):
            raise Refused(gettext_noop("Judge from 1 to 5."))
    if facts.budget is not None and facts.budget < 0:
        raise Refused(gettext_noop("A budget is not less than zero."))


def _check_people(office: Office, facts: ActionFacts, before: Action | None) -> None:
    """Owner and helpers work here; helpers who were so before may stay."""
    people = {person.pk: person for person in (facts.owner, *facts.helpers) if person is not None}
    if before is not None:
        kept = set(before.helpers.values_list("pk", flat=True))
        people = {pk: each for pk, each in people.items() if pk not in kept or each == facts.owner}
    works = Membership.objects.active().at(office).filter(user__in=people, user__is_active=True)
    for pk in sorted(set(people) - set(works.values_list("user", flat=True))):
        raise Refused(gettext_noop("%(name)s does not work in this office (any more)."), name=people[pk].name)


# --- What hangs on it -------------------------------------------------------------------------------------------------


def _write_ties(action: Action, facts: ActionFacts, *, by: User) -> None:
    action.helpers.set([person for person in facts.helpers if person != facts.owner])
    action.findings.set(take_up_all(action.plan.office, facts.findings, by=by))
    kept = set(action.nodes.values_list("framework", "node"))
    wanted = set(facts.nodes)
    for framework, node in kept - wanted:
        action.nodes.filter(framework=framework, node=node).delete()
    ActionNode.objects.bulk_create(
        ActionNode(action=action, framework=framework, node=node)
        for framework, node in dict.fromkeys(facts.nodes)
        if (framework, node) not in kept
    )


def _log_moves(action: Action, owner: User | None, start: date | None, due: date | None, *, by: User) -> None:
    """Lines in the log for a new owner and for new days: after approval neither changes unseen."""
    today = timezone.localdate()
    with override(action.plan.office.language):
        if owner != action.owner:
            words = gettext("Owner: %(was)s → %(now)s.") % {"was": _name(owner), "now": _name(action.owner)}
            LogEntry.objects.create(action=action, kind=LogEntry.Kind.HAND_OVER, on=today, text=words, by=by)
        if (start, due) != (action.start_on, action.due_on):
            words = gettext("Dates: %(was_start)s – %(was_due)s → %(start)s – %(due)s.") % {
                "was_start": day(start),
                "was_due": day(due),
                "start": day(action.start_on),
                "due": day(action.due_on),
            }
            LogEntry.objects.create(action=action, kind=LogEntry.Kind.DATES, on=today, text=words, by=by)


def _name(person: User | None) -> str:
    return person.name if person else "–"
