"""What was found, by instruments and by people, and which action answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from qms.assessments.queries import findings_of as found_by_assessments
from qms.frameworks.domain.finding import Evidence
from qms.frameworks.domain.finding import Finding as Told
from qms.improvements.models import Action, Finding

if TYPE_CHECKING:
    from qms.offices.models import Office

INSTRUMENTS: Final[tuple[Callable[[Office], tuple[Told, ...]], ...]] = (found_by_assessments,)
"""Every instrument's `findings_of`; a new one adds its line here and nothing else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An action that answers a finding."""

    pk: int
    code: str
    title: str
    status: str
    plan_pk: int
    plan_title: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as an instrument tells it now or as it was taken up, with the actions that answer it.

    `pk` is None until it is taken up.
    """

    key: str
    source: str
    title: str
    detail: str
    instrument: str
    framework: str
    node: str
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    count: int | None
    scale: str
    evidence: tuple[Evidence, ...]
    found_on: date | None
    url: str
    severity: Decimal
    pk: int | None = None
    dismissed_at: datetime | None = None
    dismissed_reason: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether somebody of the office typed it."""
        return self.source == Finding.Source.OWN

    @property
    def is_answered(self) -> bool:
        """Whether an action that was not stopped answers it."""
        return any(answer.status != Action.Status.STOPPED for answer in self.answers)

    @property
    def is_dismissed(self) -> bool:
        """Whether the office set it aside."""
        return self.dismissed_at is not None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it or set it aside."""
        return not self.is_answered and not self.is_dismissed


def findings_view(office: Office) -> tuple[FindingView, ...]:
    """All that instruments tell now and all that was taken up, each once, the gravest first."""
    told = {one.key: one for one in told_of(office)}
    stored = Finding.objects.filter(office=office).prefetch_related("actions__plan").order_by("pk")
    kept = {row.key: _of_row(row, told.get(row.key)) for row in stored}
    fresh = [_of_told(one) for key, one in told.items() if key not in kept]
    return tuple(sorted([*kept.values(), *fresh], key=lambda one: (-one.severity, one.node, one.key)))


def told_of(office: Office) -> tuple[Told, ...]:
    """What every instrument tells of this office now."""
    return tuple(one for findings_of in INSTRUMENTS for one in findings_of(office))


def told_by_key(office: Office, keys: Iterable[str]) -> dict[str, Told]:
    """What instruments tell under these keys."""
    wanted = set(keys)
    return {one.key: one for one in told_of(office) if one.key in wanted}


def _of_told(told: Told) -> FindingView:
    return FindingView(
        key=told.key,
        source=told.source,
        title=told.title,
        detail=told.detail,
        instrument=told.instrument,
        framework=told.framework,
        node=told.node,
        score=told.score,
        low=told.low,
        high=told.high,
        count=told.count,
        scale=told.scale,
        evidence=told.evidence,
        found_on=told.found_on,
        url=told.url,
        severity=told.severity,
    )


def _of_row(row: Finding, told: Told | None) -> FindingView:
    return FindingView(
        key=row.key,
        source=row.source,
        title=row.title,
        detail=row.detail,
        instrument=row.instrument,
        framework=row.framework,
        node=row.node,
        score=row.score,
        low=row.low,
        high=row.high,
        count=row.count,
        scale=row.scale,
        evidence=tuple(Evidence(piece["code"], piece["title"]) for piece in row.evidence),
        found_on=row.found_on,
        # A stored address speaks the language of its day.
        url=told.url if told else row.url,
        severity=told.severity if told else Decimal(0),
        pk=row.pk,
        dismissed_at=row.dismissed_at,
        dismissed_reason=row.dismissed_reason,
        answers=tuple(_answer(action) for action in sorted(row.actions.all(), key=lambda one: one.pk)),
    )


def _answer(action: Action) -> Answer:
    return Answer(action.pk, action.code, action.title, action.status, action.plan_id, action.plan.title)
