"""The area "annexes" of the awards: the files that go with an application, own and received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, thing
from tests.factories.awards import (
    closed_days,
    make_annex,
    make_application,
    make_category,
    make_programme,
    make_round,
    make_submission,
)

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

DRAFT: dict[str, Pick] = {"award_draft": thing("award draft")}
OWN: dict[str, Pick] = {"award_annex": thing("award annex")}

CASES: dict[str, list[Case]] = {
    "awards:annexes": of("GET POST", **DRAFT),
    "awards:annex-file": of("GET", **OWN, received_annex=thing("received annex")),
    "awards:annex-remove": of("POST", **OWN),
    "awards:annex-move": of("POST", **OWN),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses: an open draft, and an application that was received."""
    programme = make_programme(region=side.office.region)
    draft = make_application(side.office, make_category(make_round(programme)), started_by=side.people["lead"])
    return {
        "award programme": programme.pk,
        "award draft": draft.pk,
        "award annex": make_annex(draft).pk,
        **received_things(side, programme),
    }


def received_things(side: Any, programme: Any) -> dict[str, Any]:
    """An application of a closed round, with the annex that was submitted with it."""
    closed = make_round(programme, **closed_days())
    application = make_application(side.office, make_category(closed), started_by=side.people["lead"])
    annex = make_annex(application)
    make_submission(application, by=side.people["director"])
    return {"closed award round": closed.pk, "received application": application.pk, "received annex": annex.pk}
