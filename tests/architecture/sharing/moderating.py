"""The area "moderating" of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qms.goodpractices.services.founding import found_library
from qms.goodpractices.services.moderating import submit_practice
from qms.goodpractices.services.writing import draft_practice
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.goodpractices import make_library, make_practice
from tests.factories.practices import make_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

WAITS: Mapping[str, Any] = {"waiting_practice": thing("waiting practice")}
STANDS = {"published_practice": thing("shared practice")}
ARCHIVED = {"archived_practice": thing("archived practice")}

CASES: dict[str, list[Case]] = {
    "goodpractices:to-review": plain("GET"),
    "goodpractices:review": of("GET POST", **WAITS, **STANDS),
    "goodpractices:confirm": of("POST", **STANDS, **ARCHIVED),
    "goodpractices:archive": of("GET POST", **STANDS, **ARCHIVED),
    "goodpractices:preview": of("GET", own_draft=thing("own draft"), **WAITS, **STANDS),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    make_library()
    found_library()  # gives the library its workflow
    waiting = draft_practice(
        side.office, draft=make_draft(title="Waits for review"), language="en", by=side.people["assessor"]
    )
    submit_practice(waiting, by=side.people["lead"])
    archived = make_practice(side.office, archived_at=timezone.now(), archived_reason="Replaced.")
    return {"waiting practice": waiting.pk, "archived practice": archived.pk}
