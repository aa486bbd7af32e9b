"""Offers of study visits, and the visits that came of them: asked, confirmed, declined, called off, reported, rated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from qms.demo.domain import material
from qms.demo.services.sharing import FRAMEWORK, SharingCase
from qms.exchange.domain.visiting import Appointment, OfferDraft, Wish
from qms.exchange.models import VisitOffer, VisitRequest
from qms.exchange.services.offers import close_offer, offer_visit
from qms.exchange.services.visit_words import rate_visit, report_visit
from qms.exchange.services.visits import ask_to_come, cancel_visit, confirm_visit, decline_visit


def build_visits(case: SharingCase) -> None:
    """Every offer with its visits."""
    for facts in material.read("exchange/visits"):
        offer = _offer(case, facts)
        for visit in facts.get("visits", ()):
            _visit(case, offer, facts["office"], visit)
        if "closed" in facts:
            with case.stamped(facts["closed"]):
                close_offer(offer, by=case.lead(facts["office"]), at=case.moment(facts["closed"]))


def _offer(case: SharingCase, facts: Mapping[str, Any]) -> VisitOffer:
    practice = case.practice(facts.get("practice"))
    draft = OfferDraft(
        title=facts["title"],
        nodes=tuple(facts["nodes"]),
        text=facts["text"],
        practice=practice.pk if practice else None,
        days=tuple(case.on(day) for day in facts.get("days", ())),
        people=facts["people"],
        online=facts.get("online", False),
        allowed=facts["allowed"],
        contact=case.person(facts["office"], facts["contact"]).pk,
    )
    with case.stamped(facts["day"]):
        return offer_visit(
            case.office(facts["office"]),
            draft=draft,
            framework=FRAMEWORK,
            by=case.lead(facts["office"]),
            on=case.on(facts["day"]),
        )


def _visit(case: SharingCase, offer: VisitOffer, host: str, facts: Mapping[str, Any]) -> None:
    guest = case.lead(facts["office"])
    wish = Wish(
        wish=facts["wish"],
        people=facts["people"],
        wished_on=case.on(facts["wished"]) if "wished" in facts else None,
        online=facts.get("online", False),
    )
    with case.stamped(facts["asked"]):
        visit = ask_to_come(offer, office=case.office(facts["office"]), wish=wish, by=guest, on=case.on(facts["asked"]))
    if "declined" in facts:
        with case.stamped(facts["declined"]):
            decline_visit(visit, reason=facts["reason"], by=case.lead(host))
    if "confirmed" in facts:
        with case.stamped(facts["confirmed"]):
            confirm_visit(
                visit, appointment=_appointment(case, facts), by=case.lead(host), on=case.on(facts["confirmed"])
            )
    if "cancelled" in facts:
        with case.stamped(facts["cancelled"]):
            cancel_visit(visit, reason=facts["reason"], by=guest)
    if "reported" in facts:
        _look_back(case, visit, host, facts)


def _appointment(case: SharingCase, facts: Mapping[str, Any]) -> Appointment:
    return Appointment(
        held_on=case.on(facts["held"]),
        place=facts["place"],
        held_at=dt.time.fromisoformat(f"{facts['time']:0>5}") if "time" in facts else None,
        answer=facts.get("answer", ""),
    )


def _look_back(case: SharingCase, visit: VisitRequest, host: str, facts: Mapping[str, Any]) -> None:
    """The guests' report, then what both sides say."""
    day, on = facts["reported"], case.on(facts["reported"])
    guest = case.lead(facts["office"])
    with case.stamped(day):
        report_visit(visit, learned=facts["learned"], intends=facts["intends"], by=guest, at=case.moment(day), on=on)
        for side, by in (("guest", guest), ("host", case.lead(host))):
            rating, words = facts[side]
            rate_visit(visit, side=side, rating=rating, words=words, by=by, on=on)
