"""What keeps an application from being submitted, and what only makes a careful reader ask."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain.checks import flaws_of, hindering, is_answered, warnings
from qms.awards.models import Answer, SectionState
from qms.awards.queries.checks import faults_in
from qms.awards.queries.content import section_contents
from tests.factories.awards import (
    make_annex,
    make_application,
    make_category,
    make_paragraph,
    make_question,
    make_result,
    make_rule,
    make_section,
)


@pytest.fixture
def section(db):
    return make_section(make_category(titles={"en": "Public"}), titles={"en": "Clients"})


@pytest.fixture
def application(office, section, lena):
    return make_application(office, section.category, started_by=lena)


def faults_of(application):
    return faults_in(application, section_contents(application), timezone.now())


def missing(application):
    return [fault.words for fault in hindering(faults_of(application))]


def doubtful(application):
    return [fault.words for fault in warnings(faults_of(application))]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "Clients: no answer to “What?”."),
        ("number", "Clients: no answer to “What?”."),
        ("choice", "Clients: no answer to “What?”."),
        ("results", "Clients: no answer to “What?”."),
        ("file", "Missing annex: What?"),
        ("consent", "Clients: the statement “What?” is not ticked."),
    ],
)
def test_each_kind_of_question_that_must_be_answered_is_missed(application, section, kind, words):
    make_question(section, kind, titles={"en": "What?"})

    assert missing(application) == [words]


def test_statement_that_is_a_sentence_is_named_without_its_point(application, section):
    make_question(section, "consent", titles={"en": "We agree to a visit."})

    assert missing(application) == ["Clients: the statement “We agree to a visit” is not ticked."]


def test_question_that_need_not_be_answered_is_not_missed(application, section):
    make_question(section, "text", is_required=False)

    assert missing(application) == []


def test_answers_of_every_kind_are_seen(application, section, lena):
    make_paragraph(application, make_question(section, "text"), "We ask.")
    make_annex(application, question=make_question(section, "file"))
    for kind, value in (("number", {"number": "0"}), ("choices", {"chosen": ["a"]}), ("consent", {"agreed": True})):
        Answer.objects.create(application=application, question=make_question(section, kind), value=value, by=lena)

    assert missing(application) == []


def test_text_may_be_as_long_as_its_limit_and_no_longer(application, section):
    question = make_question(section, titles={"en": "What?"}, max_characters=5)
    paragraph = make_paragraph(application, question, "12345")
    assert missing(application) == []

    paragraph.text = "123456"
    paragraph.save()
    assert missing(application) == ["Clients: “What?” has 6 characters; 5 are allowed."]


def test_section_and_whole_are_measured_in_pages(application, section):
    section.max_pages, section.category.max_pages = 1, 1
    section.save()
    section.category.save()
    application.category.refresh_from_db()
    make_paragraph(application, make_question(section), "x" * 1801)

    assert missing(application) == [
        "Clients: 1.1 pages; 1 are allowed.",
        "The whole narrative has 1.1 pages; 1 are allowed.",
    ]


def test_condition_that_is_met_no_longer_hinders(application, section):
    rule = make_rule(section.category, titles={"en": "We are a public body."})
    assert missing(application) == ["The office does not meet a condition: We are a public body."]

    application.eligibility = {str(rule.pk): True}
    assert missing(application) == []


def test_score_without_evidence_and_section_that_is_not_ready_only_warn(application, section, lena):
    question = make_question(section)
    make_paragraph(application, question, "Our score is 74.", source="score")
    assert doubtful(application) == ["Clients: a score is quoted, but no evidence.", "Clients: not marked as ready."]

    make_paragraph(application, question, "Survey of clients [E21].")
    SectionState.objects.create(application=application, section=section, is_ready=True, by=lena)
    assert doubtful(application) == []


def test_results_without_evidence_are_counted(application, section, lena):
    question = make_question(section, "results")
    SectionState.objects.create(application=application, section=section, is_ready=True, by=lena)
    make_result(application, question, evidence="")
    make_result(application, question, evidence="")
    make_result(application, question, evidence="E21")

    assert doubtful(application) == ["Clients: 2 results have no evidence."]


@given(st.lists(st.text(alphabet=" \n\tab", max_size=5), max_size=4))
def test_text_is_an_answer_exactly_when_a_letter_stands_in_it(texts):
    question = {
        "kind": "text",
        "is_required": True,
        "max_characters": None,
        "paragraphs": [{"text": text} for text in texts],
    }
    section = {"questions": [question], "max_pages": None}

    assert is_answered(question) == any("a" in text or "b" in text for text in texts)
    assert [flaw.code for flaw in flaws_of(section)] == ([] if is_answered(question) else ["answer"])
