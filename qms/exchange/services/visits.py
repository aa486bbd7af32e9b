"""Study visits: asked for, confirmed, declined, called off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.letters import Draft
from qms.core.services import post_letter
from qms.exchange import letters
from qms.exchange.domain import lifecycle
from qms.exchange.domain.visiting import Appointment, Wish
from qms.exchange.models import VisitOffer, VisitRequest
from qms.exchange.queries.visit_people import both_of, guests_of, hosts_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office

from .offers import locked_offer, taken_of

Status = VisitRequest.Status
MEANWHILE = {
    Status.ASKED: gettext_noop("The host has not confirmed this visit yet."),
    Status.CONFIRMED: gettext_noop("The visit is confirmed already."),
    Status.REPORTED: gettext_noop("The visit has taken place, and its report is written."),
    Status.DECLINED: gettext_noop("The visit was declined meanwhile."),
    Status.CANCELLED: gettext_noop("The visit was called off meanwhile."),
}
NO_REASON = gettext_noop("Write the reason, so that the other office can make other plans.")
PASSED = gettext_noop("This day has passed. Choose a day that is still to come.")
CROWD = gettext_noop("Places for guests at a time: %(most)s. Write a smaller number.")


@transaction.atomic
def ask_to_come(offer: VisitOffer, *, office: Office, wish: Wish, by: User, on: date) -> VisitRequest:
    """A request in the office's name; the host is written to."""
    held = locked_offer(offer)
    _require_open(held, office, on=on)
    _check(held, wish, on=on)
    visit = VisitRequest.objects.create(
        offer=held,
        office=office,
        asked_by=by,
        wish=wish.wish.strip(),
        people=wish.people,
        wished_on=wish.wished_on,
        online=wish.online,
    )
    record(visit, "exchange.ask_to_come", by=by, office_id=office.pk, host=held.office_id)
    tell(letters.visit_asked, visit, readers=hosts_of(held), by=by)
    return visit


@transaction.atomic
def confirm_visit(visit: VisitRequest, *, appointment: Appointment, by: User, on: date) -> VisitRequest:
    """Say when and where the guests are awaited; said once more, the appointment moves."""
    held = locked_visit(visit)
    moves = held.status == Status.CONFIRMED
    if moves and held.held_on is not None and held.held_on < on:
        raise Refused(gettext_noop("The day of the visit has passed; it cannot be moved any more."))
    if not moves:
        require(held, Status.CONFIRMED)
    if appointment.held_on < on:
        raise Refused(PASSED)
    if not appointment.place.strip():
        raise Refused(gettext_noop("Write where the guests are awaited, or the address of the video meeting."))
    held.status, held.answered_by = Status.CONFIRMED, by
    held.held_on, held.held_at = appointment.held_on, appointment.held_at
    held.place, held.answer = appointment.place.strip(), appointment.answer.strip()
    held.save(update_fields=["status", "answered_by", "held_on", "held_at", "place", "answer", "updated_at"])
    _record(held, "exchange.move_visit" if moves else "exchange.confirm_visit", by=by)
    letter = letters.visit_moved if moves else letters.visit_confirmed
    tell(letter, held, readers=guests_of(held), by=by)
    return held


@transaction.atomic
def decline_visit(visit: VisitRequest, *, reason: str, by: User) -> VisitRequest:
    """Say no, with the reason; the place is free for others."""
    held = locked_visit(visit)
    require(held, Status.DECLINED)
    if not reason.strip():
        raise Refused(NO_REASON)
    held.status, held.reason, held.answered_by = Status.DECLINED, reason.strip(), by
    held.save(update_fields=["status", "reason", "answered_by", "updated_at"])
    _record(held, "exchange.decline_visit", by=by)
    tell(letters.visit_declined, held, readers=guests_of(held), by=by)
    return held


@transaction.atomic
def cancel_visit(visit: VisitRequest, *, reason: str, by: User) -> VisitRequest:
    """Call the visit off, from either side; the place is free for others."""
    held = locked_visit(visit)
    require(held, Status.CANCELLED)
    if not reason.strip():
        raise Refused(NO_REASON)
    held.status, held.reason = Status.CANCELLED, reason.strip()
    held.save(update_fields=["status", "reason", "updated_at"])
    _record(held, "exchange.cancel_visit", by=by)
    tell(letters.visit_cancelled, held, readers=both_of(held), by=by)
    return held


# --- What the acts share ---------------------------------------------------------------------------------------------


def locked_visit(visit: VisitRequest) -> VisitRequest:
    """The visit as it stands now with its offer, held until the transaction ends."""
    rows = VisitRequest.objects.select_for_update(of=("self",))
    return rows.select_related("offer__office", "offer__contact", "office", "asked_by").get(pk=visit.pk)


def require(visit: VisitRequest, there: str) -> None:
    """Nothing, or a refusal that says what became of the visit meanwhile."""
    if not lifecycle.VISIT.allows(visit.status, there):
        raise Refused(MEANWHILE[Status(visit.status)])


def tell(letter: Callable[..., Draft], visit: VisitRequest, *, readers: Iterable[User], by: User) -> None:
    """One letter for each reader, except for who did it."""
    for reader in readers:
        if reader != by:
            post_letter(**letter(visit, by=by, to=reader).posted())


def _record(visit: VisitRequest, act: str, *, by: User) -> None:
    record(visit, act, by=by, office_id=visit.office_id, host=visit.offer.office_id)


def _require_open(offer: VisitOffer, office: Office, *, on: date) -> None:
    if offer.closed_at is not None:
        raise Refused(gettext_noop("The host closed this offer meanwhile. Look for another one in the list."))
    if offer.open_until is not None and offer.open_until < on:
        raise Refused(gettext_noop("The last day for asking has passed. Look for another offer in the list."))
    if offer.office_id == office.pk:
        raise Refused(gettext_noop("This is your own offer. Other offices ask to come to you."))
    if offer.requests.filter(office=office, status__in=(Status.ASKED, Status.CONFIRMED)).exists():
        raise Refused(gettext_noop("Your office has asked already. Wait for the visit before you ask again."))
    if taken_of(offer) >= offer.allowed:
        raise Refused(gettext_noop("All visits that the host takes on are taken. Look for another offer in the list."))


def _check(offer: VisitOffer, wish: Wish, *, on: date) -> None:
    if not wish.wish.strip():
        raise Refused(gettext_noop("Write what you want to see."))
    if wish.people > offer.people:
        raise Refused(CROWD, most=offer.people)
    if wish.wished_on is not None and wish.wished_on < on:
        raise Refused(PASSED)
    if wish.online and not offer.online:
        raise Refused(gettext_noop("The host receives guests on the spot only, not by video."))
