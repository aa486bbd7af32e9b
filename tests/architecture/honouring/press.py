"""The area "press": what the public will read about laureates, and the practice that comes of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.awards.models import Application
from tests.architecture.cases import Case, of, thing
from tests.factories.laureates import make_press

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

ROUND: dict[str, Pick] = {"round_with_laureates": thing("round with laureates")}
PRESS: dict[str, Pick] = {"press_summary_that_waits": thing("press summary")}

CASES: dict[str, list[Case]] = {
    "laureates:press-list": of("GET", **ROUND),
    "laureates:press-begin": of("POST", **ROUND),
    "laureates:press-ask": of("POST", **ROUND),
    "laureates:press-release": of("GET", **ROUND),
    "laureates:page-show": of("POST", **ROUND),
    "laureates:press-edit": of("GET POST", **PRESS),
    "laureates:press": of("GET POST", **PRESS),
    # The embargo has not ended: for the office there is no result yet.
    "laureates:practice": of("POST", received_application=thing("received application")),
}


def things_of(side: Any) -> dict[str, Any]:
    """A text about the laureate, put to its heads."""
    application = Application.objects.get(pk=side.things["received application"])
    return {"press summary": make_press(application).pk}
