"""The public pages of awards: founded when a round is announced, taken off when it is withdrawn."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from qms.awards.models import AwardIndexPage, AwardProgrammePage, AwardRoundPage, Round
from qms.awards.services.founding import SLUGS, found_awards, hide_round, show_round
from qms.portal.services import found_site
from tests.factories.awards import make_category, make_programme, make_round, make_rule, make_section


@pytest.fixture
def site(db):
    home = found_site(hostname="testserver", port=80)
    cache.clear()
    return home


@pytest.fixture
def programme(site):
    return make_programme(titles={"en": "Quality award", "pl": "Nagroda jakości"}, slug="quality-award")


def _address(page, language="en"):
    return AwardRoundPage.objects.get(round=page, locale__language_code=language).get_url()


def test_front_stands_under_every_home_page_once(site):
    first, second = found_awards(), found_awards()

    assert first == second
    assert {page.locale.language_code: page.slug for page in AwardIndexPage.objects.select_related("locale")} == SLUGS
    assert len({page.translation_key for page in first}) == 1


def test_announced_round_has_a_page_in_each_language_under_the_page_of_its_award(programme):
    announced = make_round(programme, titles={"en": "Round 2027", "pl": "Edycja 2027"}, slug="2027")
    pages = show_round(announced)

    titles = {page.locale.language_code: page.title for page in pages}
    assert titles == {"pl": "Edycja 2027", "en": "Round 2027", "ru": "Round 2027"}
    assert {page.url_path.split("/")[-3] for page in pages} == {"quality-award"}
    assert AwardProgrammePage.objects.live().count() == 3


def test_second_showing_takes_over_the_new_title_and_adds_nothing(programme):
    announced = make_round(programme, slug="2027")
    show_round(announced)
    announced.titles = {"en": "Round of spring"}
    show_round(announced)

    assert set(AwardRoundPage.objects.values_list("title", flat=True)) == {"Round of spring"}
    assert AwardRoundPage.objects.count() == 3


def test_withdrawn_round_leaves_the_site_with_its_award_and_comes_back(programme, client):
    announced = make_round(programme, slug="2027")
    show_round(announced)
    address = _address(announced)
    Round.objects.update(state="draft")
    hide_round(announced)

    assert client.get(address).status_code == 404
    assert not AwardProgrammePage.objects.live().exists()
    Round.objects.update(state="published")
    show_round(announced)
    assert client.get(address).status_code == 200


def test_award_stays_while_another_of_its_rounds_is_announced(programme):
    one, _other = (show_round(made) or made for made in (make_round(programme), make_round(programme)))
    hide_round(one[0].round)

    assert AwardProgrammePage.objects.live().count() == 3


def test_stranger_reads_calendar_conditions_and_sections_and_is_led_to_begin(programme, client):
    announced = make_round(programme, gala_place="Olsztyn", contact_email="award@example.org")
    category = make_category(announced)
    make_rule(category)
    make_section(category, titles={"en": "Leadership"}, max_pages="1.5")
    show_round(announced)
    content = client.get(_address(announced)).content.decode().replace("\xa0", " ")

    for said in (
        "Public organisations",
        "We are a public body.",
        "Leadership",
        "at most 1.5 pages",
        "Olsztyn",
        "award@example.org",
        "(Europe/Warsaw)",
        "30 days left",
        f"/en/awards/categories/{category.pk}/begin/",
    ):
        assert said in content, said


def test_closed_round_offers_nobody_to_begin(programme, client):
    now = timezone.now()
    closed = make_round(programme, opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1))
    make_category(closed)
    show_round(closed)

    answer = client.get(_address(closed))
    assert (answer.status_code, "/begin/" in answer.content.decode()) == (200, False)


def test_who_speaks_for_no_office_is_not_asked_to_begin(programme, client, boris):
    announced = make_round(programme)
    make_category(announced)
    show_round(announced)
    client.force_login(boris)

    answer = client.get(_address(announced))
    assert (answer.status_code, "/begin/" in answer.content.decode()) == (200, False)


def test_page_of_a_draft_tells_nothing_even_when_somebody_publishes_it(programme, client):
    draft = make_round(programme, contact_email="secret@example.org")
    make_category(draft, titles={"en": "Secret category"})
    show_round(draft)
    Round.objects.update(state="draft")
    content = client.get(_address(draft)).content.decode()

    assert "not announced yet" in content
    assert "ecret" not in content


def test_front_shows_what_is_open_first_closing_on_top(programme, client):
    now = timezone.now()
    late, early = (
        make_round(programme, titles={"en": title}, closes_at=now + timedelta(days=days))
        for title, days in (("Later", 40), ("Sooner", 5))
    )
    closed = make_round(
        programme, titles={"en": "Past"}, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    for announced in (late, early, closed):
        show_round(announced)
    front = AwardIndexPage.objects.get(locale__language_code="en").get_url()
    content = client.get(front).content.decode()

    assert content.index("Sooner") < content.index("Later") < content.index("All awards")
    assert "Past" not in content
    award = client.get(f"{front}quality-award/").content.decode()
    assert [title in award for title in ("Sooner", "Later", "Past")] == [True, True, True]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(programme, client, django_assert_max_num_queries, count):
    for _number in range(count):
        announced = make_round(programme)
        for _category in range(count):
            make_section(make_category(announced))
        show_round(announced)
    client.get(_address(announced))
    for address in (
        _address(announced),
        AwardProgrammePage.objects.get(locale__language_code="en").get_url(),
        AwardIndexPage.objects.get(locale__language_code="en").get_url(),
    ):
        with django_assert_max_num_queries(24):
            assert client.get(address).status_code == 200


def _current_of_menu(client, address):
    return re.findall(r'<a href="([^"]*)" aria-current="page">', client.get(address).text.split("</nav>")[1])


@pytest.mark.parametrize("address", ["/en/awards/", "/en/jury/rounds/{}/", "/en/laureates/rounds/{}/diplomas/"])
def test_menu_marks_the_awards_wherever_one_works_on_them(programme, client, nora, address):
    announced = make_round(programme, slug="2027")
    show_round(announced)
    client.force_login(nora)

    assert _current_of_menu(client, address.format(announced.pk)) == ["/en/quality-awards/"]


def test_juror_finds_the_own_entry_of_the_menu_marked(programme, client, judy):
    found_awards()
    client.force_login(judy)

    assert _current_of_menu(client, "/en/jury/") == ["/en/jury/"]
