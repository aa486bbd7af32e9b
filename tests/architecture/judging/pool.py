"""The area "pool": a jury's people, their phases, and how a category is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    from tests.architecture.cases import Case

CASES: dict[str, list[Case]] = {}


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
