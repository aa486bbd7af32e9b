"""The area "writing" of the awards: who writes which section, comments on it and reads its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.awards.models import Comment
from tests.architecture.cases import Case, of, thing
from tests.factories.awards import make_application, make_category, make_question, make_section

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION: Mapping[str, Any] = {"pk": thing("written application"), "section": thing("section to write")}
CLOSED: Mapping[str, Any] = {"pk": thing("handed in application"), "section": thing("section handed in")}

CASES: dict[str, list[Case]] = {
    "awards:section": of("GET POST", section_of_a_draft=SECTION, section_of_a_submission=CLOSED),
    "awards:section-save": of("POST", section_of_a_draft=SECTION, section_of_a_submission=CLOSED),
    "awards:section-ready": of("POST", section_of_a_draft=SECTION, section_of_a_submission=CLOSED),
    "awards:section-comment": of("POST", section_of_a_draft=SECTION),
    "awards:section-history": of("GET", section_of_a_draft=SECTION, section_of_a_submission=CLOSED),
    "awards:section-restore": of("POST", section_of_a_draft=SECTION),
    "awards:comment-settle": of("POST", comment=thing("comment on a section")),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead = side.people["lead"]
    made: dict[str, Any] = {}
    for name, place, state in (
        ("written application", "section to write", "draft"),
        ("handed in application", "section handed in", "submitted"),
    ):
        category = make_category()
        section = make_section(category)
        make_question(section)
        application = make_application(side.office, category, state=state, started_by=lead)
        made |= {name: application.pk, place: section.pk}
        if state == "draft":
            comment = Comment.objects.create(application=application, section=section, text="Which year?", by=lead)
            made["comment on a section"] = comment.pk
    return made
