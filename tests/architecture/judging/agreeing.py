"""The area "agreeing": the talk about an application, and what is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

APPLICATION: dict[str, Pick] = {"judged_application": thing("received application")}
SECTION: dict[str, dict[str, Pick]] = {
    "section_of_a_judged_application": {"pk": thing("received application"), "section": thing("scored section")}
}

CASES: dict[str, list[Case]] = {
    "jury:talk": of("GET", **APPLICATION),
    "jury:agree": of("GET POST", **SECTION),
    "jury:agree-close": of("POST", **APPLICATION),
}


def things_of(_side: Any) -> dict[str, Any]:
    """Nothing more: the areas before made what these addresses name."""
    return {}
