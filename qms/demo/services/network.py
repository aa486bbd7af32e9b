"""Regions, offices and role accounts of the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from qms.accounts.models import User
from qms.accounts.services import make_person
from qms.demo.domain import material
from qms.offices.models import Membership, Office, Region
from qms.offices.services import add_member, save_office, save_region

Say = Callable[[str], None]


@transaction.atomic
def build_offices(*, by: User, say: Say) -> None:
    """Every region and office that is not here yet."""
    regions = {region.code: region for region in Region.objects.all()}
    for one in material.read("regions"):
        if one["code"] not in regions:
            region = Region(
                code=one["code"], country=one["country"], name_pl=one["pl"], name_en=one["en"], name_ru=one["ru"]
            )
            regions[region.code] = save_region(region, by=by)
    known = set(Office.objects.values_list("slug", flat=True))
    missing = [one for one in material.read("offices") if one["slug"] not in known]
    for one in missing:
        save_office(
            Office(
                kind=one["kind"],
                name=one["name"],
                short_name=one["short"],
                slug=one["slug"],
                region=regions[one["region"]],
                city=one["city"],
                language=one["language"],
                staff_count=one["staff"],
                email=f"kontakt@{one['slug']}.example",
            ),
            by=by,
        )
    say(f"offices: {len(known) + len(missing)}")


@transaction.atomic
def build_people(*, say: Say) -> dict[str, User]:
    """Every role account whose office or region stands already; those of the platform by their key."""
    offices = {office.slug: office for office in Office.objects.all()}
    regions = {region.code: region for region in Region.objects.all()}
    found = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    admin: User | None = None
    for person in material.people():
        if (person.office and person.office not in offices) or (person.region and person.region not in regions):
            continue
        if person.email not in found:
            place = {"office": offices.get(person.office), "region": regions.get(person.region)}
            found[person.email] = _newcomer(person, place, by=admin)
        admin = admin or found[person.email]
    say(f"role accounts: {len(found)}")
    return {
        person.key: found[person.email] for person in material.people() if person.email in found and not person.office
    }


def _newcomer(person: material.Person, place: dict[str, Office | Region | None], *, by: User | None) -> User:
    user, _ = make_person(
        person.email, first_name=person.first_name, last_name=person.last_name, language=person.language
    )
    # One hash for all: the password is common and public, and hashing it sixty times takes most of a minute.
    user.password = _hash()
    user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    add_member(user, Membership.Role(person.role), by=by, **place)  # type: ignore[arg-type]
    return user


@cache
def _hash() -> str:
    return make_password(material.password())
