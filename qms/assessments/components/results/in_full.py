"""Everything that was agreed, subcriterion by subcriterion, for the folded list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.assessments.components.telling import Teller
from qms.assessments.queries import NodeResultView, ReportText, Results
from qms.ui.components import Band, Part

from .drawings import band_of


@dataclass(frozen=True)
class AgreedText:
    """One strength, area or suggestion, and the codes of its evidence in one line."""

    text: str
    evidence: str


@dataclass(frozen=True)
class NodeInFull:
    """One subcriterion in words: its score, its marks, its texts and why it was agreed so."""

    identifier: str
    title: str
    score: str
    band: Band | None
    marks: tuple[tuple[str, int], ...]
    is_settled: bool
    strengths: tuple[AgreedText, ...]
    areas: tuple[AgreedText, ...]
    suggestions: tuple[AgreedText, ...]
    reason: str
    dissent: str


@dataclass(frozen=True)
class CriterionInFull(Part):
    """One criterion that opens; agreed results stand still while many people read them."""

    identifier: str
    title: str
    score: str
    nodes: tuple[NodeInFull, ...]
    template_name: ClassVar[str] = "assessments/_criterion_in_full.html"
    keeps: ClassVar[bool] = True


def in_full(found: Results) -> tuple[CriterionInFull, ...]:
    """Every criterion with every subcriterion."""
    teller = Teller(found.framework)
    return tuple(
        CriterionInFull(
            each.node.identifier,
            teller.title(each.node),
            teller.criterion(each.figure.value),
            tuple(_node(found, teller, node) for node in each.nodes),
        )
        for each in found.criteria
    )


def _node(found: Results, teller: Teller, node: NodeResultView) -> NodeInFull:
    scale = found.framework.scale(found.assessment.panel, node.node.identifier)
    marks = tuple((teller.said(one.titles), node.marks[one.code]) for one in scale.dimensions if one.code in node.marks)
    return NodeInFull(
        identifier=node.node.identifier,
        title=teller.title(node.node),
        score=teller.score(node.figure.value),
        band=band_of(teller, node.figure),
        marks=marks if len(scale.dimensions) > 1 else (),
        is_settled=node.is_settled,
        strengths=_texts(node.strengths),
        areas=_texts(node.areas),
        suggestions=_texts(node.suggestions),
        reason=node.reason,
        dissent=node.dissent,
    )


def _texts(texts: tuple[ReportText, ...]) -> tuple[AgreedText, ...]:
    return tuple(AgreedText(each.text, ", ".join(each.evidence)) for each in texts)
