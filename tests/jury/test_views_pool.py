"""The organiser's pages: the jury of a round, seats, phases; doors from the round."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.jury.models import Juror, Phase
from qms.offices.services import add_member
from tests.factories.awards import make_application, make_programme, make_round
from tests.factories.jury import (
    make_closed_round,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)
from tests.factories.offices import make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(name, *keys):
    return reverse(f"jury:{name}", args=keys)


def shown(client, address):
    return client.get(address).content.decode()


@pytest.fixture
def found(region):
    return make_closed_round(programme=make_programme(region=region), zone="UTC")


@pytest.fixture
def category(found):
    return make_judged_category(found)


def phase_form(start, end, **more):
    typed = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{end:%Y-%m-%dT%H:%M}"}
    return {"title_en": "Scores", "sees": "assigned", "may_score": "on", **typed, **more}


def test_page_shows_jurors_needs_and_exclusions(client, rob, judy, office, found, category):
    add_member(judy, "employee", office=office, by=None)
    make_received(office, category)
    client.force_login(rob)
    client.post(url("juror-add", found.pk), {"user": judy.pk, "categories": [category.pk], "is_chair": "on"})

    page = shown(client, url("pool", found.pk))

    for words in ("Judy Example", "chairs the jury", "own office", "Powiatowy", "1 application has too few jurors."):
        assert words in page


def test_nothing_of_applications_is_shown_before_the_closing(client, rob, judy, office, region):
    open_round = make_round(make_programme(region=region))
    category = make_judged_category(open_round)
    make_application(office, category)
    make_juror(category, user=judy)
    client.force_login(rob)

    page = shown(client, url("pool", open_round.pk))

    assert "Applications are sealed until the round closes." in page
    assert office.name not in page.partition("<main")[2]


def test_page_without_a_juror_says_what_comes_next(client, rob, found):
    client.force_login(rob)

    assert "Nobody sits in this jury yet" in shown(client, url("pool", found.pk))
    assert "Nobody to choose from" in shown(client, url("juror-add", found.pk))


def test_wrong_seat_keeps_what_was_chosen(client, rob, judy, found, category):
    client.force_login(rob)

    answer = client.post(url("juror-add", found.pk), {"user": judy.pk, "categories": [], "is_chair": "on"})

    assert answer.status_code == 422
    assert f'<option value="{judy.pk}" selected>' in answer.content.decode()
    assert not Juror.objects.exists()


def test_seat_is_changed_and_given_up_with_a_reason(client, rob, found, category):
    juror = make_juror(category)
    client.force_login(rob)

    client.post(url("juror-edit", juror.pk), {"categories": [category.pk], "is_chair": "on"})
    silent = client.post(url("juror-leave", juror.pk), {"leave-reason": ""})
    client.post(url("juror-leave", juror.pk), {"leave-reason": "Moved away."})

    juror.refresh_from_db()
    assert silent.status_code == 422
    assert (juror.is_chair, juror.left_reason) == (True, "Moved away.")
    assert "Moved away." in shown(client, url("juror-edit", juror.pk))


def test_usual_phases_are_proposed_and_then_changed(client, rob, found):
    client.force_login(rob)
    client.post(url("phases-suggest", found.pk))
    first, second = Phase.objects.order_by("starts_at")[:2]

    page = shown(client, url("phases", found.pk))
    answer = client.post(
        url("phase-edit", second.pk), phase_form(second.starts_at, second.ends_at, title_en="Quiet reading")
    )

    second.refresh_from_db()
    assert "jurors read the applications that they score" in page
    assert (answer.status_code, second.title_in("en")) == (302, "Quiet reading")
    assert second.starts_at == first.ends_at


def test_phase_is_typed_by_the_clock_of_the_round(client, rob, found):
    type(found).objects.update(zone="Europe/Warsaw")
    client.force_login(rob)

    client.post(
        url("phase-add", found.pk),
        {"title_en": "Talks", "sees": "none", "starts_at": "2127-07-01T10:00", "ends_at": "2127-07-02T10:00"},
    )

    assert Phase.objects.get().starts_at.isoformat() == "2127-07-01T08:00:00+00:00"


def test_phase_that_ends_at_midnight_is_shown_by_its_last_day(client, rob, judy, found, category):
    make_juror(category, judy)
    make_phase(found, starts_at=datetime(2099, 3, 2, 8, tzinfo=UTC), ends_at=datetime(2099, 3, 10, tzinfo=UTC))

    for person, address in ((rob, url("pool", found.pk)), (rob, url("board", category.pk)), (judy, url("home"))):
        client.force_login(person)
        assert "2 Mar \N{EN DASH} 9 Mar" in shown(client, address).replace("\xa0", " ")


def test_overlapping_phase_is_refused_and_stays_on_the_form(client, rob, found):
    running = make_phase(found, titles={"en": "Declarations"})
    client.force_login(rob)

    answer = client.post(url("phase-add", found.pk), phase_form(running.starts_at + DAY, running.ends_at + DAY))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Declarations” runs at that time" in page
    assert 'value="Scores"' in page


def test_phase_ahead_is_deleted_and_a_running_one_stays(client, rob, found):
    running = make_phase(found)
    ahead = make_phase(found, starts_at=running.ends_at, ends_at=running.ends_at + DAY)
    client.force_login(rob)

    for phase in (running, ahead):
        client.post(url("phase-delete", phase.pk))

    assert list(Phase.objects.all()) == [running]


def test_round_leads_organiser_and_juror_on(client, rob, ana, found, category):
    juror = make_juror(category)
    doors = {}
    for person in (rob, juror.user, ana, make_person("Jarek", "juror")):
        client.force_login(person)
        page = shown(client, reverse("awards:round", args=[found.pk]))
        doors[person] = [name for name in ("pool", "home") if f'href="{_address(name, found)}"' in _doors(page)]

    assert list(doors.values()) == [["pool"], ["home"], [], []]


def _address(name, found):
    return url(name, found.pk) if name == "pool" else url(name)


def _doors(page):
    return page.partition('id="doors"')[2].partition("</section>")[0]


def test_strangers_to_the_round_see_no_jury(client, ana, judy, found, category):
    juror = make_juror(category, user=judy)
    answers = []
    for person in (ana, judy):
        client.force_login(person)
        addresses = (url("pool", found.pk), url("juror-edit", juror.pk), url("phases", found.pk))
        answers.append([client.get(address).status_code for address in addresses])

    assert answers == [[403, 404, 403], [403, 403, 403]]


@pytest.mark.parametrize("many", [1, 3])
def test_page_takes_the_same_number_of_queries(client, rob, found, category, many, django_assert_max_num_queries):
    for _number in range(many):
        make_juror(category)
    client.force_login(rob)
    client.get(url("pool", found.pk))

    with django_assert_max_num_queries(20):
        client.get(url("pool", found.pk))


def test_past_phase_has_no_way_to_its_form(client, rob, found):
    now = timezone.now()
    over = make_phase(found, starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=1))
    running = make_phase(found)
    client.force_login(rob)

    page = shown(client, url("phases", found.pk))
    assert (url("phase-edit", over.pk) in page, url("phase-edit", running.pk) in page) == (False, True)


def test_juror_whose_role_was_taken_away_is_marked(client, rob, found, category):
    juror = make_juror(category)
    juror.user.memberships.update(is_active=False)
    client.force_login(rob)

    assert "no longer has the role of a juror" in shown(client, url("pool", found.pk))
