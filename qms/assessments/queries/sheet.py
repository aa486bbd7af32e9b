"""One member's own sheet, as the member sees it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from qms.assessments.domain.scoring import score_of
from qms.assessments.models import (
    Assessment,
    ConsensusEntry,
    Entry,
    Evidence,
    Kind,
    NodeResult,
    NodeScore,
    Sheet,
)
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import Band, Scale

from .content import is_comparable
from .progress import NodeState, node_states


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One text with its evidence; the key names it also before it is saved."""

    key: uuid.UUID
    kind: str
    text: str
    evidence: tuple[Evidence, ...]
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class PreviousNode:
    """What the previous cycle agreed on the same node."""

    year: int
    score: Decimal | None
    band: Band | None
    count: int
    lowest: Decimal | None
    highest: Decimal | None
    approved_at: datetime | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """All that one sheet says of one node."""

    node: Node
    criterion: Node
    scale: Scale
    marks: Mapping[str, int]
    unknown: bool
    rationale: str
    version: int
    score: Decimal | None
    band: Band | None
    entries: tuple[EntryLine, ...]
    saved_at: datetime | None

    def of_kind(self, kind: str) -> tuple[EntryLine, ...]:
        """The entries of that kind, in order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    @property
    def strengths(self) -> tuple[EntryLine, ...]:
        """What the office does well."""
        return self.of_kind(Kind.STRENGTH)

    @property
    def areas(self) -> tuple[EntryLine, ...]:
        """What it had better improve."""
        return self.of_kind(Kind.AREA)

    @property
    def suggestions(self) -> tuple[EntryLine, ...]:
        """What the member proposes."""
        return self.of_kind(Kind.SUGGESTION)


@dataclass(frozen=True, slots=True)
class SheetView:
    """One node's page of the individual sheet; version 0 means that nothing is saved yet."""

    sheet: Sheet
    assessment: Assessment
    framework: Framework
    answer: NodeAnswer
    nodes: tuple[NodeState, ...]
    before: Node | None
    after: Node | None
    next_open: Node | None
    previous: PreviousNode | None
    is_editable: bool

    @property
    def done(self) -> int:
        """How many nodes are answered."""
        return sum(state.is_done for state in self.nodes)

    @property
    def unknown(self) -> int:
        """At how many nodes the member does not know enough."""
        return sum(state.state == "unknown" for state in self.nodes)


@dataclass(frozen=True, slots=True)
class WholeSheet:
    """The sheet from the first node to the last: for the overview, hand-in, print and the offline file."""

    sheet: Sheet
    assessment: Assessment
    framework: Framework
    answers: tuple[NodeAnswer, ...]
    nodes: tuple[NodeState, ...]
    is_editable: bool

    @property
    def done(self) -> int:
        """How many nodes are answered."""
        return sum(state.is_done for state in self.nodes)

    @property
    def blanks(self) -> tuple[Node, ...]:
        """The nodes that have neither a score nor "I don't know enough"."""
        return tuple(state.node for state in self.nodes if not state.is_done)


def sheet_view(sheet: Sheet, node: str) -> SheetView:
    """The page of one node; refused when the framework has no such node."""
    assessment = sheet.member.assessment
    framework = assessment.edition.tree()
    place = framework.node(node)
    scores = {score.node: score for score in NodeScore.objects.filter(sheet=sheet)}
    entries = _entries(Entry.objects.filter(sheet=sheet, node=node))
    states = node_states(framework, assessment.panel, scores)
    order = [state.node for state in states]
    here = next((index for index, each in enumerate(order) if each.identifier == node), 0)
    round_trip = states[here + 1 :] + states[:here]
    return SheetView(
        sheet=sheet,
        assessment=assessment,
        framework=framework,
        answer=_answer(framework, assessment.panel, place, scores.get(node), entries),
        nodes=states,
        before=order[here - 1] if here else None,
        after=order[here + 1] if here + 1 < len(order) else None,
        next_open=next((state.node for state in round_trip if not state.is_done), None),
        previous=previous_node(assessment, node),
        is_editable=is_editable(sheet),
    )


