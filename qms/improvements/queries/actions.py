"""One action with all that its page tells: where it comes from, what is done, what was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import translate_url
from django.utils.translation import get_language

from qms.frameworks.domain.framework import Framework, text
from qms.frameworks.domain.panel import Band
from qms.frameworks.models import Edition
from qms.improvements.domain.journal import Moved, read_move
from qms.improvements.models import Action, Communication, Effect, Finding, LogAttachment, LogEntry, Plan, Task

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.accounts.models import User

HUNDRED = "0\u2013100"


@dataclass(frozen=True, slots=True)
class NodeView:
    """A node of a framework with its name in the reader's language."""

    identifier: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A finding that the action answers, with its node's name and its score's band where the framework is known."""

    finding: Finding
    node: NodeView | None
    band: Band | None
    url: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the action."""

    task: Task
    is_late: bool

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.task.done_on is not None


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the log; one that tells of a change of status is taken apart, so that each reader gets own words."""

    entry: LogEntry
    moved: Moved | None
    attachments: tuple[LogAttachment, ...]


@dataclass(frozen=True, slots=True)
class ActionView:
    """The action on one day."""

    action: Action
    on: date
    helpers: tuple[User, ...]
    nodes: tuple[NodeView, ...]
    sources: tuple[SourceView, ...]
    tasks: tuple[TaskView, ...]
    log: tuple[LineView, ...]
    communications: tuple[Communication, ...]
    stated: Effect | None

    @property
    def plan(self) -> Plan:
        """The plan in which it stands."""
        return self.action.plan

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed while it is approved or under way."""
        return self.action.is_late(self.on)

    @property
    def tasks_done(self) -> int:
        """How many tasks are ticked."""
        return sum(task.is_done for task in self.tasks)

    @property
    def lacks_effect(self) -> bool:
        """Whether it is finished and nobody has said yet whether it worked."""
        return self.action.status == Action.Status.DONE and self.stated is None


def action_view(action: Action, *, on: date) -> ActionView:
    """Everything that the action's page shows, in a constant number of reads."""
    full = with_plan().select_related("owner", "left_by", "approved_by", "effect").get(pk=action.pk)
    findings = list(full.findings.order_by("pk"))
    nodes = list(full.nodes.order_by("framework", "node"))
    trees = _trees([*(each.framework for each in findings), *(each.framework for each in nodes)])
    return ActionView(
        action=full,
        on=on,
        helpers=tuple(full.helpers.order_by("last_name", "first_name", "pk")),
        nodes=tuple(_node(trees, each.framework, each.node) for each in nodes),
        sources=tuple(_source(trees, finding) for finding in findings),
        tasks=tuple(_task(task, on) for task in full.tasks.select_related("person").order_by("position", "pk")),
        log=log_of(full),
        communications=tuple(full.communications.order_by("pk")),
        stated=getattr(full, "effect", None),
    )


def with_plan() -> QuerySet[Action]:
    """Actions with their plan and office, as rights ask for them."""
    return Action.objects.select_related("plan__office")


def log_of(action: Action) -> tuple[LineView, ...]:
    """The log, newest first."""
    entries = action.log.select_related("by").prefetch_related("attachments").order_by("-on", "-pk")
    return tuple(line_of(entry) for entry in entries)


def line_of(entry: LogEntry) -> LineView:
    """One line of the log; its attachments come from what was read ahead."""
    moved = read_move(entry.text) if entry.kind == LogEntry.Kind.STATUS else None
    return LineView(entry, moved, tuple(sorted(entry.attachments.all(), key=lambda one: one.pk)))


def last_move_of(action: Action) -> LineView | None:
    """Who moved the action last, and where."""
    entry = action.log.filter(kind=LogEntry.Kind.STATUS).select_related("by").order_by("-pk").first()
    return None if entry is None else line_of(entry)


def _trees(codes: Iterable[str]) -> Mapping[str, Framework]:
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    return {edition.code: edition.tree() for edition in Edition.objects.filter(code__in=wanted)}


def _node(trees: Mapping[str, Framework], framework: str, identifier: str) -> NodeView:
    tree = trees.get(framework)
    if tree is None or not tree.has_node(identifier):
        return NodeView(identifier, "")
    return NodeView(identifier, text(tree.node(identifier).titles, get_language() or "pl"))


def _source(trees: Mapping[str, Framework], finding: Finding) -> SourceView:
    tree = trees.get(finding.framework)
    banded = tree is not None and finding.score is not None and finding.scale == HUNDRED
    return SourceView(
        finding=finding,
        node=_node(trees, finding.framework, finding.node) if finding.node else None,
        band=tree.band_of(finding.score) if banded and tree is not None and finding.score is not None else None,
        # A stored address speaks the language of its day.
        url=translate_url(finding.url, get_language() or "pl") if finding.url else "",
    )


def _task(task: Task, on: date) -> TaskView:
    return TaskView(task, is_late=task.done_on is None and task.due_on is not None and task.due_on < on)
