"""What a good practice can be drafted from: one finished action, its effect and its lessons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qms.improvements.models import Action, Effect, Finding, LogAttachment

from .effects import StatedView, stated_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class PracticeStep:
    """One thing that was done, and when."""

    title: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """Everything that an action hands on to the draft of a good practice."""

    action: Action
    findings: tuple[Finding, ...]
    steps: tuple[PracticeStep, ...]
    stated: StatedView | None
    evidence: tuple[str, ...]

    @property
    def cost(self) -> Decimal | None:
        """What was spent, else what was planned."""
        return self.action.budget if self.action.spent is None else self.action.spent

    @property
    def is_cost_planned(self) -> bool:
        """Whether the cost is only the planned one."""
        return self.action.spent is None

    @property
    def is_open(self) -> bool:
        """Whether the action is not finished yet."""
        return self.action.status != Action.Status.DONE


def practice_draft_of(action: Action) -> PracticeDraft:
    """The draft of a practice from this action: its findings, its tasks, its stated effect, what shows it."""
    findings = tuple(action.findings.order_by("pk"))
    tasks = action.tasks.order_by("position", "pk")
    effect = Effect.objects.filter(action=action.pk).select_related("stated_by").first()
    files = LogAttachment.objects.filter(entry__action=action.pk).order_by("pk")
    return PracticeDraft(
        action=action,
        findings=findings,
        steps=tuple(PracticeStep(task.title, task.done_on) for task in tasks),
        stated=None if effect is None else stated_of(effect),
        evidence=(*_cited(findings), *(file.file_name for file in files)),
    )


def _cited(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The evidence of the findings, each once, by code and title."""
    pieces = (piece for finding in findings for piece in finding.evidence)
    return tuple(dict.fromkeys(filter(None, map(_named, pieces))))


def _named(piece: object) -> str:
    if isinstance(piece, dict):
        return " ".join(filter(None, (str(piece.get("code", "")), str(piece.get("title", "")))))
    return str(piece)
