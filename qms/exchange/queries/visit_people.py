"""Who is written to about a study visit."""

from __future__ import annotations

from qms.accounts.models import User
from qms.exchange.models import VisitOffer, VisitRequest
from qms.offices.models import Membership, Office
from qms.offices.queries import directors_of, leads_of


def contact_of(offer: VisitOffer) -> User | None:
    """The offer's contact, while that person works in the office."""
    return _at_work(offer.contact_id, offer.office)


def hosts_of(offer: VisitOffer) -> list[User]:
    """Who receives guests: the contact and the office's quality leads, its directors where there are none."""
    return _readers(contact_of(offer), offer.office)


def guests_of(visit: VisitRequest) -> list[User]:
    """Who comes: whoever asked while working there and the office's quality leads, else its directors."""
    return _readers(_at_work(visit.asked_by_id, visit.office), visit.office)


def both_of(visit: VisitRequest) -> list[User]:
    """Both sides, everybody once."""
    found = {person.pk: person for person in (*hosts_of(visit.offer), *guests_of(visit))}
    return list(found.values())


def _readers(first: User | None, office: Office) -> list[User]:
    found = {first.pk: first} if first is not None else {}
    found |= {lead.pk: lead for lead in leads_of(office)}
    return list(found.values()) or list(directors_of(office))


def _at_work(person: int | None, office: Office) -> User | None:
    if person is None:
        return None
    here = Membership.objects.active().at(office).values_list("user", flat=True)
    return User.objects.filter(pk=person, is_active=True, pk__in=here).first()
