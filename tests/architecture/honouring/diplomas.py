"""The area "diplomas": what is printed for laureates, and how it is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.awards.models import Application
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.laureates import make_diploma, make_laurel

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

ROUND: dict[str, Pick] = {"round_with_laureates": thing("round with laureates")}
DIPLOMA: dict[str, Pick] = {"diploma": thing("diploma")}
CODE: dict[str, dict[str, Pick]] = {"diploma_code": {"code": thing("diploma code")}}

CASES: dict[str, list[Case]] = {
    "laureates:diplomas": of("GET POST", **ROUND),
    "laureates:diplomas-issue": of("POST", **ROUND),
    "laureates:diplomas-order": of("POST", **ROUND),
    "laureates:diplomas-file": of("GET", **ROUND),
    "laureates:diploma-change": of("GET POST", **DIPLOMA),
    "laureates:diploma-file": of("GET", **DIPLOMA),
    "laureates:diploma-order": of("POST", **DIPLOMA),
    "laureates:verify-any": plain("GET"),
    "laureates:diploma-verify": of("GET", **CODE),
}


def things_of(side: Any) -> dict[str, Any]:
    """The received application has a prize with a diploma; before the embargo ends only organisers learn of it."""
    application = Application.objects.get(pk=side.things["received application"])
    diploma = make_diploma(make_laurel(application))
    return {
        "diploma": diploma.pk,
        "diploma code": diploma.code,
        "round with laureates": application.category.round_id,
    }
