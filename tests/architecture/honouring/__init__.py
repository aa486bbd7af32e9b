"""Addresses of results and what they name, by area."""

from __future__ import annotations

from typing import Any

from tests.architecture.honouring import diplomas, feedback, press, statistics, telling

AREAS = (feedback, telling, diplomas, press, statistics)
CASES = {name: cases for area in AREAS for name, cases in area.CASES.items()}


def things_of(side: Any) -> dict[str, Any]:
    """What hangs on one side: each area builds on what those before it made."""
    for area in AREAS:
        side.things |= area.things_of(side)
    return side.things
