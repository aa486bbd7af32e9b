"""From scores to criteria to the total: exact, and blank never counts as zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import decimal_of
from qms.lifecycle import Refused, gettext_noop

Weighted = tuple[Fraction | None, Fraction]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the nodes that could be scored are."""

    scored: int
    of: int

    @property
    def is_full(self) -> bool:
        """Whether nothing is blank."""
        return self.scored == self.of

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.scored + other.scored, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an assessment amounts to; None wherever nothing was scored."""

    nodes: Mapping[str, Decimal | None]  # scored nodes, in order
    sections: Mapping[str, Decimal | None]  # nodes between criteria and scored nodes
    criteria: Mapping[str, Decimal | None]
    groups: Mapping[str, Decimal | None]
    level: Decimal | None  # the total on the scale of the nodes: its band is band_of(level)
    total: Decimal | None
    total_share: Decimal | None  # 0 to 100
    total_of: Decimal  # the highest total there is
    coverage: Coverage
    coverage_by: Mapping[str, Coverage]  # per criterion


def weighted_mean(values: Iterable[Weighted]) -> Fraction | None:
    """The weighted mean of the values that are there; weights of blanks do not count."""
    present = [(value, weight) for value, weight in values if value is not None]
    if not present:
        return None
    return sum((value * weight for value, weight in present), Fraction(0)) / sum(
        (weight for _, weight in present), Fraction(0)
    )


class SheetRefused(Refused):
    """A sheet with faults: each a node's identifier and why its marks are refused."""

    def __init__(self, faults: Sequence[tuple[str, Refused]]) -> None:
        super().__init__(
            gettext_noop("The sheet cannot be reckoned; the first fault is at %(node)s."), node=faults[0][0]
        )
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(f"{node}: {refusal}" for node, refusal in self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return SheetRefused, (self.faults,)


def check_sheet(framework: Framework, panel_code: str, sheet: Mapping[str, object]) -> dict[str, dict[str, int]]:
    """A sheet as it came from outside, as whole marks per node; all its faults in one refusal."""
    framework.panel(panel_code)
    checked: dict[str, dict[str, int]] = {}
    faults: list[tuple[str, Refused]] = []
    for identifier, marks in sheet.items():
        try:
            checked[identifier] = _check_marks(framework, panel_code, identifier, marks)
        except Refused as refusal:
            faults.append((identifier, refusal))
    if faults:
        raise SheetRefused(faults)
    return {identifier: marks for identifier, marks in checked.items() if marks}


def _check_marks(framework: Framework, panel_code: str, identifier: str, marks: object) -> dict[str, int]:
    node = framework.node(identifier)
    if not node.is_scored:
        raise Refused(gettext_noop("This criterion is not scored itself; score the parts below it."))
    if marks is None:
        return {}
    if not isinstance(marks, Mapping):
        raise Refused(gettext_noop("Write one mark for each dimension, or leave the criterion blank."))
    return framework.scale(panel_code, identifier).check(marks)


def reckon(framework: Framework, panel_code: str, marks_by_node: Mapping[str, Mapping[str, int] | None]) -> Outcome:
    """The outcome of one sheet of checked marks (caf-efqm-awards 2.6, 2.7; vectors T1 to T5)."""
    framework.panel(panel_code)
    for identifier in marks_by_node:
        framework.node(identifier)
    scores = {
        node.identifier: framework.scale(panel_code, node.identifier).score(marks_by_node.get(node.identifier))
        for node in framework.scored
    }
    return roll_up(framework, scores)


def roll_up(framework: Framework, scores: Mapping[str, Decimal | None]) -> Outcome:
    """The outcome of scores per node, wherever they come from; a missing node is blank."""
    exact = _values(framework, scores)
    criteria = [(exact[root.identifier], root.share) for root in framework.criteria]
    coverage_by = {root.identifier: _coverage(root, exact) for root in framework.criteria}
    coverage = sum(coverage_by.values(), Coverage(0, 0))
    level = weighted_mean(criteria) if _is_enough(framework, criteria, coverage) else None
    inner = {
        node.identifier for root in framework.criteria for node in root.walk() if node.children and node is not root
    }
    return Outcome(
        nodes={node.identifier: _shown(exact[node.identifier]) for node in framework.scored},
        sections={each: _shown(value) for each, value in exact.items() if each in inner},
        criteria={root.identifier: _shown(exact[root.identifier]) for root in framework.criteria},
        groups={
            group.code: _shown(
                weighted_mean(
                    (exact[root.identifier], root.share) for root in framework.criteria if root.group == group.code
                )
            )
            for group in framework.groups
        },
        level=_shown(level),
        total=_shown(None if level is None else _total(framework, level)),
        total_share=_shown(None if level is None else 100 * _share(framework, level)),
        total_of=decimal_of(_total(framework, Fraction(framework.highest))),
        coverage=coverage,
        coverage_by=coverage_by,
    )


def _values(framework: Framework, scores: Mapping[str, Decimal | None]) -> dict[str, Fraction | None]:
    values: dict[str, Fraction | None] = {}

    def value_of(node: Node) -> Fraction | None:
        if node.is_scored:
            score = scores.get(node.identifier)
            value = None if score is None else Fraction(score)
        else:
            value = weighted_mean([(value_of(child), child.share) for child in node.children])
        values[node.identifier] = value
        return value

    for root in framework.criteria:
        value_of(root)
    return values


def _coverage(root: Node, values: Mapping[str, Fraction | None]) -> Coverage:
    scored = [node for node in root.walk() if node.is_scored]
    return Coverage(sum(values[node.identifier] is not None for node in scored), len(scored))


def _is_enough(framework: Framework, criteria: Iterable[Weighted], coverage: Coverage) -> bool:
    if framework.rollup.requires == "all-nodes":
        return coverage.is_full
    if framework.rollup.requires == "all-criteria":
        return all(value is not None for value, _ in criteria)
    return True


def _share(framework: Framework, level: Fraction) -> Fraction:
    return (level - framework.lowest) / (framework.highest - framework.lowest)


def _total(framework: Framework, level: Fraction) -> Fraction:
    if framework.rollup.total == "mean":
        return level
    if framework.rollup.maximum:
        return level * framework.rollup.maximum / framework.highest
    return level * len(framework.criteria)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal_of(value)
