"""The area "visits" of experience sharing: what offices offer, and the visits between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.architecture.cases import Case, of, plain, thing
from tests.factories.exchange import make_offer, make_visit
from tests.factories.offices import make_office

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

OPEN: dict[str, Pick] = {"open_offer": thing("open offer")}
CLOSED: dict[str, Pick] = {"closed_offer": thing("closed offer")}
ASKED: dict[str, Pick] = {"asked_of_us": thing("visit asked of us")}
# The guest's own office is the one in the table; the host is a third office.
GOING: dict[str, Pick] = {"confirmed_of_ours": thing("visit of ours")}

CASES: dict[str, list[Case]] = {
    "exchange:offer-list": plain("GET"),
    "exchange:offer-add": plain("GET", "POST"),
    "exchange:offer": of("GET", **OPEN, **CLOSED),
    "exchange:offer-edit": of("GET POST", **OPEN, **CLOSED),
    "exchange:offer-close": of("POST", **OPEN),
    "exchange:visit-ask": of("GET POST", **OPEN, **CLOSED),
    "exchange:visit-list": plain("GET"),
    "exchange:visit": of("GET", **ASKED, **GOING),
    "exchange:visit-calendar": of("GET", **GOING),
    "exchange:visit-confirm": of("GET POST", **ASKED, **GOING),
    "exchange:visit-decline": of("GET POST", **ASKED, **GOING),
    "exchange:visit-cancel": of("GET POST", **ASKED, **GOING),
    "exchange:visit-report": of("GET POST", **ASKED, **GOING),
    "exchange:visit-rate": of("GET POST", **ASKED, **GOING),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead, today = side.people["lead"], timezone.localdate()
    third = make_office()
    offer = make_offer(side.office, by=lead, contact=side.people["assessor"])
    return {
        "open offer": offer.pk,
        "closed offer": make_offer(side.office, by=lead, closed_at=timezone.now()).pk,
        "visit asked of us": make_visit(offer, third).pk,
        "visit of ours": make_visit(make_offer(third), side.office, by=lead, status="confirmed", held_on=today).pk,
    }
