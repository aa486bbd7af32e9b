"""A framework's edition as one frozen tree: criteria, panels, bands and the rules between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, overload

from qms.frameworks.domain.panel import Band, Panel, Scale
from qms.lifecycle import Refused, gettext_noop

Texts = Mapping[str, str]
Lists = Mapping[str, tuple[str, ...]]


@overload
def text(mapping: Texts, language: str) -> str: ...
@overload
def text(mapping: Lists, language: str) -> tuple[str, ...]: ...
def text(mapping: Texts | Lists, language: str) -> str | tuple[str, ...]:
    """The content in that language, else in the fallback (the first one there), else nothing."""
    contents: Mapping[str, Any] = mapping
    for wanted in (language, language.partition("-")[0]):
        if wanted in contents:
            return contents[wanted]  # type: ignore[no-any-return]
    return next(iter(contents.values()), "")


def rounded(value: Decimal, places: int) -> Decimal:
    """The value as it is shown: half-up, so that 42.5 becomes 43 (caf-efqm-awards 2.6)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes to which the same scale applies, such as enablers."""

    code: str
    titles: Texts
    about: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimal places for display; computed values are never rounded."""

    node: int = 0
    criterion: int = 1
    total: int = 0


@dataclass(frozen=True, slots=True)
class Rollup:
    """How criteria become a total: sum (up to a maximum) or mean, and what it requires."""

    criterion: str = "mean"
    total: str = "sum"
    requires: str = "all-criteria"
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Consensus:
    """From which divergence on a group talks, and up to which it need not."""

    discuss_above: int
    fast_track_to: int
    fast_track_same_band: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion, or a part of one; without children it is scored."""

    identifier: str
    titles: Texts
    group: str
    shorts: Texts = field(default_factory=dict)
    about: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    examples: Lists = field(default_factory=dict)
    evidence_hints: Lists = field(default_factory=dict)
    weight: Fraction | None = None
    was: str = ""
    children: tuple[Node, ...] = ()

    @property
    def is_scored(self) -> bool:
        """Whether members give it a score of its own."""
        return not self.children

    @property
    def share(self) -> Fraction:
        """Its weight among its siblings: its own, else the sum of its children's, else one."""
        if self.weight is not None:
            return self.weight
        if any(child.weight is not None for child in self.children):
            return sum((child.share for child in self.children), Fraction(0))
        return Fraction(1)

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Framework:
    """One edition of a framework, with everything an assessment needs to know of it."""

    code: str
    framework: str
    edition: str
    languages: tuple[str, ...]
    titles: Texts
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]
    panels: tuple[Panel, ...]
    nodes: tuple[Node, ...]
    rollup: Rollup
    rounding: Rounding
    consensus: Consensus
    shorts: Texts = field(default_factory=dict)
    about: Texts = field(default_factory=dict)
    attribution: Texts = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    follows: str = ""
    _index: Mapping[str, Node] = field(init=False, repr=False, compare=False)
    _roots: Mapping[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {node.identifier: node for root in self.nodes for node in root.walk()}
        roots = {node.identifier: root for root in self.nodes for node in root.walk()}
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_roots", roots)

    @property
    def criteria(self) -> tuple[Node, ...]:
        """The roots of the tree."""
        return self.nodes

    @property
    def scored(self) -> tuple[Node, ...]:
        """The nodes that are scored, in order."""
        return tuple(node for node in self._index.values() if node.is_scored)

    @property
    def lowest(self) -> int:
        """The lowest score there is."""
        return self.bands[0].low

    @property
    def highest(self) -> int:
        """The highest score there is."""
        return self.bands[-1].high

    def has_node(self, identifier: str) -> bool:
        """Whether there is a node of that identifier."""
        return identifier in self._index

    def node(self, identifier: str) -> Node:
        """The node of that identifier."""
        if identifier not in self._index:
            raise Refused(
                gettext_noop("%(framework)s has no criterion %(node)s."),
                framework=self.code,
                node=identifier,
            )
        return self._index[identifier]

    def name_in(self, edition: str, identifier: str) -> str:
        """What that node was called in that edition: nothing where the one has no forerunner in the other."""
        if edition == self.code:
            return identifier
        return self.node(identifier).was if edition == self.follows else ""

    def criterion_of(self, identifier: str) -> Node:
        """The criterion under which that node stands."""
        return self._roots[self.node(identifier).identifier]

    def group(self, code: str) -> Group:
        """The group of that code."""
        return next(group for group in self.groups if group.code == code)

    def panel(self, code: str) -> Panel:
        """The panel of that code."""
        for panel in self.panels:
            if panel.code == code:
                return panel
        raise Refused(gettext_noop("%(framework)s has no panel %(panel)s."), framework=self.code, panel=code)

    def scale(self, panel_code: str, identifier: str) -> Scale:
        """The scale on which that panel scores that node."""
        return self.panel(panel_code).by_group[self.node(identifier).group]

    def band(self, code: str) -> Band:
        """The band of that code."""
        for band in self.bands:
            if band.code == code:
                return band
        raise Refused(gettext_noop("There is no band %(band)s."), band=code)

    def band_of(self, value: Decimal | int) -> Band:
        """The band of a value, rounded half-up first: 10.5 is 11 and lies in 11-30 (T5)."""
        whole = rounded(Decimal(value), 0)
        for band in self.bands:
            if whole <= band.high:
                return band
        return self.bands[-1]
