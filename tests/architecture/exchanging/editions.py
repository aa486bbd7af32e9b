"""The area "editions" of experience sharing: what the coordinator prepares and orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.exchange.models import OfficePage, Seminar
from qms.exchange.services.building import build_part
from qms.exchange.services.founding import found_pages
from tests.architecture.cases import Case, of, plain, thing
from tests.factories.assessments import MONDAY
from tests.factories.exchange import make_edition, make_part, make_theme
from tests.factories.goodpractices import make_library

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

OPEN: dict[str, Pick] = {"edition_under_way": thing("exchange edition")}
DRAFT: dict[str, Pick] = {"edition_in_preparation": thing("draft exchange edition")}
THEME: dict[str, Pick] = {"theme": thing("exchange theme")}
SEMINAR: dict[str, Pick] = {"seminar": thing("seminar")}

CASES: dict[str, list[Case]] = {
    "exchange:edition-list": plain("GET"),
    "exchange:edition-add": plain("GET", "POST"),
    "exchange:edition": of("GET", **OPEN, **DRAFT),
    "exchange:edition-edit": of("GET POST", **OPEN, **DRAFT),
    "exchange:edition-open": of("POST", **DRAFT),
    "exchange:edition-build": of("POST", **OPEN),
    "exchange:edition-close": of("POST", **OPEN),
    "exchange:page-approve": of("POST", **OPEN),
    "exchange:part-again": of("POST", part_of_the_office=thing("exchange part")),
    "exchange:page-look": of("GET", page_of_the_office=thing("exchange page")),
    "exchange:theme-add": of("GET POST", **OPEN, **DRAFT),
    "exchange:theme-edit": of("GET POST", **THEME),
    "exchange:theme-delete": of("POST", **THEME),
    "exchange:theme-move": of("POST", **THEME),
    "exchange:seminar-add": of("GET POST", **THEME),
    "exchange:seminar-edit": of("GET POST", **SEMINAR),
    "exchange:seminar-delete": of("POST", **SEMINAR),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    make_library()
    framework, lead = side.approved.edition, side.people["lead"]
    draft = make_edition(framework=framework, by=lead, state="draft")
    make_theme(draft)
    edition = make_edition(framework=framework, by=lead)
    found_pages(edition)
    theme = make_theme(edition)
    part = make_part(edition, office=side.office)
    build_part(part, at=MONDAY)
    return {
        "exchange edition": edition.pk,
        "draft exchange edition": draft.pk,
        "exchange theme": theme.pk,
        "exchange part": part.pk,
        "exchange page": OfficePage.objects.get(office=side.office, edition=edition).pk,
        "seminar": Seminar.objects.create(theme=theme, title="Six offices").pk,
    }
