"""The ten steps of CAF in three phases, and how far an office has come on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["done", "now", "next", "missed", "planned"]
Key = Literal[
    "decide",
    "communicate",
    "compose",
    "train",
    "assess",
    "report",
    "plan",
    "tell_plan",
    "implement",
    "next_cycle",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the ten steps: its number, its phase, and the key of its title."""

    number: int
    phase: int
    key: Key


# Source: CAF 2020 guidelines, ten steps to improve with CAF.
STEPS = (
    Step(1, 1, "decide"),
    Step(2, 1, "communicate"),
    Step(3, 2, "compose"),
    Step(4, 2, "train"),
    Step(5, 2, "assess"),
    Step(6, 2, "report"),
    Step(7, 3, "plan"),
    Step(8, 3, "tell_plan"),
    Step(9, 3, "implement"),
    Step(10, 3, "next_cycle"),
)
PHASES = (1, 2, 3)
LAST = STEPS[-1].number


@dataclass(frozen=True, slots=True)
class Fact:
    """What the platform itself knows of a step: done when, whether it is under way, planned for when."""

    done_on: date | None = None
    begun: bool = False
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What people noted at a step."""

    done_on: date | None = None
    planned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a step stands: its state, its days, what was noted, and whether the platform itself knows it."""

    step: Step
    state: State
    done_on: date | None = None
    planned_on: date | None = None
    note: str = ""
    is_known: bool = False

    def is_late(self, on: date) -> bool:
        """Whether it was planned for a day that has passed and is not done."""
        return self.state != "done" and self.planned_on is not None and self.planned_on < on


NOTHING = Fact()
NO_MARK = Mark()


def standings(facts: Mapping[int, Fact], marks: Mapping[int, Mark]) -> tuple[Standing, ...]:
    """The ten steps as they stand: what is done, what is under way, what comes next, what was passed over.

    The platform's own day of a deed goes before a noted one. The next step is the first open one behind the furthest
    that is done or under way; an open step before it was passed over, and stays open to be noted. Planning the next
    self-assessment is done as soon as it has a day.
    """
    reached = [_reached(step, facts.get(step.number, NOTHING), marks.get(step.number, NO_MARK)) for step in STEPS]
    furthest = max((at for at, state in enumerate(reached) if state), default=-1)
    stand = []
    for at, (step, state) in enumerate(zip(STEPS, reached, strict=True)):
        fact, mark = facts.get(step.number, NOTHING), marks.get(step.number, NO_MARK)
        stand.append(
            Standing(
                step=step,
                state=state or _ahead(at, furthest),
                done_on=fact.done_on or mark.done_on,
                planned_on=mark.planned_on or fact.planned_on,
                note=mark.note,
                is_known=fact.done_on is not None or fact.begun,
            )
        )
    return tuple(stand)


def next_of(stand: Sequence[Standing]) -> Standing | None:
    """What to turn to now: the first step under way, else the next one; none when all are done."""
    for wanted in ("now", "next", "missed"):
        if found := next((one for one in stand if one.state == wanted), None):
            return found
    return None


def _reached(step: Step, fact: Fact, mark: Mark) -> Literal["done", "now", ""]:
    has_day = step.number == LAST and (mark.planned_on or fact.planned_on) is not None
    if fact.done_on is not None or mark.done_on is not None or has_day:
        return "done"
    return "now" if fact.begun else ""


def _ahead(at: int, furthest: int) -> State:
    if at < furthest:
        return "missed"
    return "next" if at == furthest + 1 else "planned"
