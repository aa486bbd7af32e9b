"""One load gives the whole network; another one changes nothing."""

from decimal import Decimal

import pytest
from django.apps import apps
from wagtail.models import Locale, Page, Site

from qms.assessments.models import (
    Assessment,
    ConsensusNode,
    CriterionResult,
    Evidence,
    NodeResult,
    NodeScore,
    Sheet,
)
from qms.assessments.queries.benchmark import benchmark_of
from qms.awards.models import AwardIndexPage, AwardProgrammePage, AwardRoundPage
from qms.core.models import Letter
from qms.demo.services import build_network
from qms.exchange.models import EditionPage, MeetingPage, OfficePage, ThemePage
from qms.goodpractices.models import PracticePage
from qms.laureates.models import LaureatesPage
from qms.offices.models import Membership, Office
from qms.portal.models import HomePage


def assessment_of(slug, year):
    return Assessment.objects.get(office__slug=slug, year=year)


def test_offices_of_the_source_documents_stand(network):
    kinds = list(Office.objects.values_list("kind", flat=True))

    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "county_labour_office": 2,
        "town_hall": 3,
        "statistical_office": 1,
        "employment_centre": 13,
    }


def test_every_role_has_an_account(network):
    assert set(Membership.objects.values_list("role", flat=True)) == set(Membership.Role.values)


def test_assessments_stand_at_their_stages(network):
    rows = Assessment.objects.order_by("year", "office__slug").values_list("office__slug", "year", "stage")

    assert [row for row in rows if row[1] != 2025] == [
        ("pup-goldap", 2024, "approved"),
        ("pup-starachowice", 2024, "approved"),
        ("um-leczna", 2024, "approved"),
        ("pup-goldap", 2026, "individual"),
        ("pup-starachowice", 2026, "consensus"),
        ("um-leczna", 2026, "approval"),
    ]
    assert [row[2] for row in rows if row[1] == 2025] == ["approved"] * 6


def test_every_assessment_is_marked_as_an_example(network):
    titles = Assessment.objects.values_list("title", flat=True)

    assert all("przykładowe" in title or "для примера" in title for title in titles)


def test_finished_assessment_is_complete(network):
    done = assessment_of("pup-goldap", 2024)
    agreements = ConsensusNode.objects.filter(assessment=done)
    texts = [len(agreement.entries.filter(kind="strength")) for agreement in agreements]

    assert agreements.settled().exclude(reason="").count() == 28
    assert agreements.exclude(dissent="").count() == 2
    assert (min(texts), max(texts)) == (1, 3)
    assert Sheet.objects.handed_in().filter(member__assessment=done).count() == 8
    assert Evidence.objects.filter(office=done.office).count() == 46


def test_finished_assessment_has_agreements_outside_the_range(network):
    results = NodeResult.objects.filter(assessment__office__slug="pup-goldap", assessment__year=2024)
    outside = [result.node for result in results if not result.lowest <= result.score <= result.highest]

    assert sorted(outside) == ["4.2", "6.2"]


def test_finished_assessment_adds_up(network):
    total = CriterionResult.objects.get(assessment=assessment_of("pup-goldap", 2024), criterion="")

    assert total.score.quantize(Decimal(1)) == 440


def test_individual_work_is_under_way(network):
    sheets = Sheet.objects.filter(member__assessment=assessment_of("pup-goldap", 2026))

    assert sheets.handed_in().count() == 5
    assert sorted(sheet.scores.count() for sheet in sheets) == [4, 9, 17, 28, 28, 28, 28, 28]


def test_consensus_is_under_way(network):
    here = assessment_of("pup-starachowice", 2026)

    assert ConsensusNode.objects.settled().filter(assessment=here).count() == 11
    assert Sheet.objects.handed_in().filter(member__assessment=here).count() == 8


def test_enough_offices_for_the_anonymous_benchmark(network):
    assert benchmark_of(assessment_of("um-leczna", 2026)).offices == 7


def test_moments_lie_in_their_own_time(network):
    for assessment in Assessment.objects.exclude(approved_at=None):
        assert assessment.started_at < assessment.consensus_started_at < assessment.sent_at < assessment.approved_at
        assert assessment.approved_at.year == assessment.year
    saves = NodeScore.objects.filter(sheet__state="handed_in").select_related("sheet")
    assert all(score.saved_at <= score.sheet.handed_in_at < network for score in saves)
    assert not Letter.objects.filter(created_at__gt=network).exists()


def test_pages_stand_in_three_languages(network):
    homes = HomePage.objects.live()

    assert {home.locale.language_code for home in homes} == {"pl", "en", "ru"}
    assert len({home.translation_key for home in homes}) == 1
    # Practices, the pages of experience sharing and those of awards are counted elsewhere.
    awards = (AwardIndexPage, AwardProgrammePage, AwardRoundPage, LaureatesPage)
    elsewhere = (PracticePage, EditionPage, ThemePage, OfficePage, MeetingPage, *awards)
    assert {home.get_descendants().not_type(elsewhere).count() for home in homes} == {17}
    assert Site.objects.get(is_default_site=True).root_page.locale == Locale.objects.get(language_code="pl")
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db
def test_loading_twice_changes_nothing(network):
    before = everything()
    build_network(at=network)

    assert everything() == before


def everything():
    """Every row of our own tables and of the pages, with its values."""
    models = [model for app in apps.get_app_configs() if app.name.startswith("qms.") for model in app.get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in [*models, Page]}
