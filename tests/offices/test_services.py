import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.accounts.models import Invitation, User
from qms.core.models import Letter
from qms.lifecycle import Refused
from qms.offices import services
from qms.offices.models import Membership, Office
from tests.factories.accounts import make_user
from tests.factories.offices import make_office, make_region

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_a_person_holds_a_role_once(office, lena):
    with pytest.raises(Refused, match="holds this role already"):
        services.add_member(lena, "quality_lead", office=office, by=None)


def test_the_database_itself_keeps_a_role_from_being_held_twice(office, lena):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=lena, role="quality_lead", office=office)


@pytest.mark.parametrize(
    ("role", "has_office", "has_region"),
    [
        ("director", False, False),
        ("director", True, True),
        ("regional_coordinator", False, False),
        ("regional_coordinator", True, False),
        ("juror", True, False),
        ("national_coordinator", False, True),
        ("minister", False, False),
    ],
)
def test_a_role_needs_its_own_kind_of_place(office, region, role, has_office, has_region):
    place = {"office": office if has_office else None, "region": region if has_region else None}

    with pytest.raises(Refused):
        services.add_member(make_user(), role, by=None, **place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=make_user(), role=role, **place)


def test_a_role_that_was_ended_can_be_held_again(office, boris, lena):
    services.end_membership(boris.memberships.get(), by=lena, at=now())
    services.add_member(boris, "employee", office=office, by=lena)

    assert sorted(boris.memberships.values_list("is_active", flat=True)) == [False, True]


def test_ending_twice_is_refused(boris, lena):
    held = boris.memberships.get()
    services.end_membership(held, by=lena, at=now())

    with pytest.raises(Refused, match="ended already"):
        services.end_membership(held, by=lena, at=now())


def test_the_last_administrator_stays(pat):
    with pytest.raises(Refused, match="last platform administrator"):
        services.end_membership(pat.memberships.get(), by=pat, at=now())


def test_another_role_ends_the_earlier_one(boris, lena, office):
    changed = services.change_role(boris.memberships.get(), "quality_lead", by=lena, at=now())

    assert (changed.role, changed.office, changed.is_active) == ("quality_lead", office, True)
    assert boris.memberships.get(role="employee").is_active is False


def test_acts_are_written_down_for_the_office(boris, lena, office):
    services.end_membership(boris.memberships.get(), by=lena, at=now())

    entry = ModelLogEntry.objects.filter(action="offices.end_membership").get()
    assert (entry.user, entry.data["office"], entry.data["role"]) == (lena, office.pk, "employee")


def test_a_newcomer_gets_an_invitation_and_holds_the_role(office, lena):
    welcome = services.invite_member(
        "Nina@example.org", role="employee", by=lena, office=office, first_name="Nina", language="pl"
    )

    letter = Letter.objects.get()
    assert (welcome.is_new, welcome.membership.user.email) == (True, "nina@example.org")
    assert (letter.to, letter.language) == ("nina@example.org", "pl")
    assert welcome.invitation.purpose == "PUP Gołdap"


def test_who_has_an_account_gets_the_role_and_no_letter(office, lena, dora):
    welcome = services.invite_member("dora@example.org", role="employee", by=lena, office=office)

    assert (welcome.invitation, welcome.membership.user) == (None, dora)
    assert not Letter.objects.exists()


def test_a_reminder_makes_the_earlier_link_void(office, lena):
    welcome = services.invite_member("nina@example.org", role="employee", by=lena, office=office)

    fresh = services.remind_member(welcome.membership, by=lena)

    assert list(Invitation.objects.open(now())) == [fresh]
    assert Letter.objects.count() == 2


def test_who_came_in_needs_no_reminder(boris, lena):
    with pytest.raises(Refused, match="has an account already"):
        services.remind_member(boris.memberships.get(), by=lena)


def test_national_coordinators_are_editors_as_long_as_they_hold_the_role(pat):
    nora = make_user()

    held = services.add_member(nora, "national_coordinator", by=pat)
    assert [group.name for group in nora.groups.all()] == ["National coordinators"]
    assert User.objects.get(pk=nora.pk).has_perm("wagtailadmin.access_admin")

    services.end_membership(held, by=pat, at=now())
    assert not nora.groups.exists()
    assert not User.objects.get(pk=nora.pk).has_perm("wagtailadmin.access_admin")


def test_other_groups_of_a_person_are_left_alone(pat, office):
    from django.contrib.auth.models import Group  # noqa: PLC0415

    eva = make_user()
    eva.groups.add(Group.objects.create(name="Editors of news"))

    services.add_member(eva, "employee", office=office, by=pat)

    assert [group.name for group in eva.groups.all()] == ["Editors of news"]


def test_saving_an_office_is_written_down(pat):
    office = services.save_office(
        Office(kind="other", name="Urząd", short_name="U", slug="u", city="Łódź", region=make_region()), by=pat
    )

    assert ModelLogEntry.objects.get(action="offices.add_office").data["office"] == office.pk


@pytest.mark.parametrize("words", ["łęczna", "leczna", "LECZNA", "urząd łęczn", "rynek łęczna"])
def test_words_find_an_office_with_and_without_accents(words):
    office = make_office(name="Urząd Miejski, Rynek", short_name="UM", city="Łęczna")
    make_office(name="Urząd Miejski", short_name="UM2", city="Lublin")

    assert list(Office.objects.matching(words)) == [office]


def test_saving_one_field_keeps_the_words_in_step():
    office = make_office(city="Łęczna")
    office.city = "Chełm"
    office.save(update_fields=["city"])

    assert list(Office.objects.matching("chelm")) == [office]
