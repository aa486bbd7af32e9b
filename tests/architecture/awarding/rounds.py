"""The area "rounds" of the awards: who reads about rounds, who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, plain, thing
from tests.factories.awards import make_category, make_programme, make_round, make_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAFT: Mapping[str, Any] = {"round_of_the_region_in_preparation": thing("award round in preparation")}
ANNOUNCED: Mapping[str, Any] = {"announced_round_of_the_region": thing("award round")}
NATIONAL: Mapping[str, Any] = {"national_round_in_preparation": thing("national award round in preparation")}
PROGRAMME: Mapping[str, Any] = {"award_of_the_region": thing("award programme")}
CATEGORY: Mapping[str, Any] = {"category_in_preparation": thing("award category in preparation")}
RULE: Mapping[str, Any] = {"condition_in_preparation": thing("award rule in preparation")}

CASES: dict[str, list[Case]] = {
    "awards:round-list": plain("GET"),
    "awards:programme-add": plain("GET", "POST"),
    "awards:programme-example": plain("POST"),
    "awards:programme-edit": of("GET POST", **PROGRAMME),
    "awards:round-add": of("GET POST", **PROGRAMME),
    "awards:round": [*of("GET", **DRAFT, **ANNOUNCED), *of("GET", belongs=False, **NATIONAL)],
    "awards:round-edit": [*of("GET POST", **DRAFT, **ANNOUNCED), *of("GET POST", belongs=False, **NATIONAL)],
    "awards:round-publish": of("POST", **DRAFT),
    "awards:round-unpublish": of("POST", **ANNOUNCED),
    "awards:round-finish": of("POST", **ANNOUNCED),
    "awards:round-delete": of("POST", **DRAFT, **ANNOUNCED),
    "awards:programme-delete": of("POST", **PROGRAMME),
    "awards:round-copy": of("POST", **DRAFT, **ANNOUNCED),
    "awards:category-add": of("GET POST", **DRAFT),
    "awards:category-edit": of("GET POST", **CATEGORY),
    "awards:category-move": of("POST", **CATEGORY),
    "awards:category-delete": of("POST", **CATEGORY),
    "awards:rule-add": of("GET POST", **CATEGORY),
    "awards:rule-edit": of("GET POST", **RULE),
    "awards:rule-delete": of("POST", **RULE),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead, slug = side.people["lead"], side.office.slug
    programme = make_programme(region=side.office.region, slug=f"award-of-{slug}")
    draft = make_round(programme, state="draft", made_by=lead)
    announced = make_round(programme, made_by=lead)
    category = make_category(draft)
    return {
        "award programme": programme.pk,
        "award round in preparation": draft.pk,
        "award round": announced.pk,
        "award category": make_category(announced).pk,
        "award category in preparation": category.pk,
        "award rule in preparation": make_rule(category).pk,
        "national award round in preparation": make_round(state="draft", made_by=lead).pk,
    }
