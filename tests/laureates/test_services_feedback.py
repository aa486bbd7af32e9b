"""Reports are laid down, edited, approved; who won what is told in time."""

from __future__ import annotations

import logging
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.utils import timezone

from qms.awards.models import Application, Round
from qms.core.models import Letter
from qms.jury.models import Agreed
from qms.laureates.components.findings import decision_words
from qms.laureates.domain.texts import ReportTexts
from qms.laureates.models import FeedbackReport, Telling
from qms.laureates.services import feedback as services
from qms.laureates.services import paper, telling
from qms.lifecycle import Refused
from tests.factories.jury import make_closed_round, make_judged_category, make_received
from tests.factories.laureates import decide, end_embargo, make_decided_category, make_feedback
from tests.factories.offices import make_led_office, make_member, make_office

SCORES = (71, 64, 58, 52, 47)


@pytest.fixture
def five(office, ana):
    """Our office and four others, decided; ours is the best."""
    offices = [office, *(make_led_office() for _score in SCORES[1:])]
    return make_decided_category(dict(zip(offices, SCORES, strict=True)))


@pytest.fixture
def report(five, office, nora):
    services.lay_down(five.round, by=nora)
    return FeedbackReport.objects.get(application__office=office)


def test_report_on_what_nobody_judged_says_why_and_nothing_else(report, five, nora):
    report.decision = {"outcome": "out", "prize": {}, "reason": "All jurors work with this office."}
    report.sections = [row | {"strengths": "", "areas": ""} for row in report.sections]
    report.save()

    assert decision_words(report.decision) == "Not judged, out of competition"
    assert services.approve_feedback(five.round, [report.pk], by=nora, at=timezone.now()) == 1


def test_letter_about_what_nobody_judged_tells_of_no_decision_on_its_worth(five, office, nora, ana):
    facts = {"outcome": "out", "prize": None, "reason": "All jurors work with this office."}
    five.decision_lists.get().decisions.filter(application__office=office).update(**facts)
    services.lay_down(five.round, by=nora)
    services.approve_feedback(five.round, by=nora, at=timezone.now())
    telling.tell_results(end_embargo(five.round), by=nora, at=timezone.now())
    text = Letter.objects.get(kind="laureates.result", to=ana.email).text

    assert "could not be judged and stands out of competition" in text
    assert "All jurors work with this office." in text
    assert "no prize this time" not in text
    assert "found strong" not in text


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


def test_what_two_jurors_wrote_alike_is_told_once(five, office, nora):
    twice = "Goals are known to everybody.\n\nGoals are known to everybody.\nPlans are written."
    Agreed.objects.filter(application__office=office).update(strengths=twice)

    services.lay_down(five.round, by=nora)

    told = FeedbackReport.objects.get(application__office=office).sections[0]["strengths"]
    assert told == "Goals are known to everybody.\nPlans are written."


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


def test_report_on_paper_is_set_anew_when_its_style_has_changed(five, office, monkeypatch, tmp_path):
    report = make_feedback(five.applications.get(office=office), approved=True)
    paper.build_feedback(report, language="en", progress=lambda _percent, _step: None)
    assert paper.feedback_that_stands(report, "en") is not None

    style = tmp_path / "paper.css"
    style.write_text("p { color: red }")
    real = finders.find
    monkeypatch.setattr(finders, "find", lambda path: str(style) if path == "awards/paper.css" else real(path))

    assert paper.feedback_that_stands(report, "en") is None


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


def test_round_that_cannot_be_told_keeps_no_other_one_waiting(five, office, caplog):
    nameless = make_decided_category({office: 66}, of=make_closed_round()).round
    Round.objects.filter(pk=nameless.pk).update(titles=[])  # as no form would leave it
    for found in (five.round, nameless):
        end_embargo(found)

    with caplog.at_level(logging.CRITICAL):
        assert telling.tell_due(at=timezone.now()) == 5
    assert not Telling.objects.filter(application__category__round=nameless).exists()

    Round.objects.filter(pk=nameless.pk).update(titles={"en": "Owls of the year"})
    assert telling.tell_due(at=timezone.now()) == 1


