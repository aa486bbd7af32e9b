"""The results of an assessment: the agreed figures before approval, the frozen ones after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qms.assessments.domain.snapshot import digest
from qms.assessments.models import Assessment, CriterionResult, Snapshot
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import Band
from qms.frameworks.domain.rollup import Coverage
from qms.lifecycle import Refused, gettext_noop

from .content import agreed_content_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One score with its band, last cycle's and the other offices' median; None wherever there is none."""

    value: Decimal | None
    band: Band | None
    previous: Decimal | None
    benchmark: Decimal | None
    is_alike: bool = True  # made of the same nodes as the previous figure

    @property
    def change(self) -> Decimal | None:
        """How much it rose since the previous cycle; none between figures made of different nodes."""
        if self.value is None or self.previous is None or not self.is_alike:
            return None
        return self.value - self.previous

    @property
    def is_apart(self) -> bool:
        """Whether both figures stand, but may not be compared."""
        return self.value is not None and self.previous is not None and not self.is_alike


@dataclass(frozen=True, slots=True)
class ReportText:
    """One agreed strength, area or suggestion of a node, with the codes of its evidence."""

    node: Node
    text: str
    evidence: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class NodeResultView:
    """One node: figure, marks, reason, dissent and the agreed texts."""

    node: Node
    figure: Figure
    marks: Mapping[str, int]
    is_settled: bool
    left_blank: bool
    reason: str
    dissent: str
    strengths: tuple[ReportText, ...]
    areas: tuple[ReportText, ...]
    suggestions: tuple[ReportText, ...]


@dataclass(frozen=True, slots=True)
class CriterionResultView:
    """One criterion with its nodes: a spoke of the radar, a bar, a row of the heat map."""

    node: Node
    figure: Figure
    coverage: Coverage
    nodes: tuple[NodeResultView, ...]


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """Enablers or results together."""

    code: str
    titles: Mapping[str, str]
    figure: Figure


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as the report cites it."""

    pk: int
    code: str
    kind: str
    title: str
    dated_on: date | None
    owner: str
    url: str
    note: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person of the group as the report names them."""

    name: str
    role: str
    handed_in: bool


@dataclass(frozen=True, slots=True)
class GroupLines:
    """One self-assessment group with its people."""

    name: str
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the results page and the report show."""

    assessment: Assessment
    framework: Framework
    criteria: tuple[CriterionResultView, ...]
    parts: tuple[GroupFigure, ...]
    total: Figure
    total_of: Decimal
    total_share: Decimal | None
    coverage: Coverage
    previous_year: int | None
    benchmark_offices: int | None
    evidence: tuple[EvidenceLine, ...]
    groups: tuple[GroupLines, ...]
    office_name: str
    is_frozen: bool
    sha256: str
    approved_at: datetime | None
    approved_by: str

    @property
    def nodes(self) -> tuple[NodeResultView, ...]:
        """All scored nodes in the framework's order."""
        return tuple(node for criterion in self.criteria for node in criterion.nodes)

    @property
    def strengths(self) -> tuple[ReportText, ...]:
        """All agreed strengths, those of the highest scores first."""
        return _by_score((text for node in self.nodes for text in node.strengths), sign=-1)

    @property
    def areas(self) -> tuple[ReportText, ...]:
        """All agreed areas for improvement, those of the lowest scores first."""
        return _by_score((text for node in self.nodes for text in node.areas), sign=1)

    @property
    def suggestions(self) -> tuple[ReportText, ...]:
        """All agreed suggestions in the framework's order."""
        return tuple(text for node in self.nodes for text in node.suggestions)


@dataclass(frozen=True, slots=True)
class Cycle:
    """One approved assessment of an office among others of the same edition."""

    pk: int
    title: str
    year: int
    approved_at: datetime
    total: Decimal | None
    criteria: Mapping[str, Decimal | None]
    scored: frozenset[str]

    def change_since(self, before: Cycle, criterion: Node) -> Decimal | None:
        """How much a criterion rose; none when different nodes make up the two figures."""
        now, then = self.criteria.get(criterion.identifier), before.criteria.get(criterion.identifier)
        nodes = {node.identifier for node in criterion.walk() if node.is_scored}
        if now is None or then is None or nodes & self.scored != nodes & before.scored:
            return None
        return now - then

    def total_change_since(self, before: Cycle) -> Decimal | None:
        """How much the total rose; none when different nodes make up the two totals."""
        if self.total is None or before.total is None or self.scored != before.scored:
            return None
        return self.total - before.total


def results_of(assessment: Assessment) -> Results:
    """The frozen results once approved, else the agreement so far; refused before consensus has begun."""
    if not assessment.shows_scores:
        raise Refused(gettext_noop("There are results when the group has begun to agree."))
    if assessment.stage == Assessment.Stage.APPROVED:
        snapshot = Snapshot.objects.select_related("approved_by").get(assessment=assessment)
        return _read(assessment, snapshot.content, snapshot)
    return _read(assessment, agreed_content_of(assessment), None)


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the frozen content still has the fingerprint it was approved with."""
    return digest(snapshot.content) == snapshot.sha256


def cycles_of(assessment: Assessment) -> tuple[Cycle, ...]:
    """The office's approved assessments of the same edition and unit, oldest first."""
    rows = (
        Assessment.objects.approved()
        .filter(office=assessment.office_id, edition=assessment.edition_id, unit=assessment.unit)
        .prefetch_related("criterion_results", "node_results")
        .order_by("approved_at", "pk")
    )
    return tuple(_cycle(row) for row in rows)


