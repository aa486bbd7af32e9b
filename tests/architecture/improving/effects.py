"""The area "effects" of improvement plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qms.improvements.models import Indicator, Reading
from tests.architecture.cases import of, thing
from tests.factories.improvements import make_action, make_plan

if TYPE_CHECKING:
    from tests.architecture.cases import Case

CASES: dict[str, list[Case]] = {
    "improvements:effect": of(
        "GET POST", finished_action=thing("measured action"), action_of_a_draft=thing("unmeasured action")
    ),
    "improvements:indicator-save": of(
        "GET POST",
        indicator_to_add={"action": thing("measured action")},
        indicator_to_add_in_a_draft={"action": thing("unmeasured action")},
        indicator=thing("indicator"),
    ),
    "improvements:indicator-delete": of("GET POST", indicator=thing("spare indicator")),
    "improvements:reading-add": of("GET POST", indicator=thing("indicator")),
    "improvements:reading-delete": of("GET POST", measured_value=thing("reading")),
    "improvements:practice-draft": of(
        "GET", finished_action=thing("measured action"), action_of_a_draft=thing("unmeasured action")
    ),
}


def things_of(side: Any) -> dict[str, Any]:
    """A finished action with its indicators and values, and one that is only planned."""
    lead = side.people["lead"]
    running, draft = make_plan(side.office, by=lead, stage="under_way"), make_plan(side.office, by=lead)
    done = make_action(running, by=lead, status="done", done_on=date(2026, 6, 30), owner=side.people["chair"])
    indicator, spare = (
        Indicator.objects.create(action=done, position=position, title=title, least_change=Decimal(2))
        for position, title in enumerate(("Days of waiting", "Letters answered"))
    )
    reading = Reading.objects.create(indicator=indicator, on=date(2026, 3, 1), value=Decimal(24), added_by=lead)
    return {
        "measured action": done.pk,
        "unmeasured action": make_action(draft, by=lead).pk,
        "indicator": indicator.pk,
        "spare indicator": spare.pk,
        "reading": reading.pk,
    }
