"""How far the members' scores lie apart at every node; the read asks first whether the viewer may look."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from qms.assessments.domain.divergence import Divergence, divergences
from qms.assessments.domain.scoring import score_of
from qms.assessments.models import Assessment, ConsensusNode, NodeScore, Sheet
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.panel import Band

from .looking import require_look

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
class SheetsInPlay:
    """The sheets of those who have not left: how many there are, and who handed in which."""

    count: int
    handed_in: Mapping[int, tuple[int, str]]  # by sheet: the member and the letter, in the order of letters


class Given(NamedTuple):
    """What one sheet has at one node; a plain row, for a large group has many hundreds of them."""

    sheet: int
    node: str
    written: str  # the marks as the database has them
    unknown: bool

    @property
    def marks(self) -> Mapping[str, int]:
        """The marks that count."""
        return {} if self.unknown else json.loads(self.written)


def divergence_of(assessment: Assessment, *, viewer: User) -> DivergenceList:
    """Every node's divergence, widest first; refused while the sheets are blind to the viewer."""
    require_look(assessment, viewer)
    sheets = sheets_in_play(assessment)
    return listed(assessment, sheets, given_on(sheets), agreements_of(assessment))


def individual_scores(assessment: Assessment) -> dict[str, list[Decimal | None]]:
    """The scores of the sheets that are in, by node; for services and the snapshot, never for a page."""
    return _scores(assessment.edition.tree(), assessment.panel, given_on(sheets_in_play(assessment)))


def sheets_in_play(assessment: Assessment) -> SheetsInPlay:
    """All sheets that count or still may."""
    sheets = Sheet.objects.in_play().filter(member__assessment=assessment).order_by("member__letter")
    rows = list(sheets.values_list("pk", "state", "member_id", "member__letter"))
    return SheetsInPlay(
        len(rows),
        {pk: (member, letter) for pk, state, member, letter in rows if state == Sheet.State.HANDED_IN},
    )


def given_on(sheets: SheetsInPlay) -> tuple[Given, ...]:
    """What stands on the sheets that are in, always in the same order."""
    rows = NodeScore.objects.filter(sheet__in=sheets.handed_in).order_by("pk")
    written = Cast("marks", TextField())
    return tuple(Given(*row) for row in rows.values_list("sheet_id", "node", written, "unknown"))


def _scores(framework: Framework, panel: str, given: Iterable[Given]) -> dict[str, list[Decimal | None]]:
    scores: dict[str, list[Decimal | None]] = defaultdict(list)
    for row in given:
        scores[row.node].append(score_of(framework, panel, row.node, row.marks))
    return scores


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What divergence follows from; the fingerprint stands for the framework."""

    framework: Framework = field(compare=False)
    sha256: str
    panel: str
    given: tuple[Given, ...]


@lru_cache(maxsize=32)
def reckoned(asked: Reckoning) -> tuple[Divergence, ...]:
    """Every node's divergence: scores stand still in consensus, and a group opens its pages again and again."""
    return divergences(asked.framework, _scores(asked.framework, asked.panel, asked.given))


def agreements_of(assessment: Assessment) -> dict[str, ConsensusNode]:
    """What is written down of each agreement, by node."""
    return {each.node: each for each in ConsensusNode.objects.filter(assessment=assessment)}


def listed(
    assessment: Assessment, sheets: SheetsInPlay, given: tuple[Given, ...], agreements: Mapping[str, ConsensusNode]
) -> DivergenceList:
    """All nodes, widest first."""
    framework = assessment.edition.tree()
    found = reckoned(Reckoning(framework, assessment.edition.sha256, assessment.panel, given))
    rows = tuple(_row(assessment, framework, each, agreements.get(each.node)) for each in found)
    return DivergenceList(rows, len(sheets.handed_in), sheets.count)


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
