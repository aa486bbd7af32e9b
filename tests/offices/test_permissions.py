import pytest
from django.contrib.auth.models import AnonymousUser

from qms.core.permissions import scope_of
from qms.offices import permissions
from qms.offices.models import Membership, Office
from qms.offices.queries import current_office, forget_roles, offices_of, roles_of
from qms.offices.services import add_member, end_membership
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

# Who may what at the own office (or, for coordinators, at an office of the own region).
RIGHTS = {
    #         see    edit   people offices
    "ana": (True, True, True, False),
    "lena": (True, True, True, False),
    "boris": (True, False, False, False),
    "dora": (False, False, False, False),
    "rob": (True, False, True, False),
    "nora": (True, True, True, True),
    "pat": (True, True, True, True),
    "judy": (False, False, False, False),
    "mark": (False, False, False, False),
}


@pytest.mark.parametrize("name", RIGHTS)
def test_rights_at_our_office(name, office, request):
    person = request.getfixturevalue(name)

    assert (
        permissions.may_see_office(person, office),
        permissions.may_edit_office(person, office),
        permissions.may_manage_people(person, office),
        permissions.may_manage_offices(person),
    ) == RIGHTS[name]


@pytest.mark.parametrize("name", RIGHTS)
def test_what_is_visible_agrees_with_the_predicate(name, office, other_office, request):
    person = request.getfixturevalue(name)

    visible = set(Office.objects.visible_to(person))

    assert visible == {one for one in (office, other_office) if permissions.may_see_office(person, one)}


def test_a_stranger_sees_no_offices_work(office):
    assert list(Office.objects.visible_to(AnonymousUser())) == []


def test_a_closed_account_has_no_rights(lena, office):
    lena.is_active = False

    assert not permissions.leads(lena, office)


def test_an_ended_role_gives_no_right(lena, office, ana):
    end_membership(lena.memberships.get(), by=ana, at=office.created_at)
    forget_roles(lena)

    assert not permissions.works_in(lena, office)


def test_a_superuser_counts_as_platform_administrator(office):
    assert permissions.is_platform_administrator(make_user(is_superuser=True))


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("ana", ("director", "quality_lead", "employee")),
        ("lena", ("quality_lead", "employee")),
        ("eva", ()),
        ("dora", ()),
        ("rob", ("director", "quality_lead", "employee")),
    ],
)
def test_a_lead_makes_no_directors(name, roles, office, request):
    assert permissions.grantable_at(request.getfixturevalue(name), office) == roles


def test_a_coordinator_makes_no_administrators(nora, pat, lena):
    assert permissions.grantable_anywhere(nora) == ("regional_coordinator", "juror", "mystery_evaluator")
    assert "platform_administrator" in permissions.grantable_anywhere(pat)
    assert permissions.grantable_anywhere(lena) == ()


def test_a_regional_coordinator_gives_the_role_of_a_juror_and_ends_nobody_s(rob, judy, mark, boris, nora):
    assert permissions.grantable_anywhere(rob) == ("juror",)
    assert [permissions.may_end(rob, one.memberships.get()) for one in (judy, mark, boris)] == [False, False, True]
    assert permissions.may_end(nora, judy.memberships.get())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("rob", True), ("nora", True), ("pat", True), ("ana", False), ("lena", False), ("boris", False), ("judy", False)],
)
def test_who_runs_rounds_invites_jurors(name, expected, request):
    assert permissions.may_invite_jurors(request.getfixturevalue(name)) is expected


def test_a_lead_does_not_end_the_directors_role(lena, ana):
    assert not permissions.may_end(lena, ana.memberships.get())
    assert permissions.may_end(ana, lena.memberships.get())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lena", "own"), ("ana", "own"), ("boris", "none"), ("rob", "none"), ("nora", "all"), ("dora", "other")],
)
def test_the_history_is_read_by_those_who_answer_for_the_office(name, expected, office, other_office, request):
    scopes = {"own": {office.pk}, "none": set(), "all": "all", "other": {other_office.pk}}

    assert scope_of(request.getfixturevalue(name)) == scopes[expected]


def test_roles_are_read_once_a_person(lena, office, django_assert_num_queries):
    forget_roles(lena)
    with django_assert_num_queries(1):
        for _time in range(3):
            permissions.leads(lena, office)
            permissions.directs(lena, office)
            roles_of(lena)


def test_the_chosen_office_counts_only_where_it_may_be_seen(lena, office, other_office):
    assert current_office(lena) == office
    assert current_office(lena, other_office.pk) == office
    add_member(lena, Membership.Role.EMPLOYEE, office=other_office, by=None)
    assert current_office(lena, other_office.pk) == other_office
    assert list(offices_of(lena)) == [office, other_office]
