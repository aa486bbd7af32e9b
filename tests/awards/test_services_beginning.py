"""Beginning an application, choosing who writes it and from what, and filling it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qms.awards.models import Application, Paragraph, Question, ResultRow, SectionVersion
from qms.awards.services.beginning import begin_application, choose_report, set_editors
from qms.awards.services.filling import Filled, add_sources, fill_application
from qms.core.models import Letter
from qms.improvements.models import ActionNode, Indicator, Reading
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition
from tests.factories.awards import (
    make_application,
    make_category,
    make_question,
    make_round,
    make_rule,
    make_section,
    make_told_report,
)
from tests.factories.improvements import make_action, make_plan
from tests.factories.reports import make_report


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def category(db):
    return make_category(framework=make_edition())


def stored(question):
    return Question.objects.select_related("section").get(pk=question.pk)


def begin(category, office, lena, at, **answers):
    return begin_application(category, office, answers=answers, by=lena, at=at)


# --- Beginning -------------------------------------------------------------------------------------------------------


def test_an_application_begins_with_the_answers_and_the_newest_report(category, office, lena, now):
    rule = make_rule(category)
    make_told_report(office, {"1.1": ["Old."]})
    newest = make_told_report(office, {"1.1": ["New."]})
    begun = begin(category, office, lena, now, **{str(rule.pk): True, "999": True})

    assert (begun.state, begun.assessment, begun.started_by) == ("draft", newest, lena)
    assert begun.eligibility == {str(rule.pk): True}


@pytest.mark.parametrize("answers", [{}, {"no": False}])
def test_it_does_not_begin_while_a_condition_is_not_met(category, office, lena, now, answers):
    rule = make_rule(category)
    with pytest.raises(Refused, match="does not meet all conditions"):
        begin(category, office, lena, now, **{str(rule.pk): value for value in answers.values()})
    assert not Application.objects.exists()


def test_an_office_without_the_asked_report_does_not_begin(category, office, lena, now):
    make_rule(category, "assessment", value={"months": 24})
    make_report(office, {}, edition="caf-2020")
    with pytest.raises(Refused, match="does not meet all conditions"):
        begin(category, office, lena, now)


def test_one_office_begins_once_in_a_category(category, office, other_office, lena, dora, now):
    begin(category, office, lena, now)
    begin(category, other_office, dora, now)
    with pytest.raises(Refused, match="has an application in this category already"):
        begin(category, office, lena, now)


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, 0)])
def test_nothing_begins_before_the_opening_or_at_the_closing(office, lena, now, opens, closes):
    of = make_round(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))
    with pytest.raises(Refused, match="does not take applications"):
        begin(make_category(of), office, lena, now)


def test_an_extended_round_takes_applications_at_once(office, lena, now):
    category = make_category(make_round(closes_at=now))
    round_ = type(category.round).objects.get(pk=category.round_id)
    round_.closes_at = now + timedelta(hours=1)
    round_.save()

    assert begin(category, office, lena, now).state == "draft"


# --- Who writes, from what -------------------------------------------------------------------------------------------


def test_people_of_the_office_write_and_nobody_else(category, office, lena, boris, clara, dora):
    application = make_application(office, category)
    set_editors(application, people=[boris, clara], by=lena)
    set_editors(application, people=[boris], by=lena)

    assert list(application.editors.all()) == [boris]
    assert sorted(Letter.objects.filter(kind="awards.chosen").values_list("to", flat=True)) == sorted(
        [boris.email, clara.email]
    )
    with pytest.raises(Refused, match="who work in your office"):
        set_editors(application, people=[dora], by=lena)


def test_only_an_approved_report_of_the_own_office_is_chosen(category, office, other_office, lena, now):
    own, foreign = make_told_report(office, {"1.1": ["Ours."]}), make_told_report(other_office, {"1.1": ["Theirs."]})
    application = make_application(office, category)

    assert choose_report(application, report=own, by=lena, at=now).assessment == own
    with pytest.raises(Refused, match="of your office"):
        choose_report(application, report=foreign, by=lena, at=now)
    assert choose_report(application, report=None, by=lena, at=now).assessment is None


# --- Filling ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def application(office, category):
    return make_application(
        office, category, assessment=make_told_report(office, {"1.1": ["Goals."], "6.1": ["Calm."]})
    )


@pytest.fixture
def text(category):
    return stored(make_question(make_section(category, node="1"), node="1.1"))


@pytest.fixture
def table(category, office, lena):
    action = make_action(make_plan(office, by=lena, stage="approved"), by=lena, title="Talk", status="done")
    ActionNode.objects.create(action=action, framework="small-2020", node="6.1")
    indicator = Indicator.objects.create(action=action, title="Waiting", unit="days", better="lower", target=15)
    Reading.objects.create(indicator=indicator, on="2026-05-01", value=14, added_by=lena)
    return stored(make_question(make_section(category, node="6"), "results"))


def test_each_piece_keeps_its_source(application, text, lena, now):
    assert fill_application(application, by=lena, at=now) == Filled(2, 0)
    first, second = Paragraph.objects.order_by("position")

    assert (first.question, first.source, first.text) == (text, "strength", "Goals. (Evidence: E1 Survey 2026.)")
    assert first.source_text == first.text
    assert first.source_title == "Self-assessment, 1.1 Title of 1.1: strength 1"
    assert first.source_url.endswith(f"/{application.assessment_id}/results/#node-1.1")
    assert (second.source, second.position, second.by) == ("score", 2, lena)
    assert SectionVersion.objects.count() == 1


def test_a_table_of_results_takes_figures_and_no_texts(application, table, lena, now):
    assert fill_application(application, by=lena, at=now) == Filled(1, 0)
    row = ResultRow.objects.get()

    assert (row.title, row.unit, row.better, row.year, row.last, row.target) == (
        "Waiting",
        "days",
        "lower",
        2026,
        14,
        15,
    )
    assert (row.before_last, row.before, row.source) == (None, None, "effect")


def test_a_result_of_a_survey_comes_with_the_surveys_name_and_size(application, table, lena, now):
    Reading.objects.update(label="Employers' survey, autumn 2026", count=138)

    fill_application(application, by=lena, at=now)

    assert ResultRow.objects.get().evidence == "Employers' survey, autumn 2026, n = 138"


def test_what_somebody_wrote_stays_and_nothing_is_filled_twice(application, text, lena, now):
    Paragraph.objects.create(application=application, question=text, text="Own words.", by=lena)
    assert fill_application(application, by=lena, at=now) == Filled(0, 0)
    Paragraph.objects.all().delete()
    assert fill_application(application, by=lena, at=now) == Filled(2, 0)
    assert fill_application(application, by=lena, at=now) == Filled(0, 0)


def test_what_is_over_the_limit_of_a_question_is_left_to_choose(application, text, lena, now):
    text.max_characters = 40
    text.save()

    assert fill_application(application, by=lena, at=now) == Filled(1, 1)


def test_nothing_is_filled_after_the_closing(application, text, lena, now):
    with pytest.raises(Refused, match="last moment"):
        fill_application(application, by=lena, at=application.category.round.closes_at)
    assert not Paragraph.objects.exists()


def test_chosen_sources_go_to_the_end_and_only_once(application, text, lena, now):
    key = f"score:{application.assessment_id}:6.1"
    Paragraph.objects.create(application=application, question=text, text="Own.", position=4, by=lena)

    assert add_sources(application, text, keys=[key], by=lena, at=now) == 1
    assert add_sources(application, text, keys=[key], by=lena, at=now) == 0
    assert [one.position for one in Paragraph.objects.order_by("position")] == [4, 5]


def test_a_source_of_another_office_or_kind_is_not_added(application, text, table, lena, now):
    for question, key in ((text, "action:999:text"), (table, f"score:{application.assessment_id}:1.1")):
        with pytest.raises(Refused, match="no longer there"):
            add_sources(application, question, keys=[key], by=lena, at=now)
