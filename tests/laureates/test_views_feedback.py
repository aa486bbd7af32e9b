"""Reports in pages, for their organiser and, once the embargo has ended, for the office."""

from __future__ import annotations

import pytest
from django.urls import reverse

from qms.core.models import Job
from qms.core.services import run_job
from qms.laureates.models import Diploma, FeedbackReport
from qms.laureates.services import feedback as services
from tests.factories.awards import make_programme
from tests.factories.jury import make_closed_round
from tests.factories.laureates import end_embargo, make_decided_category, make_feedback
from tests.factories.offices import make_office, make_person

LIST_QUERIES, PAGE_QUERIES = 9, 10


@pytest.fixture
def decided(office, region, ana, lena):
    """Our office wins in a round of our region; the embargo has not ended."""
    found = make_closed_round(programme=make_programme(region=region))
    return make_decided_category({office: 71, make_office(): 55}, of=found)


@pytest.fixture
def report(decided, office, nora):
    services.lay_down(decided.round, by=nora)
    return FeedbackReport.objects.get(application__office=office)


def at(name, *args):
    return reverse(f"laureates:{name}", args=args)


def read(client, user, name, *args):
    client.force_login(user)
    return client.get(at(name, *args))


def send(client, user, name, pk, **typed):
    client.force_login(user)
    return client.post(at(name, pk), typed, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def typed_of(report, **more):
    words = {"version": report.version, "opening": report.opening, "closing": report.closing}
    for row in report.sections:
        words |= {f"strengths_{row['pk']}": row["strengths"], f"areas_{row['pk']}": row["areas"]}
    return words | more


# --- The organiser ---------------------------------------------------------------------------------------------------


def test_organiser_lays_down_all_reports(client, decided, nora):
    page = send(client, nora, "feedback-lay-down", decided.round_id)

    assert said(page) == ["2 reports are laid down."]
    assert FeedbackReport.objects.count() == 2


def test_before_the_list_is_closed_the_page_says_why_nothing_is_laid_down(client, office, nora):
    category = make_decided_category({office: 71}, closed=False)

    page = send(client, nora, "feedback-lay-down", category.round_id)

    assert said(page) == ["Reports are laid down when the jury has closed a list of prizes."]


def test_organiser_edits_and_approves_one_report(client, report, nora):
    pk = report.sections[0]["pk"]
    page = send(client, nora, "feedback-edit", report.pk, **typed_of(report, **{f"areas_{pk}": "Ask every spring."}))
    assert said(page) == ["The report is saved."]
    assert "Ask every spring." in page.content.decode()

    version = FeedbackReport.objects.get(pk=report.pk).version
    page = send(client, nora, "feedback-approve", decided_round(report), report=report.pk, version=version)
    assert said(page) == ["1 report is approved."]


def decided_round(report):
    return report.application.category.round_id


def test_stale_page_shows_both_versions_and_loses_nothing(client, report, nora):
    typed = typed_of(report, opening="My greeting.")
    send(client, nora, "feedback-edit", report.pk, **typed_of(report, opening="Their greeting."))

    page = send(client, nora, "feedback-edit", report.pk, **typed)

    assert page.status_code == 409
    assert "Both versions are on this page." in page.content.decode()
    assert [label for label, _clash in page.context["clashes"]] == ["First words"]
    assert page.context["form"]["opening"].value() == "My greeting."
    again = typed | {"version": page.context["form"]["version"].value()}
    assert said(send(client, nora, "feedback-edit", report.pk, **again)) == ["The report is saved."]


def test_too_long_text_stays_on_the_page(client, report, nora):
    page = send(client, nora, "feedback-edit", report.pk, **typed_of(report, opening="a" * 4001))

    assert page.status_code == 422
    assert page.context["form"]["opening"].value() == "a" * 4001


def test_what_was_laid_down_can_be_saved_however_long_it_is(client, report, nora):
    words = "\n".join(f"Juror {number} saw much: {'a' * 3980}" for number in range(3))
    report.sections = [row | {"strengths": words} for row in report.sections]
    report.save()
    typed = {name: str(value).replace("\n", "\r\n") for name, value in typed_of(report, opening="Hello.").items()}

    assert said(send(client, nora, "feedback-edit", report.pk, **typed)) == ["The report is saved."]
    assert {row["strengths"] for row in FeedbackReport.objects.get(pk=report.pk).sections} == {words}


def test_report_changed_after_it_was_read_is_not_approved(client, report, nora):
    send(client, nora, "feedback-edit", report.pk, **typed_of(report, opening="Changed."))

    page = send(client, nora, "feedback-approve", decided_round(report), report=report.pk, version=1)

    assert said(page) == ["Somebody changed this report after you opened it. Read it again before you approve it."]


@pytest.mark.parametrize("named", ["x", "²", "0", "9" * 30, "9" * 5000])
def test_what_names_no_report_approves_none(client, report, nora, named):
    page = send(client, nora, "feedback-approve", decided_round(report), report=named, version=1)

    assert said(page) == ["There is no draft to approve."]
    assert FeedbackReport.objects.get(pk=report.pk).state == FeedbackReport.State.DRAFT


def test_report_is_not_approved_without_saying_which_version_was_read(client, report, nora):
    page = send(client, nora, "feedback-approve", decided_round(report), report=report.pk)

    assert said(page) == ["Somebody changed this report after you opened it. Read it again before you approve it."]


def test_approved_report_is_taken_back(client, report, nora):
    send(client, nora, "feedback-approve", decided_round(report))

    assert said(send(client, nora, "feedback-reopen", report.pk)) == ["The report is a draft again."]


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_as_often_for_one_as_for_three(client, django_assert_num_queries, nora, many):
    category = make_decided_category({make_office(): 60 + number for number in range(many)})
    services.lay_down(category.round, by=nora)
    read(client, nora, "feedback-list", category.round_id)

    with django_assert_num_queries(LIST_QUERIES):
        page = read_again(client, "feedback-list", category.round_id)
    assert page.content.decode().count("Read and approve") == many


def read_again(client, name, *args):
    return client.get(at(name, *args))


def test_round_that_has_not_closed_shows_nobody(client, decided, nora):
    end_embargo(decided.round)
    decided.round.closes_at = decided.round.embargo_until = decided.round.closes_at.replace(year=2030)
    decided.round.save()

    page = read(client, nora, "feedback-list", decided.round_id).content.decode()

    assert "Nothing to show yet" in page
    assert decided.applications.first().number not in page


# --- The office ------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(report, nora, decided):
    services.approve_feedback(decided.round, by=nora, at=report.updated_at)
    end_embargo(decided.round)
    return FeedbackReport.objects.get(pk=report.pk)


@pytest.mark.parametrize("who", ["ana", "lena"])
def test_heads_read_result_and_report_after_the_embargo(client, told, request, who):
    person = request.getfixturevalue(who)

    result = read(client, person, "result", told.application_id).content.decode()
    report = read(client, person, "feedback", told.pk).content.decode()

    assert "Statuette" in result
    assert at("feedback", told.pk) in result
    assert "Goals are known to everybody." in report
    assert "70 to 80 points" in report
    assert "Approve" not in report


def test_draft_is_not_read_by_the_office_even_after_the_embargo(client, report, decided, ana):
    end_embargo(decided.round)

    assert read(client, ana, "feedback", report.pk).status_code == 404
    page = read(client, ana, "result", report.application_id).content.decode()
    assert "The feedback report is being written." in page
    assert "Goals are known" not in page


def test_who_only_writes_with_the_heads_reads_no_result(client, told, boris):
    told.application.editors.add(boris)

    assert read(client, boris, "result", told.application_id).status_code == 404
    assert read(client, boris, "feedback", told.pk).status_code == 404


def test_foreign_office_and_juror_read_nothing(client, told, dora, judy, rob):
    for person in (dora, judy):
        assert read(client, person, "result", told.application_id).status_code == 404
        assert read(client, person, "feedback", told.pk).status_code == 404
    assert read(client, rob, "feedback", told.pk).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_report_asks_as_often_for_one_section_as_for_three(client, django_assert_num_queries, office, ana, many):
    category = make_decided_category({office: 60}, of=end_embargo(make_closed_round()), sections=many)
    report = make_feedback(category.applications.get(), approved=True)
    read(client, ana, "feedback", report.pk)

    with django_assert_num_queries(PAGE_QUERIES):
        read_again(client, "feedback", report.pk)


def test_file_is_ordered_made_and_read_by_the_office(client, told, ana):
    assert read(client, ana, "feedback-file", told.pk).url == at("feedback", told.pk) + "#file"

    client.post(at("feedback-order", told.pk))
    job = Job.objects.get(kind="laureates.feedback")
    assert (job.office_id, job.title) == (None, f"Feedback report {told.application.number}")
    assert run_job(job.pk).state == Job.State.DONE

    answer = read(client, ana, "feedback-file", told.pk)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'attachment; filename="Feedback report {told.application.number}.pdf"'


def test_laureate_is_led_to_diploma_and_practice_and_others_are_not(client, told, decided, nora, ana):
    laurel = decided.decision_lists.get().decisions.get(prize__isnull=False)
    diploma = Diploma.objects.create(
        decision=laurel, number="D-1", content={}, issued_at=told.updated_at, issued_by=nora
    )

    page = read(client, ana, "result", told.application_id).content.decode()

    assert at("diploma-file", diploma.pk) in page
    assert at("practice", told.application_id) in page
    Diploma.objects.update(revoked_at=told.updated_at)
    assert at("diploma-file", diploma.pk) not in read(client, ana, "result", told.application_id).content.decode()


def test_who_won_nothing_is_led_to_no_practice(client, told, decided):
    lost = decided.decision_lists.get().decisions.get(prize__isnull=True).application
    director = make_person("Otto", "director", office=lost.office)

    page = read(client, director, "result", lost.pk).content.decode()

    assert "No prize this time" in page
    assert at("practice", lost.pk) not in page
