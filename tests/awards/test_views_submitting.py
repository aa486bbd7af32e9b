"""The way of an application out of the office, in pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Annex, Application, Round, Submission
from qms.awards.queries.tasks import tasks_of
from qms.awards.services.versions import keep_version
from qms.core.models import Job
from tests.factories.awards import (
    closed_days,
    make_annex,
    make_application,
    make_category,
    make_paragraph,
    make_programme,
    make_question,
    make_result,
    make_round,
    make_section,
    make_submission,
)
from tests.factories.dossiers import locked_pdf, make_pdf
from tests.factories.offices import make_office, make_person

State = Application.State
ANNEX_QUERIES, RECEIVED_QUERIES = 8, 8


@pytest.fixture
def category(region):
    return make_category(make_round(make_programme(region=region), prefix="WMNJ-2027"))


@pytest.fixture
def application(office, category, lena):
    return make_application(office, category, started_by=lena)


@pytest.fixture
def received(office, region, lena, ana):
    """A whole application of a closed round."""
    closed = make_category(make_round(make_programme(region=region), **closed_days()))
    application = make_application(office, closed, started_by=lena)
    section = make_section(closed, titles={"en": "Clients"})
    make_paragraph(application, make_question(section, "text"), "Nine of ten clients would recommend us.")
    make_result(application, make_question(section, "results"), "Satisfied clients")
    make_annex(application, question=make_question(section, "file"), title="Letter of the tax office")
    make_submission(application, by=ana)
    return application


def at(name, *args):
    return reverse(f"awards:{name}", args=args)


def read(client, user, name, *args):
    client.force_login(user)
    return client.get(at(name, *args))


def send(client, user, name, pk, **typed):
    client.force_login(user)
    return client.post(at(name, pk), typed, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def pdf(name="letter.pdf", content=None):
    return SimpleUploadedFile(name, content or make_pdf())


# --- Annexes ---------------------------------------------------------------------------------------------------------


def test_lead_adds_an_annex_and_the_page_shows_that_it_is_given(client, application, lena):
    question = make_question(make_section(application.category), "file", titles={"en": "No arrears with ZUS"})
    assert "Missing" in read(client, lena, "annexes", application.pk).content.decode()

    page = send(client, lena, "annexes", application.pk, title="ZUS", file=pdf(), question=question.pk)

    assert said(page) == ["The annex “ZUS” is added."]
    assert Annex.objects.get().question == question
    assert "Missing" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("rules.pdf", locked_pdf, "The file is protected by a password, so its pages cannot be set in."),
        ("torn.pdf", lambda: b"%PDF-1.7\nexample", "The file cannot be read, so its pages cannot be set in."),
        ("torn.png", lambda: b"\x89PNG\r\n\x1a\nexample", "The file cannot be read, so its pages cannot be set in."),
    ],
)
def test_annex_that_cannot_be_set_in_is_told_while_it_can_still_be_changed(
    client, application, lena, name, content, why
):
    page = send(client, lena, "annexes", application.pk, title="Rules", file=pdf(name, content()))

    assert said(page) == ["The annex “Rules” is added.", why]


def test_word_file_renamed_to_pdf_is_refused_and_the_title_stays(client, application, lena):
    page = send(client, lena, "annexes", application.pk, title="Plan 2027", file=pdf("plan.pdf", b"PK\3\4word"))

    assert page.status_code == 422
    assert "something else is in it" in page.content.decode()
    assert "Plan 2027" in page.content.decode()


def test_annex_that_comes_too_late_is_refused_and_the_title_stays(client, application, lena):
    Round.objects.update(closes_at=timezone.now())

    page = send(client, lena, "annexes", application.pk, title="Plan 2027", file=pdf())

    assert page.status_code == 422
    assert "The last moment for this round has passed." in page.content.decode()
    assert "Plan 2027" in page.content.decode()


def test_annexes_are_moved_and_taken_out(client, application, lena):
    first, second = make_annex(application), make_annex(application)

    send(client, lena, "annex-move", second.pk, to="up")
    assert list(Annex.objects.order_by("position")) == [second, first]
    send(client, lena, "annex-remove", first.pk)
    assert list(Annex.objects.all()) == [second]


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_annexes_asks_the_same_number_of_questions(client, application, lena, many, django_assert_num_queries):
    for _number in range(many):
        make_annex(application, question=make_question(make_section(application.category), "file"))
    read(client, lena, "annexes", application.pk)

    with django_assert_num_queries(ANNEX_QUERIES):
        client.get(at("annexes", application.pk))


def test_file_is_given_to_the_office_and_after_the_closing_to_the_organiser(client, received, lena, rob, dora):
    annex = Annex.objects.get()

    found = read(client, lena, "annex-file", annex.pk)
    assert (found.status_code, b"".join(found.streaming_content)[:5]) == (200, b"%PDF-")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert read(client, rob, "annex-file", annex.pk).status_code == 200
    assert read(client, dora, "annex-file", annex.pk).status_code == 404


def test_organiser_gets_no_file_before_the_closing_nor_one_that_was_not_submitted(client, received, rob):
    later = make_annex(received)
    assert read(client, rob, "annex-file", later.pk).status_code == 404

    Round.objects.update(closes_at=timezone.now() + timedelta(hours=1))
    submitted = Annex.objects.exclude(pk=later.pk).get()
    assert read(client, rob, "annex-file", submitted.pk).status_code == 404


# --- Submitting ------------------------------------------------------------------------------------------------------


def test_director_submits_and_reads_the_receipt(client, application, ana):
    page = read(client, ana, "submit", application.pk).content.decode()
    assert "Nothing is missing" in page
    assert "nobody outside your office" in page

    receipt = send(client, ana, "submit", application.pk, confirmed="1")

    submission = Submission.objects.get()
    assert said(receipt) == ["The application is submitted. Its number is WMNJ-2027-001."]
    assert submission.sha256 in receipt.content.decode()
    assert at("verify", submission.code) in receipt.content.decode()
    assert Job.objects.filter(kind="awards.dossier", subject_id=submission.pk).count() == 1


def test_statement_has_to_be_ticked(client, application, ana):
    page = send(client, ana, "submit", application.pk)

    assert page.status_code == 422
    assert "Tick the statement" in page.content.decode()
    assert not Submission.objects.exists()


def test_page_names_what_is_missing_and_offers_no_button(client, application, ana):
    make_question(make_section(application.category, titles={"en": "Clients"}), titles={"en": "What do they say?"})

    page = read(client, ana, "submit", application.pk).content.decode()

    assert "Clients: no answer to “What do they say?”." in page
    assert "1 thing is missing" in page
    assert 'name="confirmed"' not in page


def test_lead_passes_on_and_cannot_submit(client, application, ana, lena):
    page = send(client, lena, "pass-on", application.pk)

    assert said(page) == ["The director has the application now, and gets a letter."]
    assert send(client, lena, "submit", application.pk, confirmed="1").status_code == 403
    assert [task.kind for task in tasks_of(ana, timezone.now())] == ["award_submit"]


def test_second_director_with_a_stale_page_is_told_who_submitted(client, application, ana, office):
    zofia = make_person("Zofia", "director", office=office)
    send(client, ana, "submit", application.pk, confirmed="1")

    page = send(client, zofia, "submit", application.pk, confirmed="1")

    assert page.redirect_chain[-1][0] == at("receipt", application.pk)
    assert said(page)[0].startswith(f"{ana.name} submitted this application already:")


def mark_on(page):
    """What the page says it showed."""
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]


def test_director_is_told_what_changed_after_the_page_was_opened_and_submits_what_was_read(
    client, application, ana, lena
):
    section = make_section(application.category, titles={"en": "Clients"})
    question = make_question(section, "text", is_required=False)
    make_section(application.category, titles={"en": "Partners"})
    opened = mark_on(read(client, ana, "submit", application.pk))
    make_paragraph(application, question, "Nine of ten clients would recommend us.")
    keep_version(application, section, by=lena, at=datetime(2026, 11, 20, 13, 2, tzinfo=UTC))
    make_annex(application)

    page = send(client, ana, "submit", application.pk, confirmed="1", seen=opened)
    text = page.content.decode()
    assert page.status_code == 409
    assert not Submission.objects.exists()
    assert "Nothing is submitted yet" in text
    assert "Read what is new, then tick the statement again." in text
    assert f"“Clients” was changed: last saved 20 November 2026, 14:02 (Europe/Warsaw), {lena.name}." in text
    assert at("section-history", application.pk, section.pk) in text
    assert "The annexes were changed." in text
    assert "Partners" not in text

    send(client, ana, "submit", application.pk, confirmed="1", seen=mark_on(page))
    assert Submission.objects.get().content["sections"][0]["questions"][0]["paragraphs"][0]["text"].startswith("Nine")


def test_what_changed_is_told_also_after_the_statement_was_forgotten(client, application, ana):
    opened = mark_on(read(client, ana, "submit", application.pk))
    make_annex(application)
    forgotten = send(client, ana, "submit", application.pk, seen=opened)
    assert forgotten.status_code == 422

    page = send(client, ana, "submit", application.pk, confirmed="1", seen=mark_on(forgotten))

    assert page.status_code == 409
    assert not Submission.objects.exists()


def test_late_submission_is_refused(client, application, ana):
    Round.objects.update(closes_at=timezone.now())

    page = send(client, ana, "submit", application.pk, confirmed="1")

    assert said(page) == ["The last moment for this round has passed. Nothing more is taken."]
    assert "Not open" in page.content.decode()


def test_director_withdraws_and_takes_up_again(client, application, ana, lena):
    send(client, ana, "submit", application.pk, confirmed="1")
    assert send(client, ana, "withdraw", application.pk, reason="").status_code == 422

    send(client, ana, "withdraw", application.pk, reason="A page is missing.")
    application.refresh_from_db()
    assert (application.state, application.withdrawn_reason) == (State.WITHDRAWN, "A page is missing.")
    send(client, ana, "take-up", application.pk)
    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, "WMNJ-2027-001")
    assert send(client, lena, "withdraw", application.pk, reason="Me too.").status_code == 403


def test_receipt_says_that_nothing_is_submitted_yet(client, application, lena):
    assert "Nothing is submitted yet" in read(client, lena, "receipt", application.pk).content.decode()


# --- Receiving -------------------------------------------------------------------------------------------------------


def test_before_the_closing_the_organiser_sees_numbers_and_no_office(client, application, category, ana, rob):
    send(client, ana, "submit", application.pk, confirmed="1")

    page = read(client, rob, "received", category.round_id).content.decode()

    assert "Sealed" in page
    assert "Gołdap" not in page
    assert "WMNJ-2027-001" not in page
    assert read(client, rob, "received-detail", application.pk).status_code == 404
    assert read(client, rob, "reopen", application.pk).status_code == 404


def test_after_the_closing_the_organiser_reads_what_was_frozen(client, received, rob):
    assert "Gołdapi" in read(client, rob, "received", received.category.round_id).content.decode()

    page = read(client, rob, "received-detail", received.pk).content.decode()

    for words in ("Nine of ten clients", "Satisfied clients", "Letter of the tax office", "submit it."):
        assert words in page


def test_organiser_of_another_region_receives_nothing(client, received, other_region):
    other = make_person("Olga", "regional_coordinator", region=other_region)

    assert read(client, other, "received", received.category.round_id).status_code == 403
    assert read(client, other, "received-detail", received.pk).status_code == 404


def test_organiser_opens_an_application_for_correction_and_the_office_corrects_it(client, received, rob, ana):
    until = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    wrong = send(client, rob, "reopen", received.pk, reason="Sign the statement.", until="2020-01-01T10:00")
    assert wrong.status_code == 422
    assert "Sign the statement." in wrong.content.decode()

    page = send(client, rob, "reopen", received.pk, reason="Sign the statement.", until=until)
    assert said(page) == ["The office can correct its application now, and gets a letter."]
    assert [task.kind for task in tasks_of(ana, timezone.now())] == ["award_correct"]
    assert "Give more time for the correction" in read(client, rob, "reopen", received.pk).content.decode()
    page = read(client, ana, "submit", received.pk).content.decode()
    assert "Sign the statement." in page
    assert "as soon as it is submitted: the organiser and the jury" in page
    assert "nobody outside your office" not in page
    send(client, ana, "submit", received.pk, confirmed="1")

    assert received.submissions.count() == 2
    assert "All submissions" in read(client, ana, "receipt", received.pk).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_received_asks_the_same_number_of_questions(client, region, ana, rob, many, django_assert_num_queries):
    closed = make_round(make_programme(region=region), **closed_days())
    for _number in range(many):
        make_submission(make_application(make_office(region=region), make_category(closed)), by=ana)
    read(client, rob, "received", closed.pk)

    with django_assert_num_queries(RECEIVED_QUERIES):
        client.get(at("received", closed.pk))
