"""The area "statistics"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Case, Pick

BOTH: dict[str, Pick] = {"sealed_round": thing("sealed round"), "told_round": thing("told round")}

CASES: dict[str, list[Case]] = {
    "laureates:statistics": of("GET", **BOTH),
    "laureates:export": of("GET", **BOTH),
}


def things_of(_side: Any) -> dict[str, Any]:
    """What these addresses name, on one side: the rounds are made by the area "feedback"."""
    return {}