def _cycle(assessment: Assessment) -> Cycle:
    scores = {row.criterion: row.score for row in assessment.criterion_results.all()}
    total = scores.pop(CriterionResult.TOTAL, None)
    scored = frozenset(row.node for row in assessment.node_results.all() if row.score is not None)
    assert assessment.approved_at is not None  # noqa: S101  the database keeps it
    return Cycle(assessment.pk, assessment.title, assessment.year, assessment.approved_at, total, scores, scored)


def _by_score(texts: Any, *, sign: int) -> tuple[ReportText, ...]:
    # Texts of nodes without a score come last: nothing says how strong or weak they are.
    return tuple(sorted(texts, key=lambda text: (text.figure.value is None, sign * (text.figure.value or 0))))


def _read(assessment: Assessment, content: Mapping[str, Any], snapshot: Snapshot | None) -> Results:
    framework = assessment.edition.tree()
    reader = _Reader(framework, content)
    figures = content["results"]
    return Results(
        assessment=assessment,
        framework=framework,
        criteria=tuple(reader.criterion(root) for root in framework.criteria),
        parts=tuple(
            GroupFigure(group.code, group.titles, reader.figure(_number(figures["groups"].get(group.code))))
            for group in framework.groups
        ),
        total=Figure(
            _number(figures["total"]),
            None if figures["level"] is None else framework.band_of(Decimal(figures["level"])),
            _number((content["previous"] or {}).get("total")),
            _number((content["benchmark"] or {}).get("total")),
            all(map(reader.is_alike, framework.criteria)),
        ),
        total_of=Decimal(figures["total_of"]),
        total_share=_number(figures["total_share"]),
        coverage=Coverage(*figures["coverage"]),
        previous_year=(content["previous"] or {}).get("year"),
        benchmark_offices=(content["benchmark"] or {}).get("offices"),
        evidence=tuple(_evidence_line(piece) for piece in content["evidence"]),
        groups=tuple(
            GroupLines(group["name"], tuple(MemberLine(**member) for member in group["members"]))
            for group in content["groups"]
        ),
        office_name=content["office"]["name"],
        is_frozen=snapshot is not None,
        sha256=snapshot.sha256 if snapshot else "",
        approved_at=snapshot.approved_at if snapshot else None,
        approved_by=snapshot.approved_by.name if snapshot else "",
    )


class _Reader:
    """Reads figures and nodes out of one content."""

    def __init__(self, framework: Framework, content: Mapping[str, Any]) -> None:
        self.framework = framework
        self.nodes = {node["id"]: node for node in content["nodes"]}
        self.results = content["results"]
        self.previous = content["previous"] or {"nodes": {}, "criteria": {}}
        self.benchmark = content["benchmark"] or {"nodes": {}, "criteria": {}}

    def is_alike(self, root: Node) -> bool:
        """Whether the same nodes of a criterion have a score now and had one in the previous cycle."""
        before = self.previous["nodes"]
        return all(
            (self.nodes[node.identifier]["score"] is None) == (before.get(node.identifier) is None)
            for node in root.walk()
            if node.is_scored
        )

    def figure(self, value: Decimal | None, level: str = "", name: str = "", *, is_alike: bool = True) -> Figure:
        band = None if value is None else self.framework.band_of(value)
        if not level:
            return Figure(value, band, None, None)
        previous, benchmark = self.previous[level].get(name), self.benchmark[level].get(name)
        return Figure(value, band, _number(previous), _number(benchmark), is_alike)

    def criterion(self, root: Node) -> CriterionResultView:
        value = _number(self.results["criteria"][root.identifier])
        return CriterionResultView(
            node=root,
            figure=self.figure(value, "criteria", root.identifier, is_alike=self.is_alike(root)),
            coverage=Coverage(*self.results["coverage_by"][root.identifier]),
            nodes=tuple(self.node(node) for node in root.walk() if node.is_scored),
        )

    def node(self, node: Node) -> NodeResultView:
        written = self.nodes[node.identifier]
        figure = self.figure(_number(written["score"]), "nodes", node.identifier)
        strengths, areas, suggestions = (
            tuple(ReportText(node, text["text"], tuple(text["evidence"]), figure) for text in written[name])
            for name in ("strengths", "areas", "suggestions")
        )
        return NodeResultView(
            node=node,
            figure=figure,
            marks=written["marks"],
            is_settled=written["settled"],
            left_blank=written["left_blank"],
            reason=written["reason"],
            dissent=written["dissent"],
            strengths=strengths,
            areas=areas,
            suggestions=suggestions,
        )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _evidence_line(piece: Mapping[str, Any]) -> EvidenceLine:
    dated_on = date.fromisoformat(piece["dated_on"]) if piece["dated_on"] else None
    return EvidenceLine(
        pk=piece["id"],
        dated_on=dated_on,
        **{name: value for name, value in piece.items() if name not in ("id", "dated_on")},
    )
