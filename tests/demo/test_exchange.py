"""The example edition: open, with consents, offers, visits, calls and meetings; its pages are left to the worker."""

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from qms.assessments.models import Assessment
from qms.core.models import Job
from qms.demo.domain import material
from qms.demo.services import build_exchange_now
from qms.demo.services.exchange import build_exchange
from qms.demo.services.sharing import sharing_case
from qms.exchange import tasks
from qms.exchange.models import (
    Dismissal,
    Edition,
    HelpRequest,
    Meeting,
    MeetingPage,
    OfficePage,
    Part,
    Presentation,
    Seminar,
    ThemePage,
    VisitOffer,
    VisitRequest,
)
from qms.exchange.models.visit import FREE

MARKS = ("dane przykładowe", "Dane przykładowe", "данные для примера", "Данные для примера")


@pytest.fixture
def edition(network):
    return Edition.objects.get()


@pytest.fixture
def built(edition):
    assert tasks.build_part  # handlers of jobs are known once their module was read
    build_exchange_now()
    return edition


def test_one_edition_is_under_way_in_three_languages(edition):
    assert (edition.state, edition.languages) == ("open", ["pl", "en", "ru"])
    assert edition.titles == {"pl": "Jesień 2026", "en": "Autumn 2026", "ru": "Осень 2026"}
    assert (edition.starts_on, edition.ends_on) == (dt.date(2026, 9, 1), dt.date(2026, 12, 31))
    assert edition.themes.count() == 9


def test_pages_wait_for_the_first_sweep(edition):
    waiting = Job.objects.overdue(timezone.now()).filter(kind="exchange.edition")

    assert [job.subject_id for job in waiting] == [edition.pk]
    assert Part.objects.filter(state="built").count() == 2


def test_workers_build_every_page(built):
    parts = Part.objects.filter(edition=built)

    assert parts.exclude(state="built").count() == 0
    assert ThemePage.objects.live().count() == 9 * 3
    assert OfficePage.objects.live().count() == 9 * 3
    assert not Job.objects.open().filter(kind__startswith="exchange.").exists()


def test_words_of_the_editors_outlive_the_build(built):
    goldap = OfficePage.objects.get(office__slug="pup-goldap", locale__language_code="pl")
    themes = ThemePage.objects.filter(theme__nodes=["5.2", "6.1"])

    assert [block["type"] for block in goldap.body.raw_data].count("editorial") == 1
    assert [[b["type"] for b in page.body.raw_data].count("editorial") for page in themes] == [1, 1, 1]


def test_goldap_is_proposed_practices_for_its_weak_points(built):
    wanted = Part.objects.get(edition=built, office__slug="pup-goldap").wanted
    needs = [block["content"] for block in wanted if block["kind"] == "need"]

    assert [need["node"] for need in needs] == ["8.1", "8.2", "2.4"]
    assert all(need["distribution"]["count"] == 8 for need in needs)


def test_offices_share_by_name_without_one_and_nothing(edition):
    shared = dict.fromkeys(Assessment.Consent.values, 0)
    for consent in Assessment.objects.approved().latest_of_each_office().values_list("benchmark_consent", flat=True):
        shared[consent] += 1

    assert shared == {"nothing": 1, "anonymous": 4, "named": 4}


def test_offers_are_open_full_and_closed(edition):
    offers = VisitOffer.objects.annotate(free=FREE)

    assert offers.count() == 6
    assert offers.filter(closed_at__isnull=False).count() == 1
    assert [offer.office.slug for offer in offers.filter(closed_at__isnull=True, free=0)] == ["um-leczna"]


def test_visits_stand_in_every_state(edition):
    reported = VisitRequest.objects.get(status="reported")

    assert set(VisitRequest.objects.values_list("status", flat=True)) == set(VisitRequest.Status.values)
    assert sorted(reported.words.values_list("side", flat=True)) == ["guest", "host"]
    assert reported.learned


def test_calls_for_help_are_open_nameless_and_helped(edition):
    calls = HelpRequest.objects

    assert (calls.count(), calls.filter(by_name=False).count()) == (6, 1)
    assert calls.get(closed_at__isnull=False).helped
    assert all(call.text.rstrip(".) ").endswith(MARKS) for call in calls.all())


def test_one_meeting_gathers_and_one_is_published(edition):
    assert sorted(Meeting.objects.values_list("state", flat=True)) == ["open", "published"]
    assert MeetingPage.objects.live().get().meeting.experiences.count() == 5


def test_seminar_names_the_one_office_that_its_source_names(edition):
    told = Seminar.objects.exclude(source="").get()
    presented = Presentation.objects.filter(seminar=told)

    assert told.held_on == dt.date(2017, 10, 24)
    assert [one.office.slug if one.office else one.office_name for one in presented.order_by("position")] == [
        "pup-goldap",
        "Pięć innych powiatowych urzędów pracy",
    ]


def test_one_proposal_is_set_aside(edition):
    assert list(Dismissal.objects.values_list("office__slug", "node")) == [("pup-goldap", "8.1")]


def test_moments_are_of_the_example(edition, network):
    for model in (Edition, VisitOffer, VisitRequest, HelpRequest, Meeting):
        assert not model.objects.filter(created_at__gt=network).exists()


def test_a_second_load_adds_nothing(edition, network):
    models = [model for app in apps.get_app_configs() if app.name == "qms.exchange" for model in app.get_models()]
    before = [model.objects.count() for model in models]
    build_exchange(at=network, say=lambda _line: None)

    assert [model.objects.count() for model in models] == before


def test_every_practice_that_is_named_is_there(network):
    case = sharing_case(network)
    named = [facts["practice"] for facts in material.read("exchange/visits")]
    named += [
        one["practice"]
        for call in material.read("exchange/calls")
        for one in call.get("answers", ())
        if "practice" in one
    ]
    for theme in material.read("exchange/edition")["themes"]:
        named += theme.get("practices", [])

    assert all(case.practice(one) for one in named)
