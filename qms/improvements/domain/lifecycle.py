"""Which step a plan, an action and an external feedback may take next."""

from __future__ import annotations

from qms.lifecycle import Lifecycle

PLAN = Lifecycle(
    {
        "draft": frozenset({"approval"}),
        "approval": frozenset({"draft", "approved"}),
        "approved": frozenset({"under_way"}),
        "under_way": frozenset({"closed"}),
        "closed": frozenset(),
    }
)

ACTION = Lifecycle(
    {
        "proposed": frozenset({"approved", "stopped"}),
        "approved": frozenset({"in_progress", "postponed", "stopped"}),
        "in_progress": frozenset({"done", "postponed", "stopped"}),
        "postponed": frozenset({"in_progress", "stopped"}),
        "done": frozenset({"in_progress"}),
        "stopped": frozenset({"proposed"}),
    }
)

FEEDBACK = Lifecycle(
    {
        "draft": frozenset({"submitted", "withdrawn"}),
        "submitted": frozenset({"scoring", "withdrawn"}),
        "scoring": frozenset({"reporting", "withdrawn"}),
        "reporting": frozenset({"scoring", "decided"}),
        "decided": frozenset(),
        "withdrawn": frozenset(),
    }
)
