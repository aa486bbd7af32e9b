"""The area "consent" of experience sharing: what an office shares of its approved self-assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, at

if TYPE_CHECKING:
    from tests.architecture.world import Side, World


def office(_world: World, side: Side) -> str:
    return f"?office={side.office.pk}"


CASES: dict[str, list[Case]] = {
    "exchange:consent": [Case("GET", "office in the address", path=office)],
    "exchange:consent-change": at("GET POST", "draft", "approved"),
}


def things_of(_side: Any) -> dict[str, Any]:
    """None: everything hangs on the side's assessments."""
    return {}
