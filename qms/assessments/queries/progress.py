"""How far the group is: who has answered how much, never what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from qms.assessments.domain.scoring import score_of
from qms.assessments.models import Assessment, ConsensusNode, Member, NodeScore, Sheet
from qms.frameworks.domain.framework import Framework, Node

EMPTY, PARTIAL, SCORED, UNKNOWN = "empty", "partial", "scored", "unknown"


@dataclass(frozen=True, slots=True)
class NodeState:
    """One node on one sheet: empty, partial, scored or unknown."""

    node: Node
    state: str

    @property
    def is_done(self) -> bool:
        """Whether the member has answered, be it by "I don't know enough"."""
        return self.state in (SCORED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class MemberProgress:
    """One member: how many nodes are answered, and whether the sheet is in."""

    member: Member
    sheet: Sheet
    answered: int
    of: int

    @property
    def handed_in_at(self) -> datetime | None:
        """When the sheet came in, if it is in."""
        return self.sheet.handed_in_at if self.sheet.is_in else None


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole group: sheets in, and nodes agreed."""

    members: tuple[MemberProgress, ...]
    settled: int
    nodes: int

    @property
    def handed_in(self) -> int:
        """How many sheets are in."""
        return sum(each.sheet.is_in for each in self.members)

    @property
    def all_in(self) -> bool:
        """Whether every sheet is in."""
        return bool(self.members) and self.handed_in == len(self.members)


def state_of(framework: Framework, panel: str, score: NodeScore | None, node: str) -> str:
    """How far one node on a sheet is."""
    if score is None:
        return EMPTY
    if score.unknown:
        return UNKNOWN
    if score_of(framework, panel, node, score.counted) is not None:
        return SCORED
    return PARTIAL if score.marks else EMPTY


def node_states(framework: Framework, panel: str, scores: dict[str, NodeScore]) -> tuple[NodeState, ...]:
    """Every scored node in the framework's order with its state on this sheet."""
    return tuple(
        NodeState(node, state_of(framework, panel, scores.get(node.identifier), node.identifier))
        for node in framework.scored
    )


def progress_of(assessment: Assessment) -> Progress:
    """Each present member's progress by name, and how many nodes are agreed."""
    framework = assessment.edition.tree()
    sheets = list(
        Sheet.objects.in_play()
        .filter(member__assessment=assessment)
        .select_related("member__group", "member__user")
        .order_by("member__group__position", "member__role", "member__name", "member__email")
    )
    scores: dict[int, dict[str, NodeScore]] = defaultdict(dict)
    for score in NodeScore.objects.filter(sheet__in=[sheet.pk for sheet in sheets]):
        scores[score.sheet_id][score.node] = score
    members = tuple(
        MemberProgress(
            sheet.member,
            sheet,
            sum(state.is_done for state in node_states(framework, assessment.panel, scores[sheet.pk])),
            len(framework.scored),
        )
        for sheet in sheets
    )
    settled = ConsensusNode.objects.settled().filter(assessment=assessment).count()
    return Progress(members, settled, len(framework.scored))
