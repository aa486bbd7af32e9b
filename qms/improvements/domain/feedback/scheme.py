"""One edition of the questionnaires as a frozen tree: pillars, steps, items, scales, rules and periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from qms.improvements.domain.priority import months_after

Texts = Mapping[str, str]
LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels of a scale, with its description."""

    value: int
    titles: Texts
    about: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scale:
    """Five levels, the lowest first."""

    code: str
    titles: Texts
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is answered with a level; its own descriptions of levels go before the scale's."""

    identifier: str
    titles: Texts
    guidance: Texts = field(default_factory=dict)
    levels: Mapping[int, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of CAF, or a principle of excellence: its items, and the least mean that the profile asks for."""

    identifier: str
    titles: Texts
    items: tuple[Item, ...]
    at_least: Decimal
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Pillar:
    """One questionnaire."""

    identifier: str
    titles: Texts
    about: Texts
    scale: Scale
    steps: tuple[Step, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is answered in this questionnaire, in order."""
        return tuple(item for step in self.steps for item in step.items)

    def described(self, item: Item) -> tuple[Level, ...]:
        """The levels as they read for this item."""
        return tuple(
            Level(level.value, level.titles, item.levels.get(level.value, level.about)) for level in self.scale.levels
        )


@dataclass(frozen=True, slots=True)
class Periods:
    """When an office may apply, how long the label is valid, how early the reminder goes out."""

    apply_from_months: int
    apply_until_months: int
    label_months: int
    remind_days_before: int

    def opens_on(self, approved_on: date) -> date:
        """The first day on which an office may apply."""
        return months_after(approved_on, self.apply_from_months)

    def closes_on(self, approved_on: date) -> date:
        """The last day on which an office may apply."""
        return months_after(approved_on, self.apply_until_months)

    def is_open(self, approved_on: date, on: date) -> bool:
        """Whether an office may apply on this day; both ends belong to the window."""
        return self.opens_on(approved_on) <= on <= self.closes_on(approved_on)

    def label_until(self, decided_on: date) -> date:
        """The last day of a label given on this day."""
        return months_after(decided_on, self.label_months)


@dataclass(frozen=True, slots=True)
class Note:
    """Where something in the file comes from: confirmed, memory or proposal."""

    status: str
    texts: Texts


@dataclass(frozen=True)
class Scheme:
    """An edition as a whole."""

    code: str
    languages: tuple[str, ...]
    titles: Texts
    label: Texts
    about: Texts
    attribution: Texts
    notes: tuple[Note, ...]
    periods: Periods
    pillars: tuple[Pillar, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All that is answered, in order."""
        return tuple(item for pillar in self.pillars for item in pillar.items)

    def steps(self) -> Iterator[tuple[Pillar, Step]]:
        """Each step with its pillar, in order."""
        for pillar in self.pillars:
            for step in pillar.steps:
                yield pillar, step

    def pillar(self, identifier: str) -> Pillar | None:
        """The pillar of that name, if there is one."""
        return next((pillar for pillar in self.pillars if pillar.identifier == identifier), None)
