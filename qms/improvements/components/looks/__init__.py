"""What the plan's own page shows: its head, its pictures, its table of actions."""

from .head import Coverage, Ways, crumbs_of_plan, head_of_plan, lead_of, notes_of, stats_of_plan, tabs_of_plan
from .pictures import matrix_of, timeline_of, unjudged_of, wins_of
from .table import GROUPINGS, ActionsTable, Group, groups_of, page_of_groups, table_of_actions
from .words import due_note, effect_note, source_words

__all__ = [
    "GROUPINGS",
    "ActionsTable",
    "Coverage",
    "Group",
    "Ways",
    "crumbs_of_plan",
    "due_note",
    "effect_note",
    "groups_of",
    "head_of_plan",
    "lead_of",
    "matrix_of",
    "notes_of",
    "page_of_groups",
    "source_words",
    "stats_of_plan",
    "table_of_actions",
    "tabs_of_plan",
    "timeline_of",
    "unjudged_of",
    "wins_of",
]
