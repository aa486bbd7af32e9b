"""A plan with all its actions, as every look at it shows them: page, board, print, tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from qms.frameworks.domain.framework import Framework
from qms.frameworks.models import Edition
from qms.improvements.models import Action, Effect, Finding, Plan, PlanSnapshot

Status = Action.Status


@dataclass(frozen=True, slots=True)
class Criterion:
    """The criterion of a framework under which an action is filed."""

    framework: str
    identifier: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with all that a table, a card or a point says about it; nothing in it asks the database again."""

    action: Action
    owner: str
    left_by: str
    people: frozenset[int]
    days_left: int | None
    late: bool
    importance: Decimal | None
    feasibility: Decimal | None
    priority: Decimal | None
    quick: bool
    nodes: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    sources: tuple[Finding, ...]
    effect: Effect | None

    @property
    def days_late(self) -> int:
        """How many days its last day has passed; 0 while it is in time."""
        return -self.days_left if self.late and self.days_left is not None else 0

    @property
    def is_done(self) -> bool:
        """Whether it is finished."""
        return self.action.status == Status.DONE

    @property
    def is_running(self) -> bool:
        """Whether somebody works on it."""
        return self.action.status == Status.IN_PROGRESS

    def concerns(self, user_id: int | None) -> bool:
        """Whether this person owns it or helps with it."""
        return user_id in self.people


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan on one day: its rows by number, and what follows from them."""

    plan: Plan
    on: date
    rows: tuple[ActionRow, ...]
    approved_by: str = ""

    @property
    def done(self) -> tuple[ActionRow, ...]:
        """The finished ones."""
        return tuple(row for row in self.rows if row.is_done)

    @property
    def running(self) -> tuple[ActionRow, ...]:
        """Those that somebody works on."""
        return tuple(row for row in self.rows if row.is_running)

    @property
    def late(self) -> tuple[ActionRow, ...]:
        """Those whose last day has passed, the latest first."""
        late = (row for row in self.rows if row.late)
        return tuple(sorted(late, key=lambda row: (-row.days_late, row.action.number)))

    @property
    def quick_wins(self) -> tuple[ActionRow, ...]:
        """The easy and short ones that are not stopped, the most urgent first."""
        wins = (row for row in self.rows if row.quick and row.action.status != Status.STOPPED)
        return tuple(sorted(wins, key=by_priority))

    @property
    def budget(self) -> Decimal | None:
        """What all actions may cost; none where nobody has set a budget."""
        return total_of(row.action.budget for row in self.rows if row.action.status != Status.STOPPED)

    @property
    def spent(self) -> Decimal:
        """What all actions have cost until now."""
        return total_of(row.action.spent for row in self.rows) or Decimal(0)

    @property
    def answered(self) -> frozenset[int]:
        """The findings that at least one action answers, by key of the database."""
        return frozenset(finding.pk for row in self.rows for finding in row.sources)

    def mine(self, user_id: int | None) -> tuple[ActionRow, ...]:
        """Those that this person owns or helps with."""
        return tuple(row for row in self.rows if row.concerns(user_id))


def by_priority(row: ActionRow) -> tuple[bool, Decimal, int]:
    """The order from the highest priority to the lowest; those not yet judged come last."""
    return row.priority is None, -(row.priority or Decimal(0)), row.action.number


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is given; none where nothing is."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None


def plan_view(plan: Plan, *, on: date | None = None) -> PlanView:
    """The plan as it stands on this day, today where none is named; the same few queries for any number of actions."""
    day = on or timezone.localdate()
    actions = list(
        Action.objects.filter(plan=plan)
        .select_related("owner", "left_by", "effect__indicator")
        .prefetch_related("nodes", "findings")
        .order_by("number")
    )
    for action in actions:
        action.plan = plan
    people = _people_of(plan, actions)
    trees = _trees_of(actions)
    snapshot = PlanSnapshot.objects.filter(plan=plan).select_related("approved_by").defer("content").first()
    return PlanView(
        plan=plan,
        on=day,
        rows=tuple(_row(action, day, people[action.pk], trees) for action in actions),
        approved_by=snapshot.approved_by.name if snapshot else "",
    )


def _people_of(plan: Plan, actions: Iterable[Action]) -> Mapping[int, set[int]]:
    people: defaultdict[int, set[int]] = defaultdict(set)
    helpers = Action.helpers.through.objects.filter(action__plan=plan)
    for action_id, user_id in helpers.values_list("action_id", "user_id"):
        people[action_id].add(user_id)
    for action in actions:
        if action.owner_id is not None:
            people[action.pk].add(action.owner_id)
    return people


def _trees_of(actions: Iterable[Action]) -> dict[str, Framework]:
    codes = {node.framework for action in actions for node in action.nodes.all()}
    return {edition.code: edition.tree() for edition in Edition.objects.filter(code__in=codes)}


def _row(action: Action, day: date, people: Iterable[int], trees: Mapping[str, Framework]) -> ActionRow:
    weighing = action.weighing
    nodes = sorted((node.framework, node.node) for node in action.nodes.all())
    return ActionRow(
        action=action,
        owner=action.owner.name if action.owner else "",
        left_by=action.left_by.name if action.left_by else "",
        people=frozenset(people),
        days_left=(action.due_on - day).days if action.due_on else None,
        late=action.is_late(day),
        importance=weighing.importance,
        feasibility=weighing.feasibility,
        priority=weighing.priority,
        quick=action.is_quick_win,
        nodes=tuple(dict.fromkeys(node for _framework, node in nodes)),
        criteria=tuple({(one.framework, one.identifier): one for one in _criteria(nodes, trees)}.values()),
        sources=tuple(sorted(action.findings.all(), key=lambda finding: (finding.node, finding.pk))),
        effect=getattr(action, "effect", None),
    )


def _criteria(nodes: Iterable[tuple[str, str]], trees: Mapping[str, Framework]) -> Iterable[Criterion]:
    for framework, identifier in nodes:
        tree = trees.get(framework)
        if tree is not None and tree.has_node(identifier):
            found = tree.criterion_of(identifier)
            yield Criterion(framework, found.identifier, found.titles)
        else:
            yield Criterion(framework, identifier.partition(".")[0], {})
