"""The area "beginning" of the awards: who begins an application, who looks it over, who fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, plain, thing
from tests.factories.assessments import make_edition
from tests.factories.awards import make_application, make_category, make_question, make_section

if TYPE_CHECKING:
    from tests.architecture.world import Side, World


def for_office(_world: World, side: Side) -> str:
    return f"?office={side.office.pk}"


def question_of(name: str) -> dict[str, Any]:
    """An application with a section and a question of its form."""
    return {"pk": thing(name), "section": thing("beginning section"), "question": thing("beginning question")}


APPLICATIONS = {
    "begun_application": thing("begun application"),
    "frozen_application": thing("frozen application"),
}
CASES: dict[str, list[Case]] = {
    "awards:begin": [
        Case(method, "category with the office in the address", {"pk": thing("beginning category")}, path=for_office)
        for method in ("GET", "POST")
    ],
    "awards:application-list": plain("GET"),
    "awards:application": of("GET", **APPLICATIONS),
    "awards:editors": of("GET POST", **APPLICATIONS),
    "awards:assessment": of("GET POST", **APPLICATIONS),
    "awards:fill": of("POST", **APPLICATIONS),
    "awards:pick": of("GET POST", begun_application=question_of("begun application")),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    open_category, begun, submitted = (make_category(framework=make_edition()) for _each in range(3))
    section = make_section(begun, node="1")
    lead = side.people["lead"]
    handed_in = make_application(
        side.office, submitted, state="submitted", number=f"C-{side.office.slug}-001", started_by=lead
    )
    return {
        "beginning category": open_category.pk,
        "beginning section": section.pk,
        "beginning question": make_question(section, node="1.1").pk,
        "begun application": make_application(side.office, begun, started_by=lead, assessment=side.approved).pk,
        "frozen application": handed_in.pk,
    }
