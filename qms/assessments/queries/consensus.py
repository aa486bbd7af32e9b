"""What the group has before it in consensus; every read asks first whether the viewer may look."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from qms.assessments.domain.divergence import Divergence, divergences
from qms.assessments.domain.scoring import score_of
from qms.assessments.models import Assessment, ConsensusNode, Entry, Evidence, Kind, NodeScore, Sheet
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import Band, Scale

from .looking import require_look
from .sheet import PreviousNode, previous_node

if TYPE_CHECKING:
    from qms.accounts.models import User


@dataclass(frozen=True, slots=True)
class DivergenceRow:
    """One node in the chair's list: the scores, their spread, and whether it is agreed."""

    node: Node
    divergence: Divergence
    is_settled: bool
    left_blank: bool
    agreed: Decimal | None
    agreed_band: Band | None


@dataclass(frozen=True, slots=True)
class DivergenceList:
    """All nodes, widest first."""

    rows: tuple[DivergenceRow, ...]
    sheets_in: int
    sheets: int

    @property
    def settled(self) -> int:
        """How many nodes are agreed."""
        return sum(row.is_settled for row in self.rows)

    @property
    def next_open(self) -> DivergenceRow | None:
        """The widest node that is still to be agreed."""
        return next((row for row in self.rows if not row.is_settled), None)

    def after(self, node: str) -> DivergenceRow | None:
        """The next node to be agreed after this one, from the widest down and round again."""
        here = next((index for index, row in enumerate(self.rows) if row.node.identifier == node), -1)
        round_trip = self.rows[here + 1 :] + self.rows[: max(here, 0)]
        return next((row for row in round_trip if not row.is_settled), None)

    def with_verdict(self, verdict: str) -> tuple[DivergenceRow, ...]:
        """The rows to discuss, to review, or to pass quickly."""
        return tuple(row for row in self.rows if row.divergence.verdict == verdict)


@dataclass(frozen=True, slots=True)
class MemberScore:
    """One member's score under a letter; the name only where the group chose names."""

    member_id: int
    letter: str
    name: str
    marks: Mapping[str, int]
    unknown: bool
    score: Decimal | None
    band: Band | None
    rationale: str


@dataclass(frozen=True, slots=True)
class Text:
    """One strength, area or suggestion with who wrote it (letters) and what shows it."""

    pk: int
    kind: str
    text: str
    letters: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    key: uuid.UUID


