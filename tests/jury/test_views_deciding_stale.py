"""A list of decisions is read, and before it is saved something changes: nothing typed or saved is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.jury.models import Decision, DecisionList, Phase
from qms.jury.services.ballots import unlock_ballot
from qms.jury.services.pool import leave
from tests.factories.jury import declare_all, make_juror, make_organiser, make_phase
from tests.jury.deciding import scored_category, three_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    one = make_organiser()
    client.force_login(one)
    return one


@pytest.fixture
def judged(region):
    return scored_category(three_offices(region))


def here(category):
    return reverse("jury:visits-decide", args=[category.pk])


def typed(applications, *choices, **more):
    sent = {"version": 0, "act": "save"} | more
    for application, choice in zip(applications, choices, strict=True):
        sent[f"choice-{application.pk}"], _, sent[f"reason-{application.pk}"] = choice.partition(": ")
    return sent


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_two_organisers_write_the_meeting_and_each_sees_what_the_other_wrote(client, organiser, judged):
    category, applications, jurors = judged
    first, second = jurors
    theirs = {"note": "We met in Elk.", "met_at": "2027-03-22T10:00", "present": [first.pk]}
    client.post(here(category), typed(applications, "", "", "", **theirs))

    mine = {"note": "We met in Olsztyn.", "met_at": "2027-03-22T10:00", "present": [second.pk]}
    page = client.post(here(category), typed(applications, "", "", "", **mine))

    assert page.status_code == 409
    assert f"Present {second.user.name} ({second.sign}) {first.user.name} ({first.sign})" in text_of(page)
    assert "Note for the protocol We met in Olsztyn. We met in Elk." in text_of(page)
    assert "Day and hour of the meeting 22 March" not in text_of(page)
    assert DecisionList.objects.get().note == "We met in Elk."


def test_what_is_typed_on_an_application_whose_ballot_was_given_back_meanwhile_is_kept(client, organiser, judged):
    category, applications, jurors = judged
    first = applications[0]
    unlock_ballot(jurors[0].ballots.get(application=first), reason="A slip.", by=organiser, at=timezone.now())

    saved = client.post(here(category), typed(applications, "visit: The best plan.", "visit", "no_visit: Early."))

    assert saved.status_code == 302
    assert Decision.objects.get(application=first).reason == "The best plan."


def test_what_is_typed_on_a_hidden_application_comes_back_with_a_wrong_form(client, organiser, judged):
    category, applications, jurors = judged
    unlock_ballot(jurors[0].ballots.get(application=applications[0]), reason="A slip.", by=organiser, at=timezone.now())

    sent = typed(applications, "visit: The best plan.", "visit", f"no_visit: {'x' * 2001}")
    page = client.post(here(category), sent)

    assert page.status_code == 422
    assert ">The best plan.</textarea>" in page.content.decode()


def test_who_was_present_and_left_the_jury_stays_present(client, organiser, judged):
    category, applications, jurors = judged
    first, second = jurors
    sent = typed(applications, "", "", "", present=[first.pk, second.pk])
    client.post(here(category), sent)
    leave(second, reason="Moved abroad.", by=organiser, at=timezone.now())

    assert second.user.name in client.get(here(category)).content.decode()
    client.post(here(category), sent | {"version": 1})

    assert set(DecisionList.objects.get().present.all()) == {first, second}


def test_the_chair_whose_phase_ended_gets_back_what_was_typed(client, judged, judy):
    category, applications, _jurors = judged
    chair = make_juror(category, judy, is_chair=True)
    declare_all(chair)
    phase = make_phase(category.round)
    client.force_login(judy)
    assert client.get(here(category)).status_code == 200
    sent = typed(applications, "visit: The best plan.", "talk", "no_visit", note="In Elk.", common="Early.")
    Phase.objects.filter(pk=phase.pk).update(ends_at=timezone.now())

    answer = client.post(here(category), sent)

    first, second, third = (one.number for one in applications)
    words = f"{first}: visit. The best plan.\n\n{second}: talk first\n\n{third}: no visit\n\nEarly.\n\nIn Elk."
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert "82" not in text_of(answer)
    assert not DecisionList.objects.exists()
    assert client.get(here(category)).status_code == 403
