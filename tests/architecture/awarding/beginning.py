"""The area "beginning" of the awards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.architecture.cases import Case

CASES: dict[str, list[Case]] = {}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    return {}
