"""Who may do what with an award and with an application, person by person."""

from __future__ import annotations

import pytest

from qms.awards import permissions
from tests.factories.awards import make_application, make_category, make_programme, make_round

PEOPLE = ("ana", "lena", "boris", "clara", "dora", "rob", "nora", "pat", "judy")


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def application(office, people):
    """Our office's, of a national award; boris writes it with the heads, clara writes another one."""
    made = make_application(office, make_category(), started_by=people["lena"])
    made.editors.add(people["boris"])
    make_application(office, make_category(), started_by=people["lena"]).editors.add(people["clara"])
    return made


def who(people, may, about):
    """Of all these people those who may."""
    return {name for name, person in people.items() if may(person, about)}


def test_an_award_is_run_by_the_country_and_a_regional_one_by_its_region_too(people, region, other_region):
    national, own, foreign = make_programme(), make_programme(region=region), make_programme(region=other_region)

    for programme, running in ((national, {"nora"}), (own, {"nora", "rob"}), (foreign, {"nora"})):
        assert who(people, permissions.may_run, programme) == running
        assert who(people, permissions.may_run, make_round(programme)) == running


def test_awards_are_founded_by_coordinators_and_begun_from_an_example_by_the_country(people):
    assert who(people, permissions.may_found, None) == {"nora", "rob"}
    assert who(people, permissions.may_found_example, None) == {"nora"}


def test_an_application_is_begun_and_managed_by_the_heads_and_submitted_by_the_director(people, application, office):
    assert who(people, permissions.may_apply, office) == {"ana", "lena"}
    assert who(people, permissions.may_manage, application) == {"ana", "lena"}
    assert who(people, permissions.may_submit, application) == {"ana"}


@pytest.mark.parametrize("state", ["draft", "reopened", "submitted", "withdrawn"])
def test_it_is_read_by_those_who_write_it_and_written_while_it_is_open(people, application, state):
    application.state = state
    writers = {"ana", "lena", "boris"}

    assert who(people, permissions.may_read, application) == writers
    assert who(people, permissions.may_write, application) == (writers if state in ("draft", "reopened") else set())


def test_who_left_the_office_does_not_write_any_more(people, application):
    people["boris"].memberships.update(is_active=False)
    left = type(people["boris"]).objects.get(pk=people["boris"].pk)

    assert permissions.may_read(left, application) is False


def test_what_an_organiser_does_stands_in_no_history_of_an_office(people, application, office):
    own = {name: permissions.own_office_of(person, application) for name, person in people.items()}

    assert {name for name, pk in own.items() if pk == office.pk} == {"ana", "lena", "boris"}
    assert {own["nora"], own["rob"], own["dora"], own["judy"]} == {None}
