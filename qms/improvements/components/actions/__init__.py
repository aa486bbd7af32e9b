"""The parts of the page of one action, and what is said of an action anywhere."""

from .body import log_line, log_of, said_of, sources_of, todo_of
from .head import chain_of, crumbs_of, head_of, next_of
from .parts import Chain, ChainStep, Doing, Log, MoveButton, Said, Source, Todo, VerdictMark
from .words import action_state, clash_words, moved_words, owner_of, status_name, step_name, steps_of, verdict_of

__all__ = [
    "Chain",
    "ChainStep",
    "Doing",
    "Log",
    "MoveButton",
    "Said",
    "Source",
    "Todo",
    "VerdictMark",
    "action_state",
    "chain_of",
    "clash_words",
    "crumbs_of",
    "head_of",
    "log_line",
    "log_of",
    "moved_words",
    "next_of",
    "owner_of",
    "said_of",
    "sources_of",
    "status_name",
    "step_name",
    "steps_of",
    "todo_of",
    "verdict_of",
]
