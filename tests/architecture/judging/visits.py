"""The area "visits": planned by the organiser, made by a team, received by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.awards.models import Application
from qms.jury.models import Juror
from tests.architecture.cases import Case, of, thing
from tests.factories.jury import make_visit

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

VISIT: dict[str, Pick] = {"jury_visit": thing("jury visit")}

CASES: dict[str, list[Case]] = {
    "jury:visit-list": of("GET", judged_category=thing("judged category")),
    "jury:visit-plan": of("GET POST", received_application=thing("received application")),
    "jury:visit": of("GET", **VISIT),
    "jury:visit-report": of("GET POST", **VISIT),
    "jury:visit-cancel": of("POST", **VISIT),
}


def things_of(side: Any) -> dict[str, Any]:
    """A visit next week, of the side's juror to the side's office."""
    application = Application.objects.get(pk=side.things["received application"])
    return {"jury visit": make_visit(application, Juror.objects.get(pk=side.things["juror"])).pk}
