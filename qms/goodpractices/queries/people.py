"""Who reviews a practice and whom the office's letters reach."""

from __future__ import annotations

from django.db.models import QuerySet

from qms.accounts.models import User
from qms.goodpractices.models import PracticePage
from qms.offices.models import Membership, Office
from qms.offices.queries import leads_of


def reviewers_of(office: Office) -> list[User]:
    """Who coordinates the office's region, or the country where nobody does; never people of the office itself."""
    held = Membership.objects.active().exclude(user__in=_people_of(office))
    regional = held.in_role(Membership.Role.REGIONAL_COORDINATOR).filter(region=office.region_id)
    return list(_users(regional) or _users(held.in_role(Membership.Role.NATIONAL_COORDINATOR)))


def writers_of(practice: PracticePage) -> list[User]:
    """The office's leads, and who drafted the practice as long as that person works there."""
    readers = {reader.pk: reader for reader in leads_of(practice.office)}
    owner = User.objects.filter(pk=practice.owner_id, is_active=True, pk__in=_people_of(practice.office)).first()
    if owner is not None:
        readers.setdefault(owner.pk, owner)
    return list(readers.values())


def contacts_of(office: Office) -> QuerySet[User]:
    """Who may be named as a contact: the office's active people."""
    return User.objects.filter(pk__in=_people_of(office), is_active=True).order_by("last_name", "first_name", "pk")


def _people_of(office: Office) -> QuerySet[Membership, int | None]:
    return Membership.objects.active().at(office).values_list("user", flat=True)


def _users(held: QuerySet[Membership]) -> QuerySet[User]:
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("last_name", "first_name", "pk")
