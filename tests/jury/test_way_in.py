"""Jurors find their work without knowing an address."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.components.doors import doors_of_round, rooms_of
from tests.factories.jury import make_judged_category, make_juror, make_phase, make_received

pytestmark = pytest.mark.django_db


def test_juror_finds_the_jury_in_the_menu_and_what_waits_among_the_tasks(client, office):
    category = make_judged_category()
    make_received(office, category)
    juror = make_juror(category, accepted_at=None)
    make_phase(category.round)
    client.force_login(juror.user)

    page = client.get(reverse("portal:tasks"), follow=True).content.decode()

    assert f'href="{reverse("jury:home")}"' in page
    assert "Promise to be impartial" in page


def test_who_is_no_juror_is_not_led_to_juries(client, lena):
    client.force_login(lena)

    answer = client.get(reverse("portal:tasks"), follow=True)
    assert (answer.status_code, reverse("jury:home") in answer.content.decode()) == (200, False)


@pytest.fixture
def two_categories():
    """A closed round in which offices of two kinds apply."""
    first = make_judged_category(titles={"en": "Small offices"})
    return first, make_judged_category(first.round, titles={"en": "Large offices"}, position=2)


def rows_of(person, category):
    """The rows on the page of the round: each category with its ways on."""
    rooms = rooms_of(doors_of_round(category.round, person, timezone.now()))
    return [(room.title, [(door.title, door.url) for door in room.doors]) for room in rooms]


def test_organiser_finds_the_rooms_of_a_category_in_one_row(nora, two_categories):
    small, large = two_categories

    assert rows_of(nora, small) == [
        (
            category.title,
            [
                ("Scores", reverse("jury:board", args=[category.pk])),
                ("Visits", reverse("jury:visit-list", args=[category.pk])),
                ("Decisions", reverse("jury:visits-decide", args=[category.pk])),
            ],
        )
        for category in (small, large)
    ]


def test_chair_finds_own_categories_only_and_what_the_phase_lets(judy, two_categories):
    _small, large = two_categories
    make_juror(large, judy, is_chair=True)
    phase = make_phase(large.round)

    scores, decisions = reverse("jury:board", args=[large.pk]), reverse("jury:visits-decide", args=[large.pk])
    assert rows_of(judy, large) == [("Large offices", [("Scores", scores), ("Decisions", decisions)])]

    phase.may_decide = False
    phase.save()

    assert rows_of(judy, large) == [("Large offices", [("Scores", scores)])]


def test_page_of_the_round_names_the_category_of_each_way(client, nora, two_categories):
    small, _large = two_categories
    client.force_login(nora)

    page = client.get(reverse("awards:round", args=[small.round_id])).content.decode()

    for title in ("Small offices", "Large offices"):
        assert page.count(f'Scores<span class="hide">: {title}</span></a>') == 1
