"""What the group has before it in consensus; every read asks first whether the viewer may look."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from qms.assessments.domain.divergence import Divergence
from qms.assessments.domain.scoring import score_of
from qms.assessments.models import Assessment, ConsensusEntry, ConsensusNode, Entry, Evidence, Kind, Member, NodeScore
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import Band, Scale

from .divergence import DivergenceList, Given, SheetsInPlay, agreements_of, given_on, listed, sheets_in_play
from .looking import require_look
from .sheet import PreviousNode, previous_node

if TYPE_CHECKING:
    from qms.accounts.models import User


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


def node_for_consensus(assessment: Assessment, node: str, *, viewer: User) -> ConsensusView:
    """One node with all scores, texts, and the agreement so far; refused while blind to the viewer."""
    require_look(assessment, viewer)
    framework = assessment.edition.tree()
    place = framework.node(node)
    sheets = sheets_in_play(assessment)
    given, agreements = given_on(sheets), agreements_of(assessment)
    rows = listed(assessment, sheets, given, agreements)
    return ConsensusView(
        assessment=assessment,
        framework=framework,
        node=place,
        criterion=framework.criterion_of(node),
        scale=framework.scale(assessment.panel, node),
        scores=_member_scores(assessment, node, sheets, given),
        texts=_texts(node, sheets),
        agreed=_agreed(assessment, agreements.get(node)),
        divergence=next(row.divergence for row in rows.rows if row.node.identifier == node),
        divergences=rows,
        previous=previous_node(assessment, node),
    )


def _member_scores(
    assessment: Assessment, node: str, sheets: SheetsInPlay, given: Iterable[Given]
) -> tuple[MemberScore, ...]:
    framework = assessment.edition.tree()
    by_sheet = {row.sheet: row for row in given if row.node == node}
    rationales = dict(
        NodeScore.objects.filter(sheet__in=sheets.handed_in, node=node).values_list("sheet_id", "rationale")
    )
    names = _names(assessment) if assessment.names_shown else {}
    lines = []
    for sheet, (member, letter) in sheets.handed_in.items():
        row = by_sheet.get(sheet)
        marks = {} if row is None else row.marks
        score = score_of(framework, assessment.panel, node, marks)
        lines.append(
            MemberScore(
                member_id=member,
                letter=letter,
                name=names.get(member, ""),
                marks=marks,
                unknown=row is not None and row.unknown,
                score=score,
                band=None if score is None else framework.band_of(score),
                rationale=rationales.get(sheet, ""),
            )
        )
    # From the lowest score up, as the strip shows them; letters, not names, break ties.
    return tuple(sorted(lines, key=lambda line: (line.score is None, line.score or 0, line.letter)))


def _names(assessment: Assessment) -> dict[int, str]:
    members = Member.objects.filter(assessment=assessment).select_related("user")
    return {member.pk: member.shown_name for member in members}


def _texts(node: str, sheets: SheetsInPlay) -> tuple[Text, ...]:
    entries = Entry.objects.filter(sheet__in=sheets.handed_in, node=node)
    cited = _evidence(Entry.evidence.through.objects.filter(entry__in=entries).values_list("entry_id", "evidence_id"))
    rows = entries.order_by("kind", "sheet__member__letter", "position", "pk")
    return tuple(
        Text(pk, kind, text, (sheets.handed_in[sheet][1],), cited.get(pk, ()), key)
        for pk, kind, text, sheet, key in rows.values_list("pk", "kind", "text", "sheet_id", "key")
    )


def _evidence(cited: Iterable[tuple[int, int]]) -> dict[int, tuple[Evidence, ...]]:
    """What each text cites, by number; a piece under many texts is read once."""
    by_text: dict[int, set[int]] = defaultdict(set)
    for text, piece in cited:
        by_text[text].add(piece)
    pieces = list(Evidence.objects.filter(pk__in=set().union(*by_text.values())).order_by("number"))
    return {text: tuple(piece for piece in pieces if piece.pk in own) for text, own in by_text.items()}


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
    return Agreed(
        marks=agreement.marks,
        score=score,
        band=None if score is None else framework.band_of(score),
        left_blank=agreement.left_blank,
        reason=agreement.reason,
        dissent=agreement.dissent,
        dissenters=tuple(agreement.dissenters.order_by("letter").values_list("pk", flat=True)),
        entries=_agreed_texts(agreement),
        version=agreement.version,
        settled_at=agreement.settled_at,
        saved_at=agreement.saved_at,
        reopened_reason=agreement.reopened_reason,
    )


def _agreed_texts(agreement: ConsensusNode) -> tuple[AgreedText, ...]:
    own = {"consensusentry__agreement": agreement}
    cited = ConsensusEntry.evidence.through.objects.filter(**own).values_list("consensusentry_id", "evidence_id")
    joined = ConsensusEntry.sources.through.objects.filter(**own).order_by("entry")
    evidence, sources = _evidence(cited), defaultdict(list)
    for text, source in joined.values_list("consensusentry_id", "entry_id"):
        sources[text].append(source)
    return tuple(
        AgreedText(pk, key, kind, text, tuple(sources[pk]), evidence.get(pk, ()))
        for pk, key, kind, text in agreement.entries.order_by("kind", "position", "pk").values_list(
            "pk", "key", "kind", "text"
        )
    )
