"""Searches that people keep: saving, changing, and the weekly letter."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from qms.core.models import Letter
from qms.goodpractices.domain.asking import query_of
from qms.goodpractices.models import PracticePage, SavedSearch
from qms.goodpractices.services import searches as services
from qms.goodpractices.tasks import tell_new_finds
from qms.lifecycle import Refused
from tests.factories.goodpractices import make_library, make_practice

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
WEEK = timedelta(days=7)


def ask(address="clients=employers", language="en"):
    known = {"clients": {"employers", "staff"}}
    return query_of(dict(QueryDict(address).lists()), language=language, known=known)


@pytest.fixture
def library(db):
    return make_library("en")


@pytest.fixture
def search(library, boris):
    boris.language = "en"
    boris.save()
    return services.save_search(ask(), name="Employers", by=boris, at=MAY)


def publish(office, title, at=MAY + timedelta(days=1), **facts):
    return make_practice(office, title=title, first_published_at=at, **facts)


def test_search_is_kept_once(search, boris):
    with pytest.raises(Refused, match="You keep this search already"):
        services.save_search(ask(), name="Again", by=boris, at=MAY)
    assert SavedSearch.objects.count() == 1


def test_another_person_may_keep_the_same_search(search, clara):
    assert services.save_search(ask(), name="Employers", by=clara, at=MAY).pk


def test_there_is_an_end_to_keeping(search, boris, monkeypatch):
    monkeypatch.setattr(services, "MOST_SEARCHES", 1)
    with pytest.raises(Refused, match="Delete one first"):
        services.save_search(ask("clients=staff"), name="Staff", by=boris, at=MAY)


def test_letter_tells_what_is_new_and_fits_once(search, other_office, boris):
    publish(other_office, "Talks with employers", clients=["employers"])
    publish(other_office, "For our own people", clients=["staff"])
    publish(other_office, "Known already", at=MAY - WEEK, clients=["employers"])
    publish(other_office, "Taken out", clients=["employers"], archived_at=MAY)
    publish(other_office, "Only drafted", clients=["employers"], live=False)

    assert services.tell_new_finds(at=MAY + WEEK) == 1
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("goodpractices.new_finds", boris.email)
    assert letter.subject == "Good practices: 1 new practice for your searches"
    assert "Talks with employers (PUP Starachowice)" in letter.text
    assert not any(title in letter.text for title in ("own people", "Known already", "Taken out", "Only drafted"))

    assert services.tell_new_finds(at=MAY + WEEK) == 0
    assert services.tell_new_finds(at=MAY + 2 * WEEK) == 0
    assert Letter.objects.count() == 1


def test_one_letter_tells_of_all_searches_and_counts_long_lists(search, boris, other_office):
    services.save_search(ask("q=window"), name="Windows", by=boris, at=MAY)
    for number in range(12):
        publish(other_office, f"Window {number}", clients=["employers"])
    assert services.tell_new_finds(at=MAY + WEEK) == 1
    text = Letter.objects.get().text
    assert "12 new practices" in Letter.objects.get().subject
    assert text.count("and 2 more") == 2


def test_nothing_new_is_no_letter(search):
    assert services.tell_new_finds(at=MAY + WEEK) == 0
    assert Letter.objects.count() == 0


def test_who_is_no_longer_here_gets_no_letter(search, boris, other_office):
    publish(other_office, "Talks", clients=["employers"])
    boris.is_active = False
    boris.save()
    assert services.tell_new_finds(at=MAY + WEEK) == 0


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_letter_is_written_in_the_readers_language(search, boris, other_office, language):
    publish(other_office, "Talks", clients=["employers"])
    boris.language = language
    boris.save()
    services.tell_new_finds(at=MAY + WEEK)
    assert Letter.objects.get().language == language
    assert f"/{language}/practices/searches/" in Letter.objects.get().text


def test_task_may_run_twice(search, other_office):
    publish(other_office, "Talks", at=timezone.now(), clients=["employers"])
    tell_new_finds(from_an_old_caller=True)
    tell_new_finds()
    assert Letter.objects.count() == 1


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_person_keeps_renames_and_deletes(client, library, boris):
    client.force_login(boris)
    response = client.post("/en/practices/searches/save/", {"query": "q=talk&clients=employers"}, follow=True)
    assert "talk, employers" in response.content.decode()
    search = SavedSearch.objects.get()
    assert (search.user, search.query, search.language) == (boris, "q=talk&clients=employers", "en")

    client.post(f"/en/practices/searches/{search.pk}/", {"name": "Talks"})
    assert SavedSearch.objects.get().name == "Talks"
    client.post(f"/en/practices/searches/{search.pk}/", {"delete": "1", "name": "Talks"})
    assert not SavedSearch.objects.exists()


def test_empty_name_is_refused_and_the_page_stays(client, search, boris):
    client.force_login(boris)
    response = client.post(f"/en/practices/searches/{search.pk}/", {"name": "  "})
    assert response.status_code == 422
    assert "Give the search a name." in response.content.decode()
    assert SavedSearch.objects.get().name == "Employers"


def test_search_of_somebody_else_does_not_exist(client, search, clara):
    client.force_login(clara)
    assert client.post(f"/en/practices/searches/{search.pk}/", {"delete": "1"}).status_code == 404
    assert "Employers" not in client.get("/en/practices/searches/").content.decode()


def test_junk_is_kept_as_far_as_it_is_known(client, library, boris):
    client.force_login(boris)
    client.post("/en/practices/searches/save/", {"query": "region=atlantis&page=7&q=talk&sort=worst"})
    assert SavedSearch.objects.get().query == "q=talk"
    assert PracticePage.objects.count() == 0


def test_visitor_is_led_to_the_sign_in(client, library):
    assert client.post("/en/practices/searches/save/", {"query": ""}).status_code == 302
    assert client.get("/en/practices/searches/").status_code == 302
