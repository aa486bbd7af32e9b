"""Regions, offices and roles, plain; and the named people of all tests."""

from __future__ import annotations

from itertools import count

from qms.accounts.models import User
from qms.offices.models import Membership, Office, Region
from qms.offices.services import add_member
from tests.factories.accounts import give_second_factor, make_user

_numbers = count(1)


def make_region(**fields) -> Region:
    number = next(_numbers)
    fields.setdefault("code", f"r{number}")
    fields.setdefault("name_pl", f"województwo {number}")
    fields.setdefault("name_en", f"Region {number}")
    return Region.objects.create(**fields)


def make_office(**fields) -> Office:
    number = next(_numbers)
    fields.setdefault("kind", Office.Kind.COUNTY_LABOUR_OFFICE)
    fields.setdefault("name", f"Powiatowy Urząd Pracy w Mieście {number}")
    fields.setdefault("short_name", f"PUP Miasto {number}")
    fields.setdefault("slug", f"pup-miasto-{number}")
    fields.setdefault("city", f"Miasto {number}")
    fields.setdefault("language", "en")
    if "region" not in fields:
        fields["region"] = make_region()
    return Office.objects.create(**fields)


def make_member(office: Office, role: str = Membership.Role.EMPLOYEE, user: User | None = None) -> Membership:
    return add_member(user or make_user(), role, office=office, by=None)


def make_led_office(**fields) -> Office:
    """An office with a quality lead, so that somebody there reads its letters."""
    office = make_office(**fields)
    make_member(office, Membership.Role.QUALITY_LEAD)
    return office


def make_person(
    name: str, role: str | None = None, *, office: Office | None = None, region: Region | None = None
) -> User:
    """A named person in one role, with the second factor where the role wants it."""
    user = make_user(f"{name.lower()}@example.org", first_name=name, last_name="Example")
    if role:
        add_member(user, role, office=office, region=region, by=None)
    if role in {"platform_administrator", "national_coordinator", "regional_coordinator"}:
        give_second_factor(user)
    return user