def test_office_that_nobody_leads_is_told_once_somebody_does(five, nora):
    unled = make_office()
    decide(five.decision_lists.get(), make_received(unled, five))
    end_embargo(five.round)

    assert telling.tell_due(at=timezone.now()) == 5
    assert not Telling.objects.filter(application__office=unled).exists()
    with pytest.raises(Refused, match="neither a director nor a quality lead"):
        telling.tell_results(five.round, by=nora, at=timezone.now())

    late = make_member(unled, "director").user
    assert telling.tell_due(at=timezone.now()) == 1
    assert telling.tell_due(at=timezone.now()) == 0
    assert Letter.objects.filter(kind="laureates.result", to=late.email).count() == 1


def approve(report, by):
    return services.approve_feedback(report.application.category.round, [report.pk], by=by, at=timezone.now())


def letters_to(person):
    return list(Letter.objects.filter(kind__startswith="laureates.", to=person.email).order_by("pk"))


def test_report_that_is_approved_after_the_result_is_told_once(report, ana, nora):
    found = end_embargo(report.application.category.round)
    telling.tell_due(at=timezone.now())
    (result,) = letters_to(ana)
    assert "The feedback report is being written." in result.text

    approve(report, nora)
    telling.tell_due(at=timezone.now())

    _result, news = letters_to(ana)
    assert (news.kind, news.office_id) == ("laureates.report", report.application.office_id)
    assert news.subject == f"{report.application.number}: your feedback report is there"
    assert Telling.objects.filter(kind="report").get().application == report.application
    assert telling.tell_reports(found, by=None, at=timezone.now()) == 0


def test_report_that_was_approved_in_time_needs_no_letter_of_its_own(report, ana, nora):
    approve(report, nora)
    end_embargo(report.application.category.round)

    telling.tell_due(at=timezone.now())
    telling.tell_due(at=timezone.now())

    (result,) = letters_to(ana)
    assert "What the jury found strong and what can be better is on this page." in result.text


def test_report_is_told_of_by_the_hour_once_somebody_leads_the_office_again(report, office, ana, nora):
    end_embargo(report.application.category.round)
    telling.tell_due(at=timezone.now())
    ana.memberships.update(is_active=False)
    approve(report, nora)
    assert not Telling.objects.filter(kind="report").exists()

    late = make_member(office, "director").user
    assert telling.tell_due(at=timezone.now()) == 1
    assert telling.tell_due(at=timezone.now()) == 0
    assert [one.kind for one in letters_to(late)] == ["laureates.report"]


def test_offices_that_were_told_of_their_report_before_this_was_kept_are_not_told_again(report, five, ana, nora):
    end_embargo(five.round)
    approve(report, nora)
    for application in five.applications.all():
        Telling.objects.create(application=application, kind="result", told_at=timezone.now())

    import_module("qms.laureates.migrations.0002_news_of_reports").note_reports(apps, None)

    assert Telling.objects.get(kind="report").application == report.application
    assert telling.tell_due(at=timezone.now()) == 0


def test_report_that_is_approved_before_the_end_of_the_embargo_is_no_news(report, ana, nora):
    approve(report, nora)

    assert letters_to(ana) == []


def test_director_who_left_or_whose_account_is_closed_leads_nothing(five, office, ana):
    end_embargo(five.round)
    ana.is_active = False
    ana.save()

    assert telling.tell_due(at=timezone.now()) == 4


def test_laureate_that_nobody_leads_is_not_marked_as_told_in_confidence(five, office, ana, nora):
    ana.memberships.update(is_active=False)

    with pytest.raises(Refused, match="neither a director nor a quality lead"):
        telling.tell_laureates(five.round, [laurel(five).pk], by=nora, at=timezone.now())
    assert not Telling.objects.exists()


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
