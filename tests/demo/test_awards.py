"""The example rounds: one open with Gołdap half way, one in the jury, one of last spring."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from qms.awards.models import (
    Application,
    AwardRoundPage,
    Comment,
    Paragraph,
    ResultRow,
    Round,
    SectionVersion,
    Submission,
)
from qms.awards.queries.checks import faults_in
from qms.awards.queries.content import section_contents
from qms.core.models import Job
from qms.demo.services.awards import build_awards
from qms.demo.services.sharing import sharing_case


@pytest.fixture
def case(network):
    return sharing_case(network)


@pytest.fixture
def goldap(network):
    return Application.objects.select_related("category__round", "office").get(
        office__slug="pup-goldap", category__round__prefix="WMNJ-2027"
    )


def rows(prefix):
    found = Application.objects.filter(category__round__prefix=prefix).order_by("number", "office__slug")
    return list(found.values_list("number", "office__slug", "category__slug", "state"))


def test_the_regional_round_takes_applications_for_weeks(network):
    made = Round.objects.get(prefix="WMNJ-2027")

    assert (made.state, made.receives(network)) == ("published", True)
    assert made.closes_at - network > dt.timedelta(days=40)
    assert [category.slug for category in made.categories.order_by("position")] == ["organizacje-publiczne", "goscie"]


def test_two_write_and_two_have_submitted(network):
    assert rows("WMNJ-2027") == [
        ("", "pup-goldap", "organizacje-publiczne", "draft"),
        ("", "pup-starachowice", "goscie", "draft"),
        ("WMNJ-2027-001", "us-poznan", "goscie", "submitted"),
        ("WMNJ-2027-002", "um-leczna", "goscie", "submitted"),
    ]


def test_the_other_round_has_closed_with_what_was_received(network):
    assert rows("EPSA-2026") == [
        ("EPSA-2026-001", "pup-starachowice", "innovation", "withdrawn"),
        ("EPSA-2026-002", "um-leczna", "innovation", "submitted"),
        ("EPSA-2026-003", "um-krasnystaw", "innovation", "reopened"),
        ("EPSA-2026-004", "us-poznan", "digital", "submitted"),
        ("EPSA-2026-005", "um-opole-lubelskie", "digital", "submitted"),
    ]
    assert Round.objects.get(prefix="EPSA-2026").is_closed(network)


def test_last_springs_round_has_one_category_for_everybody(network):
    assert [row[1:] for row in rows("WMNJ-2026")] == [
        ("us-poznan", "organizacje-publiczne", "submitted"),
        ("pup-goldap", "organizacje-publiczne", "submitted"),
        ("um-leczna", "organizacje-publiczne", "submitted"),
        ("um-opole-lubelskie", "organizacje-publiczne", "submitted"),
        ("pup-starachowice", "organizacje-publiczne", "submitted"),
        ("um-krasnystaw", "organizacje-publiczne", "submitted"),
    ]


def test_organisers_read_what_was_received_after_the_closing_only(case):
    received = Application.objects.for_organiser(case.person("", "national"), case.at)

    assert {one.category.round.prefix for one in received} == {"EPSA-2026", "WMNJ-2026"}
    assert received.count() == 10


def test_goldap_is_filled_from_its_report_plan_and_practices(goldap):
    sources = set(Paragraph.objects.filter(application=goldap).values_list("source", flat=True))

    assert {"", "strength", "action", "practice"} <= sources
    assert ResultRow.objects.filter(application=goldap).exclude(source="").exists()
    assert goldap.assessment.year == 2024


def test_goldap_changed_a_sentence_of_its_source(goldap):
    changed = [
        one for one in Paragraph.objects.filter(application=goldap).exclude(source="") if one.text != one.source_text
    ]

    assert [one.version for one in changed] == [2]


def test_goldap_is_half_way(goldap, network):
    hindering = {fault.code for fault in faults_in(goldap, section_contents(goldap), network) if fault.hinders}

    assert hindering == {"answer", "annex", "consent"}
    assert goldap.annexes.count() == 1
    assert Comment.objects.filter(application=goldap, settled_at__isnull=False).count() == 1
    assert SectionVersion.objects.filter(application=goldap).values("saved_at").distinct().count() > 1


def test_every_submission_is_frozen_and_those_of_rounds_under_way_wait_for_their_dossier(network):
    waiting = Job.objects.overdue(timezone.now()).filter(kind="awards.dossier")

    under_way = Submission.objects.exclude(application__category__round__prefix="WMNJ-2026")

    assert (under_way.count(), Submission.objects.count()) == (7, 13)
    assert sorted(waiting.values_list("subject_id", flat=True)) == sorted(under_way.values_list("pk", flat=True))


def test_moments_lie_in_their_own_time(network):
    for model in (Application, Paragraph, ResultRow, Comment):
        assert not model.objects.filter(created_at__gt=network).exists()
        assert not model.objects.filter(updated_at__gt=network).exists()
    for submission in Submission.objects.select_related("application__category__round"):
        assert submission.submitted_at < submission.application.category.round.closes_at


def test_all_rounds_have_pages_in_three_languages(network):
    assert AwardRoundPage.objects.live().count() == 9


def test_what_the_office_wrote_says_that_it_is_an_example(network):
    for application in Application.objects.all():
        texts = " ".join(application.paragraphs.filter(source="").values_list("text", flat=True))
        assert re.search("dane przykładowe", texts, re.IGNORECASE), application


def test_a_second_time_changes_nothing(network):
    before = Application.objects.count(), Paragraph.objects.count()

    build_awards(at=network, say=lambda _line: None)

    assert (Application.objects.count(), Paragraph.objects.count()) == before
