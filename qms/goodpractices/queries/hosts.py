"""Who answers for a practice to its readers."""

from __future__ import annotations

from qms.accounts.models import User
from qms.goodpractices.models import PracticePage
from qms.offices.models import Membership
from qms.offices.queries import leads_of


def hosts_of(practice: PracticePage) -> list[User]:
    """The practice's contact while that person works in the office, and the office's quality leads, each once."""
    hosts = {lead.pk: lead for lead in leads_of(practice.office)}
    here = Membership.objects.active().at(practice.office).values_list("user", flat=True)
    contact = User.objects.filter(pk=practice.contact_id, is_active=True, pk__in=here).first()
    if contact is not None:
        hosts.setdefault(contact.pk, contact)
    return list(hosts.values())


def contact_of(practice: PracticePage) -> list[User]:
    """Who gets a message: the contact while working in the office, else the office's quality leads."""
    hosts = hosts_of(practice)
    return [host for host in hosts if host.pk == practice.contact_id] or hosts
