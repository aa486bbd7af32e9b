"""What the report is made of: the frozen content, read once, in the language of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from qms.assessments.components.telling import Teller
from qms.assessments.domain.scoring import score_of
from qms.assessments.queries import Figure, NodeResultView, Results
from qms.frameworks.domain.framework import Framework
from qms.pdf.components import BandMark
from qms.stats.agreement import Spread, spread_of


@dataclass(frozen=True)
class Material:
    """The results and what else the frozen content knows; nothing here is read from live rows."""

    results: Results
    content: Mapping[str, Any]

    @property
    def framework(self) -> Framework:
        return self.results.framework

    @cached_property
    def teller(self) -> Teller:
        """Names and numbers in the language of the report."""
        return Teller(self.framework)

    @property
    def head(self) -> Mapping[str, Any]:
        """The assessment's own facts."""
        return self.content["assessment"]  # type: ignore[no-any-return]

    @property
    def office(self) -> Mapping[str, Any]:
        return self.content["office"]  # type: ignore[no-any-return]

    @property
    def tongue(self) -> str:
        """The language of the texts that the office wrote."""
        return str(self.office.get("language") or "pl")

    @property
    def year(self) -> int:
        return int(self.head["year"])

    @property
    def panel(self) -> str:
        return str(self.head["panel"])

    @property
    def approved_at(self) -> datetime | None:
        return self.results.approved_at

    def day(self, name: str) -> date | None:
        """One of the assessment's days, where it has that day."""
        written = self.head.get(name)
        if not written:
            return None
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)

    @property
    def members(self) -> int:
        """How many people sat in the groups."""
        return sum(len(group.members) for group in self.results.groups)

    @property
    def short_hash(self) -> str:
        """The fingerprint as the foot of each page shows it."""
        return f"{self.results.sha256[:4]} {self.results.sha256[4:8]}"

    @cached_property
    def _nodes(self) -> Mapping[str, Mapping[str, Any]]:
        return {node["id"]: node for node in self.content["nodes"]}

    def spread(self, identifier: str) -> Spread | None:
        """How far the members' own scores lay apart."""
        return spread_of(self.given(identifier))

    def given(self, identifier: str) -> Sequence[Decimal]:
        """The scores that members gave; blanks left out."""
        rows = self._nodes[identifier]["individual"]
        scores = (score_of(self.framework, self.panel, identifier, row["marks"]) for row in rows)
        return [score for score in scores if score is not None]

    @cached_property
    def answers(self) -> tuple[int, int]:
        """How many individual scores were given, of how many that could be."""
        handed_in = sum(member.handed_in for group in self.results.groups for member in group.members)
        return sum(len(self.given(node)) for node in self._nodes), handed_in * len(self._nodes)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The names of the evidence by code."""
        return {piece.code: piece.title for piece in self.results.evidence}

    def cited_in(self, code: str) -> list[str]:
        """The nodes whose texts cite this piece."""
        return [node.node.identifier for node in self.results.nodes if code in _codes(node)]

    def mark(self, figure: Figure, *, words: bool = True) -> BandMark:
        """The band of a figure; a dash where there is no score."""
        if figure.band is None:
            return BandMark(None, "–")
        title = self.teller.said(figure.band.titles)
        return BandMark(figure.band.index, title if words else self.teller.span(figure.band))

    def mark_named(self, figure: Figure, words: str) -> BandMark:
        """The dial of a figure before other words than the band's."""
        return BandMark(None if figure.band is None else figure.band.index, words)

    def signed(self, figure: Figure, places: int) -> str:
        """The change since the previous cycle."""
        return self.teller.change(figure.change, places)

    @property
    def has_previous(self) -> bool:
        return self.results.previous_year is not None

    @property
    def has_benchmark(self) -> bool:
        return self.results.benchmark_offices is not None


def _codes(node: NodeResultView) -> set[str]:
    return {code for text in (*node.strengths, *node.areas, *node.suggestions) for code in text.evidence}
