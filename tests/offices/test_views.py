import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from qms.accounts.models import User
from qms.core.models import Letter
from qms.offices.models import Membership, Office, Region
from qms.offices.services import invite_member
from tests.factories.offices import make_member, make_office, make_region

pytestmark = pytest.mark.django_db
LIST = "/en/offices/"


def shown(answer):
    return [office.short_name for office in answer.context["page"].object_list]


@pytest.fixture
def bare(settings):
    """Pages without what the portal sets around them, whose questions are counted in its own tests."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("qms.portal")]


# --- the public list -------------------------------------------------------------------------------------------------


def test_everyone_reads_the_list_and_the_public_facts(client, office):
    assert shown(client.get(LIST)) == ["PUP Gołdap"]
    answer = client.get(f"{LIST}pup-goldap/")
    page = answer.content.decode()
    assert answer.context["head"].title == "Powiatowy Urząd Pracy w Gołdapi"
    assert "/people/" not in page.partition('<main id="content"')[2]


def test_the_list_is_narrowed_by_words_kind_and_region(client, office, other_office):
    hall = make_office(kind="town_hall", short_name="UM Łęczna", city="Łęczna", region=office.region)

    assert shown(client.get(LIST, {"q": "goldap"})) == ["PUP Gołdap"]
    assert shown(client.get(LIST, {"kind": "town_hall"})) == [hall.short_name]
    assert shown(client.get(LIST, {"region": "28"})) == ["PUP Gołdap", "UM Łęczna"]
    assert shown(client.get(LIST, {"region": "28", "kind": "county_labour_office"})) == ["PUP Gołdap"]


def test_the_list_is_sorted_both_ways(client, office, other_office):
    assert shown(client.get(LIST, {"sort": "-city"})) == ["PUP Starachowice", "PUP Gołdap"]
    assert shown(client.get(LIST, {"sort": "nonsense"})) == ["PUP Gołdap", "PUP Starachowice"]


def test_an_empty_list_says_what_it_would_show(client, db):
    assert "No office here" in client.get(LIST, {"q": "xyz"}).content.decode()


def test_a_closed_office_leaves_the_list_but_not_for_those_who_keep_it(client, office, pat):
    Office.objects.update(is_active=False)
    assert shown(client.get(LIST)) == []
    assert client.get(f"{LIST}pup-goldap/").status_code == 404

    client.force_login(pat)
    assert shown(client.get(LIST)) == ["PUP Gołdap"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, bare, count, django_assert_num_queries):
    region = make_region()
    for _time in range(count):
        make_member(make_office(region=region))

    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 3  # count, offices, regions of the filter


def test_the_list_comes_as_csv_and_xlsx_as_it_is_narrowed(client, office, other_office):
    Office.objects.filter(pk=office.pk).update(name="=2+2")

    csv = client.get(LIST, {"q": "goldap", "as": "csv"})
    book = load_workbook(io.BytesIO(client.get(LIST, {"as": "xlsx"}).content))

    assert csv["Content-Type"].startswith("text/csv")
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert not lines[1].startswith("=")
    assert [cell.value for cell in book.active["B"]] == ["Short name", "PUP Gołdap", "PUP Starachowice"]


# --- offices and regions ---------------------------------------------------------------------------------------------

NEW = {
    "name": "Urząd Miejski w Łęcznej",
    "short_name": "UM Łęczna",
    "kind": "town_hall",
    "slug": "um-leczna",
    "city": "Łęczna",
    "language": "pl",
    "is_active": "on",
}


def test_an_administrator_adds_an_office(client, pat, region):
    client.force_login(pat)

    answer = client.post(f"{LIST}new/", NEW | {"region": region.pk, "website": "leczna.pl"})

    assert answer["Location"] == "/en/offices/um-leczna/"
    assert Office.objects.get(slug="um-leczna").website == "https://leczna.pl"


@pytest.mark.parametrize("slug", ["people", "12", "pup goldap", "pup-goldap"])
def test_an_address_that_cannot_be_used_is_refused(client, pat, office, slug):
    client.force_login(pat)

    answer = client.post(f"{LIST}new/", NEW | {"region": office.region.pk, "slug": slug})

    assert list(answer.context["form"].errors) == ["slug"]


def test_a_lead_keeps_the_facts_of_the_office_but_not_its_name(client, lena, office):
    client.force_login(lena)

    client.post(f"{LIST}{office.pk}/edit/", {"city": "Gołdap", "language": "pl", "staff_count": "41", "name": "Inny"})

    office.refresh_from_db()
    assert (office.staff_count, office.name) == (41, "Powiatowy Urząd Pracy w Gołdapi")


def test_an_administrator_keeps_regions(client, pat):
    client.force_login(pat)

    client.post(f"{LIST}regions/new/", {"code": "06", "country": "PL", "name_pl": "lubelskie"})
    region = Region.objects.get(code="06")
    client.post(
        f"{LIST}regions/{region.pk}/", {"code": "06", "country": "PL", "name_pl": "lubelskie", "name_en": "Lublin"}
    )

    region.refresh_from_db()
    assert region.name_en == "Lublin"
    assert "Lublin" in client.get(f"{LIST}regions/").content.decode()


# --- people ----------------------------------------------------------------------------------------------------------

INVITE = {"email": "nina@example.org", "first_name": "Nina", "last_name": "Nowa", "role": "employee", "language": "pl"}


def test_a_lead_invites_a_person(client, lena, office, django_capture_on_commit_callbacks):
    client.force_login(lena)

    answer = client.post(f"{LIST}{office.pk}/people/", INVITE)

    assert answer["Location"] == f"/en/offices/{office.pk}/people/"
    assert Membership.objects.get(user__email="nina@example.org").role == "employee"
    assert Letter.objects.get().to == "nina@example.org"
    assert "Nina Nowa" in client.get(answer["Location"]).content.decode()


def test_the_people_of_an_office_come_as_csv(client, lena, office):
    client.force_login(lena)

    lines = client.get(f"{LIST}{office.pk}/people/", {"as": "csv"}).content.decode("utf-8-sig").splitlines()

    assert lines == ["Last name,First name,E-mail,Role", "Example,Lena,lena@example.org,quality lead"]


def test_a_lead_cannot_invite_a_director(client, lena, office):
    client.force_login(lena)

    answer = client.post(f"{LIST}{office.pk}/people/", INVITE | {"role": "director"})

    assert list(answer.context["form"].errors) == ["role"]
    assert not User.objects.filter(email="nina@example.org").exists()


def test_inviting_somebody_twice_says_why_it_cannot_be(client, lena, boris, office):
    client.force_login(lena)

    answer = client.post(f"{LIST}{office.pk}/people/", INVITE | {"email": "BORIS@example.org"})

    assert answer.context["form"].non_field_errors() == ["Boris Example holds this role already."]


def test_an_employee_reads_who_works_here_and_invites_nobody(client, eva, office):
    client.force_login(eva)

    page = client.get(f"{LIST}{office.pk}/people/")
    assert (page.status_code, page.context["form"]) == (200, None)
    assert client.post(f"{LIST}{office.pk}/people/", INVITE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_people_of_an_office_ask_the_same_number_of_questions(
    client, bare, lena, office, count, django_assert_num_queries
):
    for _time in range(count):
        make_member(office)
    client.force_login(lena)
    client.get(f"{LIST}{office.pk}/people/")

    with django_assert_num_queries(PEOPLE_QUERIES):
        client.get(f"{LIST}{office.pk}/people/")


def test_a_role_is_changed_and_ended(client, lena, boris, office):
    client.force_login(lena)
    held = boris.memberships.get()

    assert client.get(f"{LIST}people/roles/{held.pk}/").status_code == 200
    client.post(f"{LIST}people/roles/{held.pk}/change/", {"role": "quality_lead"})
    changed = boris.memberships.get(is_active=True)
    assert changed.role == "quality_lead"
    client.post(f"{LIST}people/roles/{changed.pk}/end/")
    assert not boris.memberships.filter(is_active=True).exists()


def test_a_lead_does_not_make_a_director_of_a_colleague(client, lena, boris):
    client.force_login(lena)
    held = boris.memberships.get()

    client.post(f"{LIST}people/roles/{held.pk}/change/", {"role": "director"})

    assert boris.memberships.get(is_active=True).role == "employee"


def test_an_invitation_is_sent_again(client, lena, office):
    held = invite_member("nina@example.org", role="employee", by=lena, office=office).membership
    client.force_login(lena)

    client.post(f"{LIST}people/roles/{held.pk}/remind/")

    assert Letter.objects.count() == 2


def test_an_administrator_finds_people_and_gives_a_region(client, pat, lena, region):
    client.force_login(pat)

    page = client.get(f"{LIST}people/", {"q": "lena", "role": "quality_lead"})
    assert [person.name for person in page.context["page"].object_list] == ["Lena Example"]
    client.post(f"{LIST}people/", INVITE | {"role": "regional_coordinator", "region": region.pk})
    assert Membership.objects.get(user__email="nina@example.org").region == region
    person = User.objects.get(email="nina@example.org")
    assert "regional coordinator" in client.get(f"{LIST}people/{person.pk}/").content.decode()
    assert "quality lead,PUP Gołdap" in client.get(f"{LIST}people/", {"as": "csv"}).content.decode()


def test_a_region_is_asked_for_where_the_role_needs_one(client, pat):
    client.force_login(pat)

    answer = client.post(f"{LIST}people/", INVITE | {"role": "regional_coordinator"})

    assert list(answer.context["form"].errors) == ["region"]


@pytest.mark.parametrize("count", [1, 3])
def test_all_people_ask_the_same_number_of_questions(client, bare, pat, office, count, django_assert_num_queries):
    for _time in range(count):
        make_member(office)
    client.force_login(pat)
    client.get(f"{LIST}people/")

    with django_assert_num_queries(EVERYONE_QUERIES):
        client.get(f"{LIST}people/")


SESSION_AND_USER = 2
PEOPLE_QUERIES = SESSION_AND_USER + 3  # roles, office, memberships with people
EVERYONE_QUERIES = SESSION_AND_USER + 6  # roles, factor, regions of the form, count, people, memberships


# --- the current office ----------------------------------------------------------------------------------------------


def test_one_works_in_another_of_the_own_offices(client, lena, other_office):
    client.force_login(lena)
    assert client.post(f"{LIST}choose/", {"office": other_office.pk}).status_code == 404

    make_member(other_office, user=lena)
    answer = client.post(f"{LIST}choose/", {"office": other_office.pk, "next": "/en/people/me/"})

    assert (answer["Location"], client.session["office"]) == ("/en/people/me/", other_office.pk)


def test_choosing_leads_to_no_foreign_site(client, lena, office):
    client.force_login(lena)

    assert client.post(f"{LIST}choose/", {"office": office.pk, "next": "//evil.example"})["Location"] == "/en/tasks/"


# --- rights over every page ------------------------------------------------------------------------------------------

PAGES = {
    "new/": {"pat": 200, "nora": 200, "lena": 403, "dora": 403, "rob": 403},
    "regions/": {"pat": 200, "nora": 200, "lena": 403, "dora": 403},
    "people/": {"pat": 200, "nora": 200, "rob": 403, "lena": 403, "dora": 403},
    "import/offices/": {"pat": 200, "nora": 200, "rob": 403, "lena": 403, "dora": 403},
    "import/people/": {"pat": 200, "rob": 200, "lena": 200, "ana": 200, "boris": 403, "judy": 403},
    "import/cats/": {"pat": 404},
    "import/people/template.xlsx": {"lena": 200, "eva": 403},
    "import/people/template.exe": {"lena": 404},
    "{office}/edit/": {"pat": 200, "lena": 200, "ana": 200, "boris": 403, "rob": 403, "dora": 404, "judy": 404},
    "{office}/people/": {"pat": 200, "rob": 200, "lena": 200, "boris": 200, "dora": 404, "mark": 404},
    "people/roles/{held}/": {"pat": 200, "rob": 200, "lena": 200, "boris": 403, "dora": 404},
    "people/jurors/": {"rob": 200, "nora": 200, "pat": 200, "ana": 403, "lena": 403, "boris": 403, "judy": 403},
    "people/{boris}/": {"pat": 200, "lena": 403, "dora": 403},
}


@pytest.mark.parametrize(("page", "name", "status"), [(p, n, s) for p, row in PAGES.items() for n, s in row.items()])
def test_each_page_opens_to_whom_it_should(client, page, name, status, office, boris, request):
    path = LIST + page.format(office=office.pk, held=boris.memberships.get().pk, boris=boris.pk)
    stranger = client.get(path)
    client.force_login(request.getfixturevalue(name))

    assert stranger.status_code in {302, 404}
    assert client.get(path).status_code == status


def test_an_upload_that_is_no_list_is_refused(client, pat):
    client.force_login(pat)
    file = SimpleUploadedFile("offices.xlsx", b"%PDF-1.7 not a list")

    answer = client.post(f"{LIST}import/offices/", {"file": file})

    assert list(answer.context["form"].errors) == ["file"]
