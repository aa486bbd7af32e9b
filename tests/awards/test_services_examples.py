"""The examples that come with the platform: whole, in three languages, founded once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from qms.awards.domain.examples import Calendar, FromFramework
from qms.awards.models import Category, Judging, Prize, Programme, Question, Round, Rule, Section
from qms.awards.services.examples import EPSA, SHIPPED, WMNJ, found_programme, shipped
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition
from tests.factories.offices import make_region

LANGUAGES = {code for code, _name in settings.LANGUAGES}
SCORED_IN_EPSA = ["relevance", "innovation", "engagement", "impact", "sustainability", "transferability"]


@pytest.fixture
def caf(db):
    return make_edition("caf-2020")


@pytest.fixture
def warmia(db):
    return make_region(code="pl-28", name_pl="warmińsko-mazurskie")


@pytest.mark.parametrize("code", SHIPPED)
def test_every_text_of_an_example_stands_in_every_language(code):
    definition = shipped(code)
    texts = [definition.titles, definition.leads, *(definition.round[name] for name in ("titles", "leads", "rules"))]
    for category in definition.categories:
        texts += [category.titles, category.leads]
        for prize in category.prizes:
            texts += [prize.titles, prize.leads or prize.titles]
        for rule in category.rules:
            texts += [rule.titles, rule.leads or rule.titles]
        for section in category.form:
            if isinstance(section, FromFramework):
                continue
            texts += [section.titles, section.leads or section.titles]
            for question in section.questions:
                texts += [question.titles, question.leads or question.titles]
                texts += [option.titles for option in question.options]

    assert [said for said in texts if set(said) != LANGUAGES or not all(said.values())] == []


def test_warmia_and_mazury_has_a_form_from_caf_with_profile_annexes_and_statements(caf, warmia, nora):
    made = found_programme(shipped(WMNJ), year=2027, by=nora)

    category = Category.objects.get(round=made)
    sections = list(Section.objects.filter(category=category).order_by("position"))
    assert (made.state, made.prefix, made.programme.region) == (Round.State.DRAFT, "WMNJ-2027", warmia)
    assert made.closes_at == datetime(2027, 3, 15, 15, tzinfo=UTC)  # four in the afternoon in Warsaw
    criteria = [node.identifier for node in caf.tree().criteria]
    assert [section.code for section in sections] == ["profile", *criteria, "annexes", "consents"]
    assert [section.position for section in sections] == list(range(1, len(sections) + 1))
    scored = Question.objects.filter(section__category=category, kind="text", section__is_scored=True)
    assert set(scored.values_list("node", flat=True)) == {node.identifier for node in caf.tree().scored}
    assert Question.objects.filter(section__category=category, kind="file", is_required=True).count() == 2
    assert list(Rule.objects.filter(category=category).order_by("position").values_list("kind", flat=True)) == [
        "region",
        "assessment",
        "staff",
        "answer",
        "answer",
    ]


def test_examples_say_how_they_are_judged_and_which_prizes_they_have(caf, warmia, nora):
    warmian, european = (found_programme(shipped(code), year=2027, by=nora) for code in (WMNJ, EPSA))

    judging = Judging.objects.get(category__round=warmian)
    prizes = Prize.objects.filter(category__round=warmian).order_by("position")
    assert (judging.panel, judging.jurors, judging.tie_below, judging.most_visits) == ("fine-tuned", 3, 2, 4)
    assert list(prizes.values_list("kind", "at_most", "from_points")) == [
        ("statuette", 1, 60),
        ("distinction", 2, 50),
        ("diploma", None, None),
    ]
    assert Judging.objects.filter(category__round=european, panel="").count() == 3
    assert Prize.objects.filter(category__round=european).count() == 9


def test_epsa_asks_its_six_criteria_in_each_category_with_equal_weights(nora):
    made = found_programme(shipped(EPSA), year=2027, by=nora)

    assert made.programme.region is None
    categories = list(Category.objects.filter(round=made).order_by("position"))
    assert [category.title_in("en") for category in categories] == [
        "Innovation in Public Administration",
        "Green Transition and Sustainability",
        "Digital Transformation",
    ]
    for category in categories:
        scored = Section.objects.filter(category=category, is_scored=True).order_by("position")
        assert [section.code for section in scored] == SCORED_IN_EPSA
        assert {section.weight for section in scored} == {1}


def test_second_founding_changes_nothing(nora):
    first = found_programme(shipped(EPSA), year=2027, by=nora)

    assert found_programme(shipped(EPSA), year=2027, by=nora) == first
    assert (Programme.objects.count(), Round.objects.count()) == (1, 1)


def test_another_year_is_another_round_of_the_same_programme(nora):
    first = found_programme(shipped(EPSA), year=2025, by=nora)
    second = found_programme(shipped(EPSA), year=2027, by=nora)

    assert (second.programme, second.title_in("en")) == (first.programme, "EPSA 2027")


def test_calendar_given_stands_in_the_place_of_the_days_in_the_file(nora):
    opens = datetime(2026, 5, 1, 8, tzinfo=UTC)
    days = Calendar(opens, opens + timedelta(days=60), opens + timedelta(days=90))
    made = found_programme(shipped(EPSA), year=2026, by=nora, calendar=days)

    assert (made.opens_at, made.closes_at, made.gala_at) == (opens, opens + timedelta(days=60), None)


def test_example_without_its_region_or_framework_is_refused_whole(nora):
    with pytest.raises(Refused):
        found_programme(shipped(WMNJ), year=2027, by=nora)
    make_region(code="pl-28", name_pl="warmińsko-mazurskie")
    with pytest.raises(Refused):
        found_programme(shipped(WMNJ), year=2027, by=nora)

    assert not Programme.objects.exists()
