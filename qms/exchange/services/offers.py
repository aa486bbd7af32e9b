"""Offers of study visits: made, changed, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.exchange.domain.visiting import OfferDraft
from qms.exchange.models import VisitOffer
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Membership, Office

FIELDS = ("title", "text", "nodes", "practice_id", "days", "people", "online", "allowed", "open_until", "contact_id")


@transaction.atomic
def offer_visit(office: Office, *, draft: OfferDraft, framework: str, by: User, on: date) -> VisitOffer:
    """Invite others to come and see."""
    _check(office, draft, on=on)
    offer = VisitOffer(office=office, framework=framework, created_by=by, **_fields(draft))
    offer.save()
    record(offer, "exchange.offer_visit", by=by, office_id=office.pk)
    return offer


@transaction.atomic
def change_offer(
    offer: VisitOffer, *, draft: OfferDraft, by: User, on: date, seen: datetime | None = None
) -> VisitOffer:
    """Write the offer anew; refused when somebody else changed it since it was `seen`."""
    held = locked_offer(offer)
    if held.closed_at is not None:
        raise Refused(gettext_noop("The offer is closed; it cannot be changed any more."))
    if seen is not None and held.updated_at != seen:
        raise Refused(
            gettext_noop(
                "Somebody else saved this offer meanwhile. Look at it in a second window; saving again keeps your text."
            )
        )
    # A day that stood there already may have passed meanwhile.
    kept = replace(draft, open_until=None) if draft.open_until == held.open_until else draft
    _check(held.office, kept, on=on)
    taken = taken_of(held)
    if draft.allowed < taken:
        raise Refused(
            gettext_noop("Visits that are taken already: %(taken)s. The offer cannot allow fewer."), taken=taken
        )
    for name, value in _fields(draft).items():
        setattr(held, name, value)
    held.save(update_fields=[*FIELDS, "updated_at"])
    record(held, "exchange.change_offer", by=by, office_id=held.office_id)
    return held


@transaction.atomic
def close_offer(offer: VisitOffer, *, by: User, at: datetime) -> VisitOffer:
    """Nobody asks to come any more; whoever has asked keeps the request."""
    held = locked_offer(offer)
    if held.closed_at is None:
        held.closed_at = at
        held.save(update_fields=["closed_at", "updated_at"])
        record(held, "exchange.close_offer", by=by, office_id=held.office_id)
    return held


def locked_offer(offer: VisitOffer) -> VisitOffer:
    """The offer as it stands now, held until the transaction ends: two who ask at once follow one another."""
    return VisitOffer.objects.select_for_update(of=("self",)).select_related("office").get(pk=offer.pk)


def taken_of(offer: VisitOffer) -> int:
    """How many of its visits are given away."""
    return offer.requests.filter(status__in=("asked", "confirmed", "reported")).count()


def _check(office: Office, draft: OfferDraft, *, on: date) -> None:
    if not draft.title.strip():
        raise Refused(gettext_noop("Write what there is to see."))
    if not draft.nodes:
        raise Refused(gettext_noop("Choose at least one subcriterion."))
    if any(day < on for day in draft.days):
        raise Refused(gettext_noop("One of the days has passed. Propose days that are still to come."))
    if draft.open_until is not None and draft.open_until < on:
        raise Refused(gettext_noop("The last day for asking has passed already."))
    here = Membership.objects.active().at(office)
    if draft.contact is not None and not here.filter(user=draft.contact).exists():
        raise Refused(gettext_noop("The contact does not work in the office. Choose somebody else."))


def _fields(draft: OfferDraft) -> dict[str, object]:
    return {
        "title": draft.title.strip(),
        "text": draft.text.strip(),
        "nodes": list(draft.nodes),
        "practice_id": draft.practice,
        "days": [day.isoformat() for day in sorted(set(draft.days))],
        "people": draft.people,
        "online": draft.online,
        "allowed": draft.allowed,
        "open_until": draft.open_until,
        "contact_id": draft.contact,
    }
