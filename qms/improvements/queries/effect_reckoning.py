"""What an action's indicators say now: its readings, other offices meanwhile, and what the result does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qms.assessments.queries import NodeReading, changes_in_region, readings_of
from qms.frameworks.models import Edition
from qms.improvements.domain.effect import (
    Controls,
    Outcome,
    Reading,
    Rule,
    Test,
    before_and_after,
    measure,
    windows_of,
)
from qms.improvements.domain.effect_record import Measured, Reservation
from qms.improvements.models import Action, ActionNode, Finding, Indicator
from qms.improvements.models import Reading as StoredReading

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.frameworks.domain.framework import Framework

Status = Action.Status
HUNDRED = (Decimal(0), Decimal(100))
SHARES = ("%", "pp", "p.p.")


class Reckoning:
    """Reckons the indicators of one action; asks for what several of them need only once."""

    def __init__(self, action: Action, indicators: Sequence[Indicator]) -> None:
        self.action, self.count = action, len(indicators)
        self.office = action.plan.office
        self.start, self.end = action.start_on, action.done_on or action.due_on
        self.trees: dict[str, Framework] = {}
        self.low_nodes: frozenset[tuple[str, str]] = frozenset()
        wanted = {each.framework for each in indicators if each.source == Indicator.Source.ASSESSMENT}
        if wanted:
            self.trees = {edition.code: edition.tree() for edition in Edition.objects.filter(code__in=wanted)}
            low = action.findings.filter(source=Finding.Source.LOW)
            self.low_nodes = frozenset(low.values_list("framework", "node"))

    def measured(self, indicator: Indicator, rows: Sequence[StoredReading]) -> Measured:
        """The indicator's readings and what follows from them."""
        taken: tuple[NodeReading, ...] = ()
        controls = None
        readings = tuple(_typed(row) for row in rows)
        if indicator.source == Indicator.Source.ASSESSMENT:
            taken = readings_of(self.office, indicator.framework, indicator.node)
            readings = tuple(_taken(reading) for reading in taken)
            controls = self.controls(indicator, readings)
        rule = self.rule(indicator)
        outcome = measure(readings, start=self.start, end=self.end, rule=rule, controls=controls)
        return Measured(
            title=indicator.title,
            unit=indicator.unit,
            higher_is_better=indicator.better == Indicator.Better.HIGHER,
            source=indicator.source,
            framework=indicator.framework,
            node=indicator.node,
            target=indicator.target,
            start=self.start,
            end=self.end,
            readings=readings,
            outcome=outcome,
            scale=rule.scale,
            reservations=tuple(self.reservations(indicator, outcome, taken)),
        )

    def rule(self, indicator: Indicator) -> Rule:
        """Its direction, its smallest change and its scale, where there is one."""
        scale = HUNDRED if indicator.unit.strip().lower() in SHARES else None
        tree = self.trees.get(indicator.framework)
        if indicator.source == Indicator.Source.ASSESSMENT and tree is not None:
            scale = Decimal(tree.lowest), Decimal(tree.highest)
        return Rule(indicator.better == Indicator.Better.HIGHER, indicator.least_change, scale)

    def controls(self, indicator: Indicator, readings: tuple[Reading, ...]) -> Controls | None:
        """How untreated offices of the region changed meanwhile; none where there is nothing to hold against them."""
        if self.start is None or self.end is None:
            return None
        before, after = before_and_after(readings, start=self.start, end=self.end)
        if before is None or after is None:
            return None
        first, second = windows_of(before, after, start=self.start, end=self.end)
        # Over both windows: an office that acted between any two readings of its own is no untreated one.
        acting = at_work(indicator.framework, self.nodes_over(indicator), since=first[0], until=second[1])
        treated = set(acting.filter(plan__office__region=self.office.region_id).values_list("plan__office", flat=True))
        change = changes_in_region(
            self.office, indicator.framework, indicator.node, before=first, after=second, without=treated
        )
        return Controls(change.count, change.mean, change.deviation)

    def nodes_over(self, indicator: Indicator) -> tuple[str, ...]:
        """The node and the criterion in which it lies: an action may be filed under either."""
        tree = self.trees.get(indicator.framework)
        if tree is None or not tree.has_node(indicator.node):
            return (indicator.node,)
        return indicator.node, tree.criterion_of(indicator.node).identifier

    def reservations(
        self, indicator: Indicator, outcome: Outcome, taken: tuple[NodeReading, ...]
    ) -> Iterator[Reservation]:
        """What the result does not say, the gravest first."""
        if outcome.before is None or outcome.after is None:
            return
        if self.action.status not in (Status.DONE, Status.STOPPED):
            yield Reservation("running")
        yield from _of_the_test(outcome)
        if taken:
            yield from self.of_assessments(indicator, outcome, taken)
        changed = timezone.localdate(indicator.updated_at)
        if changed > outcome.after.on:
            yield Reservation("rule_late", {"changed": changed.isoformat(), "after": outcome.after.on.isoformat()})
        if self.count > 1:
            yield Reservation("many", {"count": self.count})

    def of_assessments(
        self, indicator: Indicator, outcome: Outcome, taken: tuple[NodeReading, ...]
    ) -> Iterator[Reservation]:
        """What holds for agreed scores alone."""
        yield Reservation("agreed")
        by_day = {reading.on: reading.panel for reading in taken}
        if outcome.before and outcome.after and by_day[outcome.before.on] != by_day[outcome.after.on]:
            yield Reservation("panel")
        if (indicator.framework, indicator.node) in self.low_nodes:
            yield Reservation("regression")
        if outcome.before and outcome.after:
            beside = self.beside(indicator, outcome.before.on, outcome.after.on)
            if beside:
                yield Reservation("beside", {"count": beside})

    def beside(self, indicator: Indicator, since: date, until: date) -> int:
        """How many other actions of this office were at work on the same node meanwhile."""
        acting = at_work(indicator.framework, self.nodes_over(indicator), since=since, until=until)
        return acting.filter(plan__office=self.office).exclude(pk=self.action.pk).count()


def _of_the_test(outcome: Outcome) -> Iterator[Reservation]:
    """What follows from the way of testing."""
    if outcome.test == Test.CONTROLS:
        yield Reservation("not_drawn")
    elif outcome.test != Test.NONE:
        yield Reservation("no_cause")
    if outcome.test == Test.RECORD:
        yield Reservation("exact")
    known = [one is not None and one.standard_error is not None for one in (outcome.before, outcome.after)]
    if any(known) and not all(known):
        yield Reservation("one_error")


def at_work(framework: str, nodes: Iterable[str], *, since: date, until: date) -> QuerySet[Action]:
    """Actions under way or done that are filed under, or measured by, one of these nodes and ran in that time."""
    of_node = {"framework": framework, "node__in": tuple(nodes)}
    filed = ActionNode.objects.filter(**of_node).values("action")
    measured = Indicator.objects.filter(**of_node).values("action")
    return Action.objects.filter(
        Q(pk__in=filed) | Q(pk__in=measured),
        Q(start_on__isnull=True) | Q(start_on__lte=until),
        Q(done_on__isnull=True) | Q(done_on__gte=since),
        status__in=(Status.IN_PROGRESS, Status.DONE),
    )


def _typed(row: StoredReading) -> Reading:
    return Reading(row.on, row.value, row.standard_error, row.count, row.label)


def _taken(reading: NodeReading) -> Reading:
    return Reading(
        reading.on,
        reading.score,
        count=reading.count,
        label=reading.title,
        low=reading.lowest,
        high=reading.highest,
        assessment=reading.assessment,
    )