@dataclass(frozen=True, slots=True)
class AgreedText:
    """One text as the group worded it, with the entries it joins."""

    pk: int
    key: uuid.UUID
    kind: str
    text: str
    sources: tuple[int, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is written down of the agreement so far; version 0 means nothing yet."""

    marks: Mapping[str, int]
    score: Decimal | None
    band: Band | None
    left_blank: bool
    reason: str
    dissent: str
    dissenters: tuple[int, ...]
    entries: tuple[AgreedText, ...]
    version: int
    settled_at: datetime | None
    saved_at: datetime | None
    reopened_reason: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether the group has closed the discussion."""
        return self.settled_at is not None


@dataclass(frozen=True, slots=True)
class ConsensusView:
    """One node's page in consensus."""

    assessment: Assessment
    framework: Framework
    node: Node
    criterion: Node
    scale: Scale
    scores: tuple[MemberScore, ...]
    texts: tuple[Text, ...]
    agreed: Agreed
    divergence: Divergence
    divergences: DivergenceList
    previous: PreviousNode | None

    def of_kind(self, kind: str) -> tuple[Text, ...]:
        """The members' texts of that kind."""
        return tuple(text for text in self.texts if text.kind == kind)

    @property
    def strengths(self) -> tuple[Text, ...]:
        """The members' strengths."""
        return self.of_kind(Kind.STRENGTH)

    @property
    def areas(self) -> tuple[Text, ...]:
        """The members' areas for improvement."""
        return self.of_kind(Kind.AREA)

    @property
    def suggestions(self) -> tuple[Text, ...]:
        """The members' suggestions."""
        return self.of_kind(Kind.SUGGESTION)


def divergence_of(assessment: Assessment, *, viewer: User) -> DivergenceList:
    """Every node's divergence, widest first; refused while the sheets are blind to the viewer."""
    require_look(assessment, viewer)
    return _list(assessment, _scores(assessment), _agreements(assessment))


def node_for_consensus(assessment: Assessment, node: str, *, viewer: User) -> ConsensusView:
    """One node with all scores, texts, and the agreement so far; refused while blind to the viewer."""
    require_look(assessment, viewer)
    framework = assessment.edition.tree()
    place = framework.node(node)
    scores, agreements = _scores(assessment), _agreements(assessment)
    rows = _list(assessment, scores, agreements)
    return ConsensusView(
        assessment=assessment,
        framework=framework,
        node=place,
        criterion=framework.criterion_of(node),
        scale=framework.scale(assessment.panel, node),
        scores=_member_scores(assessment, node),
        texts=_texts(assessment, node),
        agreed=_agreed(assessment, agreements.get(node)),
        divergence=next(row.divergence for row in rows.rows if row.node.identifier == node),
        divergences=rows,
        previous=previous_node(assessment, node),
    )


def individual_scores(assessment: Assessment) -> dict[str, list[Decimal | None]]:
    """The scores of the sheets that are in, by node; for services and the snapshot, never for a page."""
    framework = assessment.edition.tree()
    given: dict[str, list[Decimal | None]] = defaultdict(list)
    for node, marks in _scores(assessment):
        given[node].append(score_of(framework, assessment.panel, node, marks))
    return given


def _scores(assessment: Assessment) -> list[tuple[str, Mapping[str, int]]]:
    """Node and counted marks of every sheet that is in; plain rows, for a large group has many hundreds of them."""
    sheets = Sheet.objects.in_play().handed_in().filter(member__assessment=assessment)
    rows = NodeScore.objects.filter(sheet__in=sheets).values_list("node", "marks", "unknown")
    return [(node, {} if unknown else marks) for node, marks, unknown in rows]


def _agreements(assessment: Assessment) -> dict[str, ConsensusNode]:
    return {each.node: each for each in ConsensusNode.objects.filter(assessment=assessment)}


def _list(
    assessment: Assessment, scores: list[tuple[str, Mapping[str, int]]], agreements: Mapping[str, ConsensusNode]
) -> DivergenceList:
    framework = assessment.edition.tree()
    given: dict[str, list[Decimal | None]] = defaultdict(list)
    for node, marks in scores:
        given[node].append(score_of(framework, assessment.panel, node, marks))
    rows = tuple(
        _row(assessment, framework, divergence, agreements.get(divergence.node))
        for divergence in divergences(framework, given)
    )
    states = Sheet.objects.in_play().filter(member__assessment=assessment).values_list("state", flat=True)
    return DivergenceList(rows, sum(state == Sheet.State.HANDED_IN for state in states), len(states))


def _row(
    assessment: Assessment, framework: Framework, divergence: Divergence, agreement: ConsensusNode | None
) -> DivergenceRow:
    settled = agreement is not None and agreement.is_settled
    agreed = None
    if agreement is not None and settled and not agreement.left_blank:
        agreed = score_of(framework, assessment.panel, divergence.node, agreement.marks)
    return DivergenceRow(
        node=framework.node(divergence.node),
        divergence=divergence,
        is_settled=settled,
        left_blank=agreement is not None and agreement.left_blank,
        agreed=agreed,
        agreed_band=None if agreed is None else framework.band_of(agreed),
    )


def _member_scores(assessment: Assessment, node: str) -> tuple[MemberScore, ...]:
    framework = assessment.edition.tree()
    sheets = (
        Sheet.objects.in_play()
        .handed_in()
        .filter(member__assessment=assessment)
        .select_related("member__user")
        .order_by("member__letter")
    )
    by_sheet = {score.sheet_id: score for score in NodeScore.objects.filter(sheet__in=sheets, node=node)}
    lines = []
    for sheet in sheets:
        score = by_sheet.get(sheet.pk)
        reckoned = None if score is None else score_of(framework, assessment.panel, node, score.counted)
        lines.append(
            MemberScore(
                member_id=sheet.member_id,
                letter=sheet.member.letter,
                name=sheet.member.shown_name if assessment.names_shown else "",
                marks={} if score is None else score.counted,
                unknown=score is not None and score.unknown,
                score=reckoned,
                band=None if reckoned is None else framework.band_of(reckoned),
                rationale="" if score is None else score.rationale,
            )
        )
    # From the lowest score up, as the strip shows them; letters, not names, break ties.
    return tuple(sorted(lines, key=lambda line: (line.score is None, line.score or 0, line.letter)))


def _texts(assessment: Assessment, node: str) -> tuple[Text, ...]:
    sheets = Sheet.objects.in_play().handed_in().filter(member__assessment=assessment)
    entries = (
        Entry.objects.filter(sheet__in=sheets, node=node)
        .select_related("sheet__member")
        .prefetch_related("evidence")
        .order_by("kind", "sheet__member__letter", "position", "pk")
    )
    return tuple(
        Text(
            entry.pk,
            entry.kind,
            entry.text,
            (entry.sheet.member.letter,),
            _by_number(entry.evidence.all()),
            entry.key,
        )
        for entry in entries
    )


def _agreed(assessment: Assessment, agreement: ConsensusNode | None) -> Agreed:
    if agreement is None:
        return Agreed(
            {},
            None,
            None,
            left_blank=False,
            reason="",
            dissent="",
            dissenters=(),
            entries=(),
            version=0,
            settled_at=None,
            saved_at=None,
        )
    framework = assessment.edition.tree()
    score = None
    if not agreement.left_blank:
        score = score_of(framework, assessment.panel, agreement.node, agreement.marks)
    entries = agreement.entries.prefetch_related("sources", "evidence").order_by("kind", "position", "pk")
    return Agreed(
        marks=agreement.marks,
        score=score,
        band=None if score is None else framework.band_of(score),
        left_blank=agreement.left_blank,
        reason=agreement.reason,
        dissent=agreement.dissent,
        dissenters=tuple(agreement.dissenters.order_by("letter").values_list("pk", flat=True)),
        entries=tuple(
            AgreedText(
                entry.pk,
                entry.key,
                entry.kind,
                entry.text,
                tuple(source.pk for source in entry.sources.all()),
                _by_number(entry.evidence.all()),
            )
            for entry in entries
        ),
        version=agreement.version,
        settled_at=agreement.settled_at,
        saved_at=agreement.saved_at,
        reopened_reason=agreement.reopened_reason,
    )


def _by_number(evidence: object) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda each: each.number))  # type: ignore[call-overload]
