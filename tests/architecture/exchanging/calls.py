"""The area "calls" of experience sharing: who asks for help, who answers, who reads what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.architecture.cases import Case, of, plain, thing
from tests.factories.exchange import make_answer, make_call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.architecture.world import Side, World

OPEN: Mapping[str, Any] = {"open_call": thing("open call")}
NAMELESS = {"call_without_a_name": thing("call without a name")}
CLOSED = {"closed_call": thing("closed call")}


def in_office(*methods: str) -> list[Case]:
    """Each kind of request with the office in the address."""

    def query(_world: World, side: Side) -> str:
        return f"?office={side.office.pk}"

    return [Case(method, "office in the address", path=query) for method in methods]


CASES: dict[str, list[Case]] = {
    "exchange:help-list": plain("GET"),
    "exchange:help-add": in_office("GET", "POST"),
    "exchange:help": of("GET", **OPEN, **NAMELESS, **CLOSED),
    "exchange:help-edit": of("GET POST", **OPEN, **CLOSED),
    "exchange:help-answer": of("POST", **OPEN, **NAMELESS, **CLOSED),
    "exchange:help-close": of("POST", **OPEN, **CLOSED),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead = side.people["lead"]
    closed = make_call(side.office, by=lead, closed_at=timezone.now(), helped=True)
    make_answer(closed, side.office, by=lead)
    return {
        "open call": make_call(side.office, by=lead).pk,
        "call without a name": make_call(side.office, by=lead, by_name=False).pk,
        "closed call": closed.pk,
    }
