"""Self-assessments, their groups, sheets, evidence, agreements and frozen results."""

from .assessment import Assessment, Group, Member
from .consensus import ConsensusEntry, ConsensusNode
from .evidence import Evidence
from .questionnaire import QuestionnairePage
from .result import CriterionResult, NodeResult, Snapshot
from .sheet import Entry, Kind, NodeScore, Sheet

__all__ = [
    "Assessment",
    "ConsensusEntry",
    "ConsensusNode",
    "CriterionResult",
    "Entry",
    "Evidence",
    "Group",
    "Kind",
    "Member",
    "NodeResult",
    "NodeScore",
    "QuestionnairePage",
    "Sheet",
    "Snapshot",
]
