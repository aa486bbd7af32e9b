"""Reads across the tables of self-assessment; none of them tells a score before its time."""

from .benchmark import Benchmark, benchmark_of
from .consensus import (
    Agreed,
    AgreedText,
    ConsensusView,
    MemberScore,
    Text,
    node_for_consensus,
)
from .content import content_of
from .divergence import DivergenceList, DivergenceRow, divergence_of, individual_scores
from .findings import findings_of
from .lists import AssessmentRow, assessments_listed, evidence_of, groups_of, own_sheet_of, previous_candidates
from .looking import may_look, require_look
from .progress import MemberProgress, NodeState, Progress, progress_of
from .readings import NodeReading, RegionChange, changes_in_region, readings_of
from .results import (
    CriterionResultView,
    Cycle,
    EvidenceLine,
    Figure,
    GroupFigure,
    NodeResultView,
    ReportText,
    Results,
    cycles_of,
    is_intact,
    results_of,
)
from .sheet import EntryLine, NodeAnswer, PreviousNode, SheetView, WholeSheet, is_editable, sheet_view, whole_sheet
from .tasks import Task, open_nodes_of, tasks_of

__all__ = [
    "Agreed",
    "AgreedText",
    "AssessmentRow",
    "Benchmark",
    "ConsensusView",
    "CriterionResultView",
    "Cycle",
    "DivergenceList",
    "DivergenceRow",
    "EntryLine",
    "EvidenceLine",
    "Figure",
    "GroupFigure",
    "MemberProgress",
    "MemberScore",
    "NodeAnswer",
    "NodeReading",
    "NodeResultView",
    "NodeState",
    "PreviousNode",
    "Progress",
    "RegionChange",
    "ReportText",
    "Results",
    "SheetView",
    "Task",
    "Text",
    "WholeSheet",
    "assessments_listed",
    "benchmark_of",
    "changes_in_region",
    "content_of",
    "cycles_of",
    "divergence_of",
    "evidence_of",
    "findings_of",
    "groups_of",
    "individual_scores",
    "is_editable",
    "is_intact",
    "may_look",
    "node_for_consensus",
    "open_nodes_of",
    "own_sheet_of",
    "previous_candidates",
    "progress_of",
    "readings_of",
    "require_look",
    "results_of",
    "sheet_view",
    "tasks_of",
    "whole_sheet",
]
