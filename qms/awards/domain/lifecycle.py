"""Which step a round and an application may take next."""

from __future__ import annotations

from qms.lifecycle import Lifecycle

ROUND = Lifecycle(
    {
        "draft": frozenset({"published"}),
        "published": frozenset({"draft", "finished"}),
        "finished": frozenset({"published"}),
    }
)

# Withdrawn before the closing, an application may be taken up again; what counts is the last submission.
APPLICATION = Lifecycle(
    {
        "draft": frozenset({"submitted", "withdrawn"}),
        "submitted": frozenset({"reopened", "withdrawn"}),
        "reopened": frozenset({"submitted", "withdrawn"}),
        "withdrawn": frozenset({"draft"}),
    }
)
