"""The improvement plans of many offices in figures: each figure is one aggregate over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from qms.improvements.models import Action, Effect, Finding, Plan
from qms.improvements.models.plan import APPROVED_STAGES
from qms.offices.models import Office, OfficeQuerySet, Region, roles_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from qms.accounts.models import User

RUNNING = Q(status__in=("approved", "in_progress"))
OPEN_STAGES = ("approved", "under_way")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each kind."""

    by: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by.values())

    def of(self, *names: str) -> int:
        """How many there are of these kinds together."""
        return sum(self.by.get(name, 0) for name in names)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> Decimal | None:
        """The share of a hundred; none of nothing."""
        return Decimal(100 * self.count) / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office with what its plans hold; counts of actions are those of approved plans."""

    office: Office
    in_preparation: int = 0
    open_plans: int = 0
    closed: int = 0
    actions: int = 0
    running: int = 0
    late: int = 0
    done: int = 0
    stated: int = 0
    improved: int = 0

    @property
    def lateness(self) -> Part:
        """How many of the running actions are late."""
        return Part(self.late, self.running)

    @property
    def has_approved(self) -> bool:
        """Whether a director has approved a plan here."""
        return bool(self.open_plans or self.closed)


@dataclass(frozen=True, slots=True)
class Network:
    """The figures over all offices that were asked for."""

    offices: Part
    plans: Counts
    actions: Counts
    lateness: Part
    findings: Counts
    verdicts: Counts


def reach_of(user: User, *, words: str = "", region: str = "", kind: str = "") -> OfficeQuerySet:
    """The offices whose plans the person follows as a coordinator, narrowed by words, region and kind."""
    held = roles_of(user)
    offices = Office.objects.active()
    if not held.sees_everything:
        offices = offices.filter(region__in=held.regions)
    if words:
        offices = offices.matching(words)
    if region:
        offices = offices.filter(region__code=region)
    return offices.filter(kind=kind) if kind else offices


def regions_of(user: User) -> QuerySet[Region]:
    """The regions that the person may choose from."""
    held = roles_of(user)
    regions = Region.objects.order_by("name_pl")
    return regions if held.sees_everything else regions.filter(pk__in=held.regions)


def network_of(offices: OfficeQuerySet, *, on: date) -> Network:
    """The figures over these offices."""
    return Network(
        offices=offices_with_plan(offices),
        plans=plans_by_stage(offices),
        actions=actions_by_status(offices),
        lateness=late_actions(offices, on=on),
        findings=findings_by_answer(offices),
        verdicts=effects_by_verdict(offices),
    )


def offices_with_plan(offices: OfficeQuerySet) -> Part:
    """How many offices have an approved plan that is not closed."""
    has = Exists(Plan.objects.filter(office=OuterRef("pk"), stage__in=OPEN_STAGES))
    found = offices.annotate(has_plan=has).aggregate(of=Count("pk"), count=Count("pk", filter=Q(has_plan=True)))
    return Part(found["count"], found["of"])


def plans_by_stage(offices: OfficeQuerySet) -> Counts:
    """How many plans there are in each stage."""
    return _counted(Plan.objects.filter(office__in=offices.values("pk")), "stage")


def actions_by_status(offices: OfficeQuerySet) -> Counts:
    """How many actions of approved plans there are in each status."""
    return _counted(_actions(offices), "status")


def late_actions(offices: OfficeQuerySet, *, on: date) -> Part:
    """How many of the approved and begun actions are past their last day."""
    found = _actions(offices).aggregate(
        count=Count("pk", filter=RUNNING & Q(due_on__lt=on)), of=Count("pk", filter=RUNNING)
    )
    return Part(found["count"], found["of"])


def findings_by_answer(offices: OfficeQuerySet) -> Counts:
    """How many findings that offices took up are answered by an action, set aside, or wait."""
    answers = Action.findings.through.objects.filter(finding_id=OuterRef("pk")).exclude(action__status="stopped")
    aside = Q(dismissed_at__isnull=False)
    found = (
        Finding.objects.filter(office__in=offices.values("pk"))
        .annotate(has_answer=Exists(answers))
        .aggregate(
            answered=Count("pk", filter=Q(has_answer=True)),
            aside=Count("pk", filter=aside & Q(has_answer=False)),
            waiting=Count("pk", filter=~aside & Q(has_answer=False)),
        )
    )
    return Counts(found)


def effects_by_verdict(offices: OfficeQuerySet) -> Counts:
    """How many finished actions had which verdict."""
    return _counted(Effect.objects.filter(action__in=_actions(offices).values("pk")), "verdict")


def offices_counted(offices: OfficeQuerySet, *, on: date) -> tuple[OfficeRow, ...]:
    """Each office with its counts, by name: one query for the offices and one for each table that is counted."""
    plans = _by_office(
        Plan.objects.filter(office__in=offices.values("pk")),
        "office",
        in_preparation=Count("pk", filter=~Q(stage__in=APPROVED_STAGES)),
        open_plans=Count("pk", filter=Q(stage__in=OPEN_STAGES)),
        closed=Count("pk", filter=Q(stage="closed")),
    )
    actions = _by_office(
        _actions(offices),
        "plan__office",
        actions=Count("pk"),
        running=Count("pk", filter=RUNNING),
        late=Count("pk", filter=RUNNING & Q(due_on__lt=on)),
        done=Count("pk", filter=Q(status="done")),
    )
    effects = _by_office(
        Effect.objects.filter(action__in=_actions(offices).values("pk")),
        "action__plan__office",
        stated=Count("pk"),
        improved=Count("pk", filter=Q(verdict="improved")),
    )
    return tuple(
        OfficeRow(office, **plans.get(office.pk, {}), **actions.get(office.pk, {}), **effects.get(office.pk, {}))
        for office in offices.select_related("region").order_by("short_name", "pk")
    )


def _actions(offices: OfficeQuerySet) -> QuerySet[Action]:
    """Actions of approved plans; what is still being prepared is counted by plan alone."""
    return Action.objects.filter(plan__stage__in=APPROVED_STAGES, plan__office__in=offices.values("pk"))


def _counted(rows: QuerySet[Any], name: str) -> Counts:
    return Counts(dict(rows.values_list(name).annotate(count=Count("pk")).order_by(name)))


def _by_office(rows: QuerySet[Any], office: str, **counts: Count) -> dict[int, dict[str, int]]:
    return {row.pop(office): row for row in rows.values(office).annotate(**counts).order_by(office)}
