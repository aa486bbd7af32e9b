"""The stages of an assessment and of a sheet, and the moves between them."""

from __future__ import annotations

from typing import Final

from qms.lifecycle import Lifecycle

ASSESSMENT: Final = Lifecycle(
    {
        "draft": frozenset({"individual"}),
        "individual": frozenset({"consensus"}),
        "consensus": frozenset({"approval"}),
        "approval": frozenset({"consensus", "approved"}),
        "approved": frozenset(),
    }
)

SHEET: Final = Lifecycle(
    {
        "open": frozenset({"handed_in"}),
        "handed_in": frozenset({"reopened"}),
        "reopened": frozenset({"handed_in"}),
    }
)
