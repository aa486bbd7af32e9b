"""The area "finding" of the library: what everybody may read, and the searches that a person keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qms.goodpractices.models import SavedSearch
from tests.architecture.cases import Case, of, plain, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

SEARCH: dict[str, Pick] = {"search_of_the_assessor": thing("kept search")}

CASES: dict[str, list[Case]] = {
    "goodpractices:feed": plain("GET"),
    "goodpractices:data-csv": plain("GET"),
    "goodpractices:data-json": plain("GET"),
    "goodpractices:open-data": plain("GET"),
    "goodpractices:map": plain("GET"),
    "goodpractices:searches": plain("GET"),
    "goodpractices:search-save": plain("POST"),
    "goodpractices:search-change": of("POST", **SEARCH),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    search = SavedSearch.objects.create(
        user=side.people["assessor"], name="Employers", query="clients=employers", language="en", told_at=timezone.now()
    )
    return {"kept search": search.pk}
