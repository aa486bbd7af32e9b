"""The area "meetings" of experience sharing: who prepares, tells, reads and leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.exchange.models import Meeting
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.exchange import make_edition, make_experience, make_meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

GATHERING: Mapping[str, Any] = {"meeting": thing("meeting")}
CLOSED = {"closed_meeting": thing("closed meeting")}
TOLD = {"experience_of_the_assessor": thing("experience")}

CASES: dict[str, list[Case]] = {
    "exchange:meeting-list": plain("GET"),
    "exchange:meeting-add": plain("GET", "POST"),
    "exchange:meeting": of("GET", belongs=False, **GATHERING, **CLOSED),
    "exchange:meeting-edit": of("GET POST", belongs=False, **GATHERING),
    "exchange:meeting-close": of("POST", belongs=False, **GATHERING),
    "exchange:meeting-reopen": of("POST", belongs=False, **CLOSED),
    "exchange:meeting-publish": of("POST", belongs=False, **GATHERING, **CLOSED),
    "exchange:meeting-csv": of("GET", belongs=False, **CLOSED),
    "exchange:meeting-xlsx": of("GET", belongs=False, **CLOSED),
    "exchange:experience": of("GET POST", belongs=False, **GATHERING, **CLOSED),
    "exchange:experience-hide": of("GET POST", **TOLD),
    "exchange:experience-show": of("POST", **TOLD),
    "exchange:experience-unname": of("POST", **TOLD),
    "exchange:experience-take-back": of("GET POST", **TOLD),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    edition = make_edition(by=side.people["lead"])
    gathering = make_meeting(edition=edition, by=side.people["lead"])
    closed = make_meeting(edition=edition, by=side.people["lead"], state=Meeting.State.CLOSED)
    told = make_experience(closed, side.office, by=side.people["assessor"])
    return {"meeting": gathering.pk, "closed meeting": closed.pk, "experience": told.pk}
