"""The area "board"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.architecture.cases import Case

CASES: dict[str, list[Case]] = {}


def things_of(_side: Any) -> dict[str, Any]:
    """What these addresses name, on one side."""
    return {}