def whole_sheet(sheet: Sheet) -> WholeSheet:
    """Every node of the sheet with its marks and texts."""
    assessment = sheet.member.assessment
    framework = assessment.edition.tree()
    scores = {score.node: score for score in NodeScore.objects.filter(sheet=sheet)}
    texts: dict[str, list[Entry]] = {}
    for entry in _ordered(Entry.objects.filter(sheet=sheet)):
        texts.setdefault(entry.node, []).append(entry)
    answers = tuple(
        _answer(
            framework,
            assessment.panel,
            node,
            scores.get(node.identifier),
            tuple(_line(entry) for entry in texts.get(node.identifier, ())),
        )
        for node in framework.scored
    )
    states = node_states(framework, assessment.panel, scores)
    return WholeSheet(sheet, assessment, framework, answers, states, is_editable(sheet))


def is_editable(sheet: Sheet) -> bool:
    """Whether the member may still write: the sheet is open, and so is individual scoring."""
    return not sheet.is_in and sheet.member.assessment.stage == Assessment.Stage.INDIVIDUAL


def previous_node(assessment: Assessment, node: str) -> PreviousNode | None:
    """What the previous cycle agreed there, or on the node's forerunner in the followed edition."""
    if assessment.previous_id is None:
        return None
    framework = assessment.edition.tree()
    asked = Q(node=node, assessment__edition=assessment.edition_id)
    if was := framework.name_in(framework.follows, node):
        asked |= Q(node=was, assessment__edition__code=framework.follows)
    result = (
        NodeResult.objects.filter(asked, assessment=assessment.previous_id)
        .select_related("assessment__edition")
        .first()
    )
    if result is None or not is_comparable(framework, _tree_of(result, assessment)):
        return None
    areas = ConsensusEntry.objects.filter(
        agreement__assessment=assessment.previous_id, agreement__node=result.node, kind=Kind.AREA
    ).order_by("position", "pk")
    band = None if result.score is None else framework.band_of(result.score)
    return PreviousNode(
        year=result.assessment.year,
        score=result.score,
        band=band,
        count=result.count,
        lowest=result.lowest,
        highest=result.highest,
        approved_at=result.assessment.approved_at,
        areas=tuple(areas.values_list("text", flat=True)),
    )


def _tree_of(result: NodeResult, assessment: Assessment) -> Framework:
    same = result.assessment.edition_id == assessment.edition_id
    return assessment.edition.tree() if same else result.assessment.edition.tree()


def _answer(
    framework: Framework, panel: str, node: Node, score: NodeScore | None, entries: tuple[EntryLine, ...]
) -> NodeAnswer:
    reckoned = None if score is None else score_of(framework, panel, node.identifier, score.counted)
    return NodeAnswer(
        node=node,
        criterion=framework.criterion_of(node.identifier),
        scale=framework.scale(panel, node.identifier),
        marks={} if score is None else score.marks,
        unknown=score is not None and score.unknown,
        rationale="" if score is None else score.rationale,
        version=0 if score is None else score.version,
        score=reckoned,
        band=None if reckoned is None else framework.band_of(reckoned),
        entries=entries,
        saved_at=None if score is None else score.saved_at,
    )


def _ordered(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.prefetch_related("evidence").order_by("node", "kind", "position", "pk")


def _entries(entries: QuerySet[Entry]) -> tuple[EntryLine, ...]:
    return tuple(_line(entry) for entry in _ordered(entries))


def _line(entry: Entry) -> EntryLine:
    evidence = tuple(sorted(entry.evidence.all(), key=lambda each: each.number))
    return EntryLine(entry.key, entry.kind, entry.text, evidence, entry.pk)
