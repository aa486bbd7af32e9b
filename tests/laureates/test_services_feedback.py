"""Reports are laid down, edited, approved; who won what is told in time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from qms.awards.models import Application
from qms.core.models import Letter
from qms.jury.models import Agreed
from qms.laureates.domain.texts import ReportTexts
from qms.laureates.models import FeedbackReport, Telling
from qms.laureates.services import feedback as services
from qms.laureates.services import telling
from qms.lifecycle import Refused
from tests.factories.jury import make_closed_round, make_judged_category, make_received
from tests.factories.laureates import end_embargo, make_decided_category, make_feedback
from tests.factories.offices import make_office

SCORES = (71, 64, 58, 52, 47)


@pytest.fixture
def five(office, ana):
    """Our office and four others, decided; ours is the best."""
    offices = [office, *(make_office() for _score in SCORES[1:])]
    return make_decided_category(dict(zip(offices, SCORES, strict=True)))


@pytest.fixture
def report(five, office, nora):
    services.lay_down(five.round, by=nora)
    return FeedbackReport.objects.get(application__office=office)


def test_report_says_what_the_jury_agreed_with_band_and_median(report, five):
    first = five.sections.order_by("position").first()

    assert report.sections[0] == {
        "pk": first.pk,
        "code": first.code,
        "titles": first.titles,
        "strengths": "Goals are known to everybody.",
        "areas": "Ask customers each year.",
        "score": "71",
        "band": "",
        "low": 70,
        "high": 80,
        "median": "58",
    }
    assert report.decision == {
        "outcome": "prize",
        "prize": {"en": "Statuette"},
        "reason": "The jury was convinced by the results.",
    }


def test_median_of_four_is_not_told(office, nora):
    category = make_decided_category({make_office(): score for score in SCORES[:4]})

    services.lay_down(category.round, by=nora)

    assert {row["median"] for one in FeedbackReport.objects.all() for row in one.sections} == {None}


def test_section_that_could_not_be_judged_has_neither_score_nor_band(office, nora):
    category = make_decided_category({office: None})

    services.lay_down(category.round, by=nora)

    row = FeedbackReport.objects.get().sections[0]
    assert (row["score"], row["low"], row["high"]) == (None, None, None)


def test_second_click_lays_down_nothing_twice(report, five, nora):
    assert services.lay_down(five.round, by=nora) == 0
    assert FeedbackReport.objects.count() == 5


def test_nothing_is_laid_down_before_the_list_of_prizes_is_closed(office, nora):
    category = make_decided_category({office: 60}, closed=False)

    with pytest.raises(Refused, match="closed a list of prizes"):
        services.lay_down(category.round, by=nora)


def test_only_decided_categories_are_laid_down(five, nora):
    other = make_judged_category(five.round)
    make_received(make_office(), other)

    assert services.lay_down(five.round, by=nora) == 5


def test_words_are_edited_and_scores_stay(report, nora):
    pk = report.sections[0]["pk"]
    texts = ReportTexts("Dear colleagues,", "Apply again.", {pk: ("Clear goals.", "Measure them.")})

    services.edit_feedback(report, texts=texts, version=report.version, by=nora)

    report.refresh_from_db()
    row = report.sections[0]
    assert (report.opening, row["strengths"], row["areas"], row["score"]) == (
        "Dear colleagues,",
        "Clear goals.",
        "Measure them.",
        "71",
    )
    assert report.sections[1]["strengths"] == "Goals are known to everybody."


def test_stale_page_and_approved_report_are_not_edited(report, nora):
    texts = ReportTexts("Mine")
    services.edit_feedback(report, texts=ReportTexts("Theirs"), version=1, by=nora)

    with pytest.raises(Refused, match="changed this report"):
        services.edit_feedback(report, texts=texts, version=1, by=nora)
    services.approve_feedback(report.application.category.round, by=nora, at=timezone.now())
    with pytest.raises(Refused, match="Take it back"):
        services.edit_feedback(report, texts=texts, version=2, by=nora)


def test_one_is_approved_then_all(report, five, nora):
    at = timezone.now()

    assert services.approve_feedback(five.round, [report.pk], by=nora, at=at, version=1) == 1
    assert services.approve_feedback(five.round, by=nora, at=at) == 4
    with pytest.raises(Refused, match="no draft"):
        services.approve_feedback(five.round, by=nora, at=at)


def test_report_that_says_nothing_is_not_approved(report, five, nora):
    FeedbackReport.objects.filter(pk=report.pk).update(sections=[], opening="")

    with pytest.raises(Refused, match=report.application.number):
        services.approve_feedback(five.round, by=nora, at=timezone.now())
    assert not FeedbackReport.objects.filter(state="approved").exists()


def test_report_of_another_round_is_not_approved(report, nora):
    other = make_feedback(make_received(make_office(), make_judged_category()))

    with pytest.raises(Refused, match="no draft"):
        services.approve_feedback(report.application.category.round, [other.pk], by=nora, at=timezone.now())


def test_report_is_taken_back_until_the_office_can_read_it(report, five, nora):
    services.approve_feedback(five.round, [report.pk], by=nora, at=timezone.now())

    assert services.reopen_feedback(report, by=nora, at=timezone.now()).state == "draft"
    services.approve_feedback(five.round, [report.pk], by=nora, at=timezone.now())
    end_embargo(five.round)
    with pytest.raises(Refused, match="It stays as it is"):
        services.reopen_feedback(report, by=nora, at=timezone.now())


def test_words_of_jurors_are_taken_where_nothing_was_laid_down(five, nora, office):
    Agreed.objects.filter(application__office=office).update(strengths="", areas="")

    services.lay_down(five.round, by=nora)

    assert FeedbackReport.objects.get(application__office=office).sections[0]["strengths"] == ""


# --- Telling ---------------------------------------------------------------------------------------------------------


def laurel(five):
    return five.decision_lists.get().decisions.get(prize__isnull=False)


def test_laureate_is_told_once_in_confidence_and_nobody_else(five, office, ana, nora):
    assert telling.tell_laureates(five.round, [laurel(five).pk], by=nora, at=timezone.now()) == 1

    letter = Letter.objects.get(kind="laureates.embargo")
    assert (letter.to, letter.office_id) == (ana.email, office.pk)
    assert "Statuette" in letter.text
    assert "prize" not in letter.subject.lower()
    assert Telling.objects.get().application.office == office
    with pytest.raises(Refused, match="not told yet"):
        telling.tell_laureates(five.round, [laurel(five).pk], by=nora, at=timezone.now())


def test_who_won_nothing_is_never_told_under_embargo(five, dora, nora):
    lost = five.decision_lists.get().decisions.filter(prize__isnull=True)

    with pytest.raises(Refused):
        telling.tell_laureates(five.round, lost.values_list("pk", flat=True), by=nora, at=timezone.now())
    assert not Letter.objects.filter(kind__startswith="laureates.").exists()


def test_before_the_embargo_ends_results_are_told_to_nobody(five, nora):
    with pytest.raises(Refused, match="embargo has not ended"):
        telling.tell_results(five.round, by=nora, at=timezone.now())
    assert telling.tell_due(at=timezone.now()) == 0
    assert not Letter.objects.filter(kind__startswith="laureates.").exists()


def test_one_second_before_the_end_of_the_embargo_nobody_is_told(five):
    until = five.round.embargo_until

    assert telling.tell_due(at=until - timedelta(seconds=1)) == 0
    assert telling.tell_due(at=until) == 5


def test_after_the_embargo_all_are_told_once(five, ana, nora):
    end_embargo(five.round)

    assert telling.tell_due(at=timezone.now()) == 5
    assert telling.tell_due(at=timezone.now()) == 0
    assert Telling.objects.filter(kind="result").count() == 5
    assert Letter.objects.get(kind="laureates.result", to=ana.email).office_id == laurel(five).application.office_id
    with pytest.raises(Refused, match="nobody to tell"):
        telling.tell_results(five.round, by=nora, at=timezone.now())


def test_withdrawn_application_is_told_nothing(five, office):
    end_embargo(five.round)
    Application.objects.filter(office=office).update(state="withdrawn")

    assert telling.tell_due(at=timezone.now()) == 4


def test_undecided_category_is_told_nothing(office):
    category = make_decided_category({office: 60}, of=end_embargo(make_closed_round()), closed=False)

    assert telling.tell_due(at=timezone.now()) == 0
    assert category.round.embargo_until < timezone.now()


def test_agreed_scores_are_decimals_of_the_jury(five):
    assert {one.score for one in Agreed.objects.filter(application__category=five)} == set(map(Decimal, SCORES))
