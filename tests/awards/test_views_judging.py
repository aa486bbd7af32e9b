"""The page of judging and prizes, what applicants and strangers read of it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from qms.awards.models import AwardRoundPage, Judging, Prize, Round
from qms.awards.services.founding import show_round
from qms.portal.services import found_site
from tests.factories.assessments import make_edition
from tests.factories.awards import make_category, make_programme, make_round
from tests.factories.jury import make_judging, make_prize

pytestmark = pytest.mark.django_db
WRITTEN = {
    "jurors": "4",
    "talk_above": "15.5",
    "far_from_median": "10",
    "tie_below": "2",
    "tie_rule": "heaviest",
    "visit_from": "",
    "most_visits": "",
}


def url(name, *keys):
    return reverse(f"awards:{name}", args=keys)


@pytest.fixture
def category(region):
    return make_category(make_round(make_programme(region=region), state=Round.State.DRAFT))


def test_organiser_says_how_the_category_is_judged(client, rob, category):
    client.force_login(rob)

    answer = client.post(url("judging", category.pk), WRITTEN, follow=True)

    said = Judging.objects.get()
    assert answer.status_code == 200
    assert (said.jurors, str(said.talk_above), said.tie_rule, said.visit_from) == (4, "15.5", "heaviest", None)


def test_panel_is_chosen_where_there_is_a_framework(client, rob, category):
    category.framework = make_edition("caf-2020")
    category.save()
    client.force_login(rob)

    wrong = client.post(url("judging", category.pk), WRITTEN | {"jurors": "1", "panel": "ladder"})
    client.post(url("judging", category.pk), WRITTEN | {"panel": "fine-tuned"})

    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'value="15.5"' in page
    assert Judging.objects.get().panel == "fine-tuned"


def test_a_panel_of_another_scale_is_not_offered_and_said_why(client, rob, category):
    category.framework = make_edition("pes-benchlearning")
    category.save()
    client.force_login(rob)

    page = client.get(url("judging", category.pk)).content.decode()
    client.post(url("judging", category.pk), WRITTEN)

    assert "(Maturity) has another scale." in page
    assert 'name="panel"' not in page
    assert Judging.objects.get().panel == ""


def test_prizes_are_added_changed_moved_and_deleted(client, rob, category):
    client.force_login(rob)
    client.post(url("prize-add", category.pk), {"kind": "statuette", "title_en": "Statue", "at_most": "1"})
    client.post(url("prize-add", category.pk), {"kind": "diploma", "title_en": "Diploma"})
    first, second = Prize.objects.order_by("position")

    client.post(url("prize-move", second.pk), {"to": "up"})
    client.post(url("prize-edit", first.pk), {"kind": "statuette", "title_en": "Cup", "from_points": "60"})
    page = client.get(url("judging", category.pk)).content.decode()
    client.post(url("prize-delete", second.pk))

    assert page.index("Diploma") < page.index("Cup")
    assert "from 60 points" in page
    assert list(Prize.objects.values_list("titles", flat=True)) == [{"en": "Cup"}]


def test_prize_without_a_title_keeps_what_was_typed(client, rob, category):
    client.force_login(rob)

    answer = client.post(url("prize-add", category.pk), {"kind": "diploma", "lead_en": "For one idea."})

    assert answer.status_code == 422
    assert "For one idea." in answer.content.decode()


def test_applicants_read_it_on_the_round_and_change_nothing(client, ana):
    category = make_category()
    make_judging(category, blocks_region=True, most_visits=1)
    make_prize(category, titles={"en": "Golden cup"})
    client.force_login(ana)

    round_page = client.get(url("round", category.round_id)).content.decode()
    page = client.get(url("judging", category.pk)).content.decode()

    for read in (round_page, page):
        assert "3 jurors score each application" in read
        assert "nor an office of their own region" in read
        assert "At most 1 office is visited." in read
        assert "statuette, at most 1" in read
    assert '<form method="post" class="form"' not in page
    assert client.post(url("judging", category.pk), WRITTEN).status_code == 403


def test_strangers_read_it_on_the_public_page(client):
    found_site(hostname="testserver", port=80)
    cache.clear()
    category = make_category()
    make_judging(category)
    make_prize(category)
    show_round(category.round)
    page = AwardRoundPage.objects.get(locale__language_code="en")

    read = client.get(page.get_url()).content.decode()

    assert "How applications are judged" in read
    assert '<span class="fine">at most 1</span>' in read
    assert "Each section is scored from 0 to 100 points." in read


def test_announced_round_refuses_with_a_sentence(client, rob, category):
    Round.objects.update(state=Round.State.PUBLISHED)
    client.force_login(rob)

    answer = client.post(url("judging", category.pk), WRITTEN)

    assert answer.status_code == 422
    assert "judging and prizes stay as they are" in answer.content.decode()
    assert not Judging.objects.exists()
