"""The area "writing" of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, plain, thing
from tests.factories.goodpractices import make_practice

if TYPE_CHECKING:
    from tests.architecture.world import Side, World

# The assessor drafted both; the one that waits is with the reviewer.
OWN = {"own_draft": thing("own draft")}
STANDS = {"published_practice": thing("shared practice")}


def in_office(*methods: str) -> list[Case]:
    """Each kind of request with the office in the address."""

    def query(_world: World, side: Side) -> str:
        return f"?office={side.office.pk}"

    return [Case(method, "office in the address", path=query) for method in methods]


CASES: dict[str, list[Case]] = {
    "goodpractices:mine": plain("GET"),
    "goodpractices:new": in_office("GET", "POST"),
    "goodpractices:edit": of("GET POST", **OWN, **STANDS),
    "goodpractices:versions": of("GET", **OWN, **STANDS),
    "goodpractices:submit": of("POST", **OWN, **STANDS),
    "goodpractices:withdraw": of("POST", **OWN),
    "goodpractices:translate": of("POST", **OWN, **STANDS),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    own = make_practice(side.office, live=False, owner=side.people["assessor"])
    shared = make_practice(side.office, owner=side.people["assessor"])
    return {"own draft": own.pk, "shared practice": shared.pk}
