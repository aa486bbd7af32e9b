"""The page of a practice, and what readers do on it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import Site

from qms.core import services as core
from qms.core.models import Job, Letter
from qms.goodpractices.models import Question, Thanks
from qms.goodpractices.services.questions import answer, ask
from tests.factories.goodpractices import make_practice

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
RESULT = {
    "title": "Days until a vacancy is filled",
    "unit": "days",
    "better": "lower",
    "before": Decimal(21),
    "after": Decimal(14),
    "low": Decimal(-10),
    "high": Decimal(-4),
    "count": 204,
    "source": "register of vacancies",
}


def to(route, *args):
    return reverse(f"goodpractices:{route}", args=args)


@pytest.fixture
def site(homes):
    return Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": homes[0]}
    )


@pytest.fixture
def practice(site, library, office, boris):
    return make_practice(
        office,
        library=library,
        title="A welcome talk with employers",
        contact=boris,
        contact_role="head of services",
        summary="Every employer has one person to talk to.",
        problem="Three people asked the same.\n\n<script>alert(1)</script>",
        body=[
            {
                "type": "steps",
                "value": [{"type": "item", "value": {"title": "One person", "text": "Who answers.", "when": "May"}}],
            },
            {"type": "quotation", "value": {"text": "At last.", "who": "an employer"}},
        ],
        criteria=[("caf-2020", "5.2")],
        clients=["employers"],
        results=[RESULT],
        hours=46,
        cost=Decimal(2400),
        failures="Talks by video.\n- One person for ever.",
        conditions="• Two people at least.\n• A register.",
        transferability=4,
        evidence=[{"code": "E4", "title": "Survey of clients"}],
    )


def page(client, practice):
    answer = client.get(practice.get_url())
    assert answer.status_code == 200
    return answer.content.decode()


# --- The page --------------------------------------------------------------------------------------------------------


def test_a_visitor_reads_the_whole_practice(client, practice):
    text = page(client, practice)

    for words in (
        "A welcome talk with employers",
        "One person",
        "At last.",
        "Talks by video.",
        "One person for ever.",
        "Two people at least.",
        "E4",
        "from −10 to −4",
        "n = 204",
        "head of services",
        "easy to take over (4 of 5)",
        "CC BY 4.0",
        "Sign in to ask",
    ):
        assert words in text.replace("\xa0", " "), words


def test_script_in_the_text_is_shown_as_text(client, practice):
    text = page(client, practice)

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_chart_of_a_result_has_its_table(client, practice):
    text = page(client, practice).replace("\xa0", " ")

    assert "Data in a table" in text
    assert "Interval of the change" in text


def test_no_address_of_a_person_stands_on_the_page(client, practice, dora, boris):
    ask(practice, text="Who talks?", by=dora)
    client.force_login(dora)
    text = page(client, practice)

    assert boris.email not in text
    assert dora.get_full_name() not in text.partition('id="questions"')[2]


def test_the_page_takes_the_same_queries_for_any_number_of_questions(
    client, practice, dora, django_assert_max_num_queries
):
    for number in range(12):
        ask(practice, text=f"Question {number}?", by=dora)
    page(client, practice)

    with django_assert_max_num_queries(34):
        page(client, practice)


# --- Questions -------------------------------------------------------------------------------------------------------


def test_a_reader_asks_and_the_office_answers(client, practice, dora, boris):
    client.force_login(dora)
    sent = client.post(to("ask", practice.pk), {"text": "Who <b>talks</b>?"})
    assert sent.url.endswith("#questions")
    assert "Who &lt;b&gt;talks&lt;/b&gt;?" in page(client, practice)

    question = Question.objects.get()
    client.force_login(boris)
    assert client.get(to("answer", question.pk)).status_code == 200
    client.post(to("answer", question.pk), {"answer": "Whoever picks up."})
    assert "Whoever picks up." in page(client, practice)
    assert Letter.objects.filter(to=dora.email, kind="goodpractices.answer").exists()


def test_an_empty_question_is_said_and_nothing_is_lost(client, practice, dora):
    client.force_login(dora)

    wrong = client.post(to("ask", practice.pk), {"text": "  "})

    assert wrong.status_code == 422
    assert "Write your question." in wrong.content.decode()


def test_who_asked_twice_reads_why_and_keeps_the_text(client, practice, dora):
    ask(practice, text="Who talks?", by=dora)
    client.force_login(dora)

    wrong = client.post(to("ask", practice.pk), {"text": "Who talks?"})

    assert wrong.status_code == 422
    assert "You have asked this already" in wrong.content.decode()
    assert "Who talks?</textarea>" in wrong.content.decode()


def test_only_the_office_answers_and_only_coordinators_hide(client, practice, dora, eva, boris, rob):
    question = ask(practice, text="Who talks?", by=dora)

    def status(person, route):
        client.force_login(person)
        return client.get(to(route, question.pk)).status_code

    assert [status(one, "answer") for one in (boris, dora, eva, rob)] == [200, 403, 403, 403]
    assert [status(one, "hide") for one in (boris, dora, rob)] == [403, 403, 200]


def test_a_hidden_question_leaves_the_page(client, practice, dora, rob):
    question = ask(practice, text="Is client K. from Main Street served?", by=dora)
    answer(question, text="Yes.", by=dora, at=NOW)
    client.force_login(rob)
    assert client.post(to("hide", question.pk), {"reason": ""}).status_code == 422
    client.post(to("hide", question.pk), {"reason": "It names a client."})

    assert "Main Street" not in page(client, practice)
    client.force_login(dora)
    assert "It names a client." in page(client, practice)


# --- Thanks, messages, paper -----------------------------------------------------------------------------------------


def test_thanks_are_counted_on_the_page(client, practice, dora):
    client.force_login(dora)
    for _each in range(2):
        assert client.post(to("thank", practice.pk)).status_code == 302

    assert Thanks.objects.count() == 1
    assert "1 person thanked the office." in page(client, practice)


def test_a_message_is_carried_and_what_was_typed_stays_on_a_wrong_form(client, practice, dora):
    client.force_login(dora)
    wrong = client.post(to("contact", practice.pk), {"text": "", "shows_address": "on"})
    assert wrong.status_code == 422
    assert "checked" in wrong.content.decode()

    client.post(to("contact", practice.pk), {"text": "May we come?"})
    assert Letter.objects.filter(kind="goodpractices.message").count() == 1


def test_visitors_are_asked_to_sign_in(client, practice):
    for route in ("contact", "print"):
        assert "login" in client.get(to(route, practice.pk)).url


def test_the_practice_is_set_on_paper(client, practice, dora):
    client.force_login(dora)
    assert client.get(to("print", practice.pk)).status_code == 200
    client.post(to("print", practice.pk))

    job = Job.objects.get()
    core.run_job(job.pk, carrier="test")
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.reason
    text = client.get(to("print", practice.pk)).content.decode()
    assert "Good practice: A welcome talk with employers (en)" in text
    file = client.get(job.result_url)
    assert file["Content-Type"] == "application/pdf"
    as_page = client.get(f"{job.result_url}?as=html").content.decode()
    assert "One person" in as_page
    assert "&lt;script&gt;" in as_page
