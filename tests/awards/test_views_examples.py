"""Beginning with an award that ships as an example."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Programme, Round
from qms.awards.services.examples import EPSA

pytestmark = pytest.mark.django_db
ADDRESS = "/en/awards/programmes/example/"


def test_nora_begins_with_an_example_and_gets_its_whole_form_for_next_year(client, nora):
    client.force_login(nora)
    assert ADDRESS in client.get("/en/awards/").content.decode()

    answer = client.post(ADDRESS, {"example": EPSA})

    made = Round.objects.get()
    assert answer.url == reverse("awards:round", args=[made.pk])
    assert (made.state, made.year) == ("draft", timezone.localdate().year + 1)
    assert made.categories.count() == 3


def test_the_same_example_asked_for_twice_is_one(client, nora):
    client.force_login(nora)
    client.post(ADDRESS, {"example": EPSA})
    client.post(ADDRESS, {"example": EPSA})

    assert (Programme.objects.count(), Round.objects.count()) == (1, 1)


@pytest.mark.parametrize("code", ["", "../epsa", "nobel"])
def test_what_is_no_example_founds_nothing(client, nora, code):
    client.force_login(nora)
    answer = client.post(ADDRESS, {"example": code}, follow=True)

    assert "Choose one of the examples." in answer.content.decode()
    assert not Programme.objects.exists()


def test_rob_who_coordinates_a_region_is_not_offered_it(client, rob):
    client.force_login(rob)
    assert ADDRESS not in client.get("/en/awards/").content.decode()
    assert client.post(ADDRESS, {"example": EPSA}).status_code == 403
