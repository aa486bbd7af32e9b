from qms.offices.domain import roles
from qms.offices.domain.roles import Held, Roles
from qms.offices.models import Membership


def test_every_role_has_exactly_one_kind_of_place():
    kinds = [roles.OFFICE_ROLES, roles.REGION_ROLES, roles.FREE_ROLES]

    assert sorted(role for kind in kinds for role in kind) == sorted(Membership.Role.values)


def test_a_role_counts_only_at_its_own_office():
    held = Roles((Held("quality_lead", office_id=1), Held("employee", office_id=2)))

    assert held.has_at(1, "quality_lead")
    assert not held.has_at(2, "quality_lead")
    assert held.has_at(2)
    assert not held.has_at(None)


def test_offices_stand_once_each_in_order():
    held = Roles((Held("quality_lead", 2), Held("director", 1), Held("employee", 2)))

    assert held.offices() == (2, 1)
    assert held.offices("director") == (1,)


def test_who_holds_nothing_sees_nothing_and_needs_no_second_factor():
    nobody = Roles()

    assert (nobody.offices(), nobody.regions, nobody.sees_everything, nobody.needs_second_factor) == (
        (),
        (),
        False,
        False,
    )


def test_a_regional_coordinator_sees_the_region_and_needs_a_second_factor():
    rob = Roles((Held("regional_coordinator", region_id=7),))

    assert (rob.regions, rob.sees_everything, rob.needs_second_factor) == ((7,), False, True)
