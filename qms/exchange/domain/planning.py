"""Shared pieces of a plan: weak points, blocks, and what is said of a practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from qms.assessments.domain.snapshot import figure
from qms.exchange.domain.matching import Market, Need, Practice
from qms.exchange.domain.material import Material, Report
from qms.exchange.domain.releasing import Decision

Block = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """The material with what was reckoned from it: what every page of the edition looks things up in."""

    material: Material
    decisions: Mapping[str, Decision]

    @cached_property
    def reports(self) -> Mapping[int, Report]:
        """The report of every office."""
        return {report.office: report for report in self.material.reports}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every node in the framework."""
        return {node: place for place, node in enumerate(self.material.nodes)}

    @cached_property
    def spread_of_words(self) -> Mapping[str, int]:
        """In how many practices each word stands."""
        return Counter(word for entry in self.material.entries.values() for word in entry.words)

    def distribution(self, node: str) -> dict[str, Any] | None:
        """What is shown of all offices' scores of this node."""
        decision = self.decisions.get(node)
        return decision.told(self.material.framework, self.material.scale) if decision else None


def block(kind: str, key: str, content: Mapping[str, Any]) -> Block:
    """One generated block."""
    return {"kind": kind, "key": key, "content": dict(content)}


def needs_of(report: Report, nodes: Sequence[str], *, most: int) -> tuple[Need, ...]:
    """The lowest scored nodes of a report; of equal ones those that come first in the framework."""
    scored = [(report.scores[node].agreed, place, node) for place, node in enumerate(nodes) if node in report.scores]
    return tuple(Need(report.office, node, score) for score, _place, node in sorted(scored)[:most])


def market_of(material: Material) -> Market:
    """What matching is told: of scores only high ones that their offices show by name."""
    return Market(
        scale=material.scale,
        places=material.places,
        practices=tuple(entry.practice for entry in material.entries.values()),
        offers=tuple(material.offers),
        criteria=material.criteria,
        shown={
            (report.office, node): score
            for report in material.reports
            for node in report.scores
            if (score := host_score(material, report, node)) is not None
        },
        adopted=material.adopted,
        dismissed=material.dismissed,
        guests=material.guests,
    )


def host_score(material: Material, report: Report, node: str) -> Decimal | None:
    """The score that speaks for a host: one above the middle of the scale that it shows by name."""
    score = report.scores.get(node)
    return score.agreed if report.is_named and score and score.agreed > material.scale.middle else None


def known_of(practice: Practice) -> dict[str, Any]:
    """What is known of a practice's effect: its own word, and what became of it elsewhere."""
    return {
        "effect": practice.effect,
        "adopted": practice.adopted,
        "measured": practice.measured,
        "improved": practice.improved,
    }


def told(value: Decimal | None) -> str | None:
    """A score as the page keeps it."""
    return None if value is None else figure(value)
