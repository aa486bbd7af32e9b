"""The area "forms" of the awards: the form of a category, and who builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, thing
from tests.factories.awards import make_category, make_programme, make_question, make_round, make_section

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

PUBLISHED: dict[str, Pick] = {"announced_category": thing("category with a form")}
DRAFT: dict[str, Pick] = {"category_in_preparation": thing("draft category with a form")}
SECTION: dict[str, Pick] = {"section": thing("section of a form")}
QUESTION: dict[str, Pick] = {"question": thing("question of a form")}

CASES: dict[str, list[Case]] = {
    "awards:form": of("GET", **PUBLISHED, **DRAFT),
    "awards:section-add": of("GET POST", **DRAFT),
    "awards:section-edit": of("GET POST", **SECTION),
    "awards:section-delete": of("POST", **SECTION),
    "awards:section-move": of("POST", **SECTION),
    "awards:sections-from-framework": of("POST", **DRAFT),
    "awards:question-add": of("GET POST", **SECTION),
    "awards:question-edit": of("GET POST", **QUESTION),
    "awards:question-delete": of("POST", **QUESTION),
    "awards:question-move": of("POST", **QUESTION),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    programme, framework = make_programme(region=side.office.region), side.approved.edition
    draft = make_category(make_round(programme, state="draft"), framework=framework)
    section = make_section(draft)
    published = make_category(make_round(programme), framework=framework)
    make_question(make_section(published))
    return {
        "category with a form": published.pk,
        "draft category with a form": draft.pk,
        "section of a form": section.pk,
        "question of a form": make_question(section).pk,
    }
