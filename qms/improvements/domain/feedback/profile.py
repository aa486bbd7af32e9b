"""Whether the agreed levels meet the profile that the scheme asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from qms.improvements.domain.feedback.scheme import Pillar, Scheme, Step


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: the mean of the levels given so far, and whether that is enough; not met while one is missing."""

    pillar: Pillar
    step: Step
    mean: Decimal | None
    given: int
    met: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """All steps, whether every one is met, and the items that have no level yet."""

    steps: tuple[StepResult, ...]
    met: bool
    missing: tuple[str, ...]

    @property
    def failed(self) -> tuple[StepResult, ...]:
        """The steps that are not met."""
        return tuple(result for result in self.steps if not result.met)


def judge(scheme: Scheme, levels: Mapping[str, int | None]) -> Profile:
    """The mean of every step against the least that the scheme asks for.

    Source: CAF external feedback, each pillar has a profile that must be met; which one was not found, so it is data
    of the scheme (a proposal of this platform: every step at least 3, every principle at least 2).
    """
    steps = tuple(_result(pillar, step, levels) for pillar, step in scheme.steps())
    missing = tuple(item.identifier for item in scheme.items if levels.get(item.identifier) is None)
    return Profile(steps, all(result.met for result in steps), missing)


def _result(pillar: Pillar, step: Step, levels: Mapping[str, int | None]) -> StepResult:
    given = [level for item in step.items if (level := levels.get(item.identifier)) is not None]
    if not given:
        return StepResult(pillar, step, None, 0, met=False)
    # The sum is compared, not the mean: a third has no exact decimal.
    met = len(given) == len(step.items) and sum(given) >= step.at_least * len(given)
    return StepResult(pillar, step, Decimal(sum(given)) / len(given), len(given), met)
