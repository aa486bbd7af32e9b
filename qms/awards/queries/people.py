"""The people of an office who may write an application."""

from __future__ import annotations

from django.db.models import QuerySet

from qms.accounts.models import User
from qms.offices.domain import roles
from qms.offices.models import Membership, Office


def colleagues_who_may_write(office: Office) -> QuerySet[User]:
    """Everybody who works in the office but its heads, who write anyway; by name."""
    heads = heads_of(office)
    here = Membership.objects.active().at(office)
    people = User.objects.filter(pk__in=here.values("user"), is_active=True).exclude(pk__in=heads.values("pk"))
    return people.order_by("last_name", "first_name", "pk")


def heads_of(office: Office) -> QuerySet[User]:
    """The directors and quality leads of the office, by name."""
    held = Membership.objects.active().at(office).in_role(roles.DIRECTOR, roles.QUALITY_LEAD)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("last_name", "first_name", "pk")
