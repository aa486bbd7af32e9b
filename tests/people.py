"""The named people of all tests, and their two offices.

ana directs our office, lena leads its quality, boris, clara and eva work there (boris assesses, clara chairs a group);
dora leads the quality of another office in another region; rob coordinates our region, nora the country,
pat administers the platform; judy is a juror, mark a mystery evaluator.
"""

from __future__ import annotations

import pytest

from tests.factories.offices import make_office, make_person, make_region


@pytest.fixture
def region(db):
    return make_region(code="28", name_pl="warmińsko-mazurskie", name_en="Warmia-Masuria")


@pytest.fixture
def other_region(db):
    return make_region(code="26", name_pl="świętokrzyskie", name_en="Holy Cross")


@pytest.fixture
def office(region):
    return make_office(
        name="Powiatowy Urząd Pracy w Gołdapi", short_name="PUP Gołdap", slug="pup-goldap", city="Gołdap", region=region
    )


@pytest.fixture
def other_office(other_region):
    return make_office(
        name="Powiatowy Urząd Pracy w Starachowicach",
        short_name="PUP Starachowice",
        slug="pup-starachowice",
        city="Starachowice",
        region=other_region,
    )


@pytest.fixture
def ana(office):
    return make_person("Ana", "director", office=office)


@pytest.fixture
def lena(office):
    return make_person("Lena", "quality_lead", office=office)


@pytest.fixture
def boris(office):
    return make_person("Boris", "employee", office=office)


@pytest.fixture
def clara(office):
    return make_person("Clara", "employee", office=office)


@pytest.fixture
def eva(office):
    return make_person("Eva", "employee", office=office)


@pytest.fixture
def dora(other_office):
    return make_person("Dora", "quality_lead", office=other_office)


@pytest.fixture
def rob(region):
    return make_person("Rob", "regional_coordinator", region=region)


@pytest.fixture
def nora(db):
    return make_person("Nora", "national_coordinator")


@pytest.fixture
def pat(db):
    return make_person("Pat", "platform_administrator")


@pytest.fixture
def judy(db):
    return make_person("Judy", "juror")


@pytest.fixture
def mark(db):
    return make_person("Mark", "mystery_evaluator")
