"""The door lets in as a role of the demonstration, and only there."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from qms.accounts.models import User
from qms.assessments.models import Sheet

MEMBER, CHAIR = "ksiegowosc@pup-goldap.example", "przewodniczaca.zespolu@pup-starachowice.example"
DIRECTOR = "sekretarz@um-leczna.example"


def enter(client, email, language="pl"):
    with override(language):
        return client.post(reverse("demo:enter", args=[User.objects.get(email=email).pk]))


@pytest.mark.parametrize("language", ["pl", "en", "ru"])
def test_door_shows_roles_by_office(client, network, language):
    page = client.get(f"/{language}/demo/").content.decode()

    assert "Powiatowy Urząd Pracy w Gołdapi" in page
    assert page.count("<form") >= 63


def test_door_asks_little_of_the_database(client, network, django_assert_max_num_queries):
    client.get("/en/demo/")
    with django_assert_max_num_queries(10):
        client.get("/en/demo/")


def test_card_says_what_comes_next(client, network):
    page = client.get("/en/demo/").content.decode()

    assert "Fills in the individual sheet: 17 of 28 subcriteria begun." in page
    assert "Leads the group to its agreed scores; 17 subcriteria are left." in page
    assert "Reads the results and approves them" in page


def test_one_click_signs_in_and_opens_the_task(client, network):
    sheet = Sheet.objects.get(member__user__email=MEMBER, member__assessment__year=2026)

    answer = enter(client, MEMBER)

    assert client.session["demo_door"] is True
    assert int(client.session["_auth_user_id"]) == User.objects.get(email=MEMBER).pk
    with override("pl"):
        assert answer.url == reverse("assessments:sheet", args=[sheet.pk])


@pytest.mark.parametrize(
    "email",
    [
        MEMBER,
        CHAIR,
        DIRECTOR,
        "administrator@platforma.example",
        "koordynator.krajowy@platforma.example",
        "koordynator.warminsko-mazurskie@platforma.example",
        "ekspert@platforma.example",
        "koordynacja.jakosci@us-poznan.example",
    ],
)
def test_every_role_lands_on_a_page(client, network, email):
    assert client.get(enter(client, email, "en").url, follow=True).status_code == 200


def test_coordinators_need_no_second_factor_here(client, network):
    answer = enter(client, "koordynator.krajowy@platforma.example", "en")

    assert client.get(answer.url).status_code == 200


def test_nobody_else_is_let_in(client, network):
    stranger = User.objects.create_user("someone@urzad.pl")
    with override("en"):
        assert client.post(reverse("demo:enter", args=[stranger.pk])).status_code == 404


def test_door_is_opened_by_a_click_not_by_an_address(client, network):
    with override("en"):
        address = reverse("demo:enter", args=[User.objects.get(email=MEMBER).pk])

    assert client.get(address).status_code == 405


def test_without_the_setting_there_is_no_door(client, network, settings):
    settings.QMS_DEMO = False

    assert client.get("/en/demo/").status_code == 404
    assert enter(client, MEMBER).status_code == 404


@pytest.mark.parametrize(("language", "label"), [("pl", "Moje zadania"), ("en", "My tasks"), ("ru", "Мои задачи")])
def test_home_page_has_doors_steps_and_news(client, network, language, label):
    page = client.get(f"/{language}/").content.decode()

    assert label in page
    assert f"/{language}/news/waiting-for-approval/" in page
    assert "None" not in page


@pytest.mark.parametrize("path", ["about/", "help/chair/", "how-we-compute/", "accessibility/", "news/", "caf-2020/"])
def test_pages_answer_in_every_language(client, network, path):
    assert [client.get(f"/{language}/{path}").status_code for language in ("pl", "en", "ru")] == [200, 200, 200]
