"""The area "feedback": a decided category before the embargo, and one after it, each with an approved report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.jury.models import Decision
from tests.architecture.cases import of, thing
from tests.factories.awards import make_programme
from tests.factories.jury import make_closed_round
from tests.factories.laureates import end_embargo, make_decided_category, make_feedback

if TYPE_CHECKING:
    from tests.architecture.cases import Case, Pick

ROUNDS: dict[str, Pick] = {"sealed_round": thing("sealed round"), "told_round": thing("told round")}
REPORTS: dict[str, Pick] = {"sealed_feedback": thing("sealed feedback"), "told_feedback": thing("told feedback")}
APPLICATIONS: dict[str, Pick] = {
    "sealed_application": thing("sealed application"),
    "told_application": thing("told application"),
}

CASES: dict[str, list[Case]] = {
    "laureates:feedback-list": of("GET", **ROUNDS),
    "laureates:feedback-lay-down": of("POST", **ROUNDS),
    "laureates:feedback-approve": of("POST", **ROUNDS),
    "laureates:feedback": of("GET", **REPORTS),
    "laureates:feedback-edit": of("GET POST", **REPORTS),
    "laureates:feedback-reopen": of("POST", **REPORTS),
    "laureates:feedback-order": of("POST", **REPORTS),
    "laureates:feedback-file": of("GET", **REPORTS),
    "laureates:result": of("GET", **APPLICATIONS),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses: everything once under embargo and once told."""
    programme = make_programme(region=side.office.region)
    facts: dict[str, Any] = {}
    for when in ("sealed", "told"):
        found = make_closed_round(programme=programme)
        category = make_decided_category({side.office: 71}, of=found)
        decision = Decision.objects.get(list__category=category)
        report = make_feedback(decision.application, approved=True)
        if when == "told":
            end_embargo(found)
        facts |= {
            f"{when} round": found.pk,
            f"{when} application": decision.application_id,
            f"{when} decision": decision.pk,
            f"{when} feedback": report.pk,
        }
    return facts
