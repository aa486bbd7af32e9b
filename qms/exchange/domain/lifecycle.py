"""Which step an edition, a study visit and a meeting may take next."""

from __future__ import annotations

from qms.lifecycle import Lifecycle

EDITION = Lifecycle(
    {
        "draft": frozenset({"open"}),
        "open": frozenset({"closed"}),
        "closed": frozenset({"open"}),
    }
)

VISIT = Lifecycle(
    {
        "asked": frozenset({"confirmed", "declined", "cancelled"}),
        "confirmed": frozenset({"reported", "cancelled"}),
        "reported": frozenset(),
        "declined": frozenset(),
        "cancelled": frozenset(),
    }
)

MEETING = Lifecycle(
    {
        "open": frozenset({"closed"}),
        "closed": frozenset({"open", "published"}),
        "published": frozenset(),
    }
)
