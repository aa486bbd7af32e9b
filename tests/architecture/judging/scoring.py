"""The area "scoring": a juror's own ballot, and giving it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.awards.models import Section
from tests.architecture.cases import Case, of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

BALLOT: dict[str, Pick] = {"ballot": thing("ballot")}
SECTION: dict[str, dict[str, Pick]] = {
    "section_of_a_ballot": {"pk": thing("ballot"), "section": thing("scored section")}
}

CASES: dict[str, list[Case]] = {
    "jury:ballot": of("GET POST", **BALLOT),
    "jury:ballot-section": of("GET POST", **SECTION),
    "jury:ballot-hand-in": of("POST", **BALLOT),
    "jury:ballot-unlock": of("GET POST", **BALLOT),
}


def things_of(side: Any) -> dict[str, Any]:
    """A section that the jury scores."""
    scored = Section.objects.filter(category=side.things["judged category"], is_scored=True)
    return {"scored section": scored.order_by("position").values_list("pk", flat=True)[0]}
