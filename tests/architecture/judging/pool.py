"""The area "pool": a jury's people, their phases, and how a category is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, thing
from tests.factories.awards import make_category, make_programme, make_round
from tests.factories.jury import (
    declare_all,
    make_ballot,
    make_closed_round,
    make_judged_category,
    make_judging,
    make_juror,
    make_phase,
    make_prize,
    make_received,
)

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

DRAFT: dict[str, Pick] = {"category_in_preparation": thing("category whose judging is prepared")}
ANNOUNCED: dict[str, Pick] = {"announced_category": thing("judged category")}
PRIZE: dict[str, Pick] = {"prize_in_preparation": thing("prize in preparation")}
ROUND: dict[str, Pick] = {"round_in_judging": thing("round in judging")}
JUROR: dict[str, Pick] = {"juror_of_our_applications": thing("juror")}
PHASE: dict[str, Pick] = {"phase": thing("phase")}

CASES: dict[str, list[Case]] = {
    "awards:judging": of("GET POST", **DRAFT, **ANNOUNCED),
    "awards:prize-add": of("GET POST", **DRAFT),
    "awards:prize-edit": of("GET POST", **PRIZE),
    "awards:prize-delete": of("POST", **PRIZE),
    "awards:prize-move": of("POST", **PRIZE),
    "jury:pool": of("GET", **ROUND),
    "jury:juror-add": of("GET POST", **ROUND),
    "jury:juror-edit": of("GET POST", **JUROR),
    "jury:juror-leave": of("POST", **JUROR),
    "jury:phases": of("GET", **ROUND),
    "jury:phase-add": of("GET POST", **ROUND),
    "jury:phase-edit": of("GET POST", **PHASE),
    "jury:phase-delete": of("POST", **PHASE),
    "jury:phases-suggest": of("POST", **ROUND),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses; other areas go on from the round in judging."""
    lead = side.people["lead"]
    programme = make_programme(region=side.office.region)
    draft = make_category(make_round(programme, state="draft", made_by=lead))
    make_judging(draft)
    judged = make_judged_category(make_closed_round(programme=programme, made_by=lead))
    application = make_received(side.office, judged, started_by=lead)
    juror = make_juror(judged, user=side.juror)
    declare_all(juror)
    return {
        "category whose judging is prepared": draft.pk,
        "prize in preparation": make_prize(draft).pk,
        "round in judging": judged.round_id,
        "judged category": judged.pk,
        "prize": make_prize(judged).pk,
        "received application": application.pk,
        "juror": juror.pk,
        "phase": make_phase(judged.round).pk,
        "ballot": make_ballot(juror, application).pk,
    }
