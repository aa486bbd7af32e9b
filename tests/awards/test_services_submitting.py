"""From the draft to the submitted application: numbers, receipts, lateness, withdrawal, correction."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qms.assessments.domain.snapshot import digest
from qms.awards.models import Annex, Answer, Application, Paragraph, Round, Submission
from qms.awards.queries.received import last_submission, received_in
from qms.awards.queries.whole import whole_of
from qms.awards.services import annexes, reminding
from qms.awards.services import submitting as services
from qms.core.models import Letter
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
from tests.factories.offices import make_person

State = Application.State
STATEMENT = "I submit it."
SOON = timedelta(days=3)


@pytest.fixture
def category(db):
    return make_category(make_round(prefix="WMNJ-2027"))


@pytest.fixture
def application(office, category, lena):
    return make_application(office, category, started_by=lena)


def submit(application, by, at=None):
    return services.submit_application(application, statement=STATEMENT, by=by, at=at or timezone.now())


def close(round, at=None):  # noqa: A002  the word of the awards
    """The round is closed since a moment."""
    Round.objects.filter(pk=round.pk).update(closes_at=(at or timezone.now()) - timedelta(seconds=1))


def refusal_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_first_submission_gives_the_number_and_freezes_everything(application, ana, lena, office):
    at = timezone.now()

    submission = submit(application, ana, at)

    application.refresh_from_db()
    assert (application.state, application.number) == (State.SUBMITTED, "WMNJ-2027-001")
    assert (submission.ordinal, submission.submitted_at, submission.submitted_by) == (1, at, ana)
    assert submission.sha256 == digest(submission.content)
    frozen = submission.content
    assert (frozen["number"], frozen["statement"], frozen["submitted_at"]) == (
        "WMNJ-2027-001",
        STATEMENT,
        at.isoformat(),
    )
    assert frozen["office"]["name"] == office.name
    assert json.loads(json.dumps(frozen)) == frozen
    assert {letter.to for letter in Letter.objects.filter(kind="awards.submitted")} == {ana.email, lena.email}


def test_numbers_follow_one_another_in_a_round(category, office, other_office, ana, dora):
    first = submit(make_application(office, category), ana)
    second = submit(make_application(other_office, category), dora)

    assert (first.content["number"], second.content["number"]) == ("WMNJ-2027-001", "WMNJ-2027-002")


def test_one_second_late_is_late(application, ana):
    closes = application.category.round.closes_at

    assert refusal_of(lambda: submit(application, ana, closes)) == (
        "The last moment for this round has passed. Nothing more is taken."
    )
    assert submit(application, ana, closes - timedelta(microseconds=1)).ordinal == 1


def test_extended_deadline_acts_at_once(application, ana):
    closes = application.category.round.closes_at
    Round.objects.filter(pk=application.category.round_id).update(closes_at=closes + timedelta(hours=1))

    assert submit(application, ana, closes).ordinal == 1


def test_second_director_is_told_who_submitted_and_when(application, ana, office):
    second = make_person("Zofia", "director", office=office)
    at = timezone.now().replace(year=2026, month=11, day=22, hour=9, minute=5)
    Round.objects.filter(pk=application.category.round_id).update(opens_at=at - timedelta(days=1))
    stale = Application.objects.select_related("category__round", "office").get(pk=application.pk)
    submit(application, ana, at)

    said = refusal_of(lambda: submit(stale, second, at + timedelta(minutes=1)))

    assert said == (
        f"{ana.name} submitted this application already: 22 November 2026, 10:05 (Europe/Warsaw). "
        "Nothing was submitted twice."
    )
    assert Submission.objects.count() == 1


def test_what_is_missing_keeps_it_from_being_submitted(application, ana):
    section = make_section(application.category)
    make_question(section, "text")
    make_question(section, "consent")
    make_rule(application.category)

    said = refusal_of(lambda: submit(application, ana))

    assert said == "The application cannot be submitted yet. Still missing: 3."
    assert not Submission.objects.exists()
    assert Round.objects.get().last_number == 0


def test_complete_application_is_submitted_with_its_answers(application, ana, lena):
    section = make_section(application.category)
    words, agreed = make_question(section, "text"), make_question(section, "consent")
    Paragraph.objects.create(application=application, question=words, text="We ask our clients.", by=lena)
    Answer.objects.create(application=application, question=agreed, value={"agreed": True}, by=ana)

    found = submit(application, ana).content["sections"][0]["questions"]

    assert [one["text"] for one in found[0]["paragraphs"]] == ["We ask our clients."]
    assert found[1]["agreed"] is True


def test_passing_on_writes_to_the_director(application, ana, lena):
    at = timezone.now()

    services.pass_on(application, by=lena, at=at)

    assert Application.objects.get().passed_at == at
    assert [letter.to for letter in Letter.objects.filter(kind="awards.passed_on")] == [ana.email]


def test_office_without_a_director_cannot_pass_on(application, lena):
    said = refusal_of(lambda: services.pass_on(application, by=lena, at=timezone.now()))

    assert said == "The office has no director on this platform. Ask for one to be invited first."


def test_withdrawn_application_is_taken_up_again_before_the_closing_and_keeps_its_number(application, ana):
    submit(application, ana)
    services.withdraw_application(application, reason="A page is missing.", by=ana, at=timezone.now())

    services.take_up_application(application, by=ana, at=timezone.now())
    again = submit(application, ana)

    assert (again.ordinal, again.content["number"]) == (2, "WMNJ-2027-001")
    assert last_submission(application) == again


def test_withdrawn_application_stays_withdrawn_after_the_closing(application, ana):
    services.withdraw_application(application, reason="No time.", by=ana, at=timezone.now())
    close(application.category.round)

    said = refusal_of(lambda: services.take_up_application(application, by=ana, at=timezone.now()))

    assert said == "The round takes no applications any more, so this one stays withdrawn."


def test_correction_is_open_until_its_deadline_and_makes_a_new_submission(application, ana, nora, lena):
    first, now = submit(application, ana), timezone.now()
    close(application.category.round, now)
    facts = {"reason": "The statement is not signed.", "until": now + SOON, "by": nora, "at": now}
    services.reopen_application(application, **facts)

    letters = Letter.objects.filter(kind="awards.reopened")
    assert {letter.to for letter in letters} == {ana.email, lena.email}
    assert "The statement is not signed." in letters[0].text
    assert refusal_of(lambda: submit(application, ana, now + SOON)) == (
        "The deadline of the correction has passed. What was submitted before counts."
    )
    assert last_submission(application) == first
    assert submit(application, ana, now + SOON - timedelta(seconds=1)).ordinal == 2


def test_a_report_that_grows_too_old_during_a_correction_still_counts(office, lena, ana, nora):
    now = timezone.now()
    category = make_category(make_round(closes_at=now + SOON), framework=make_edition())
    make_rule(category, "assessment", value={"months": 24})
    make_told_report(office, {"1.1": ["Goals are known."]}, approved_at=now - SOON)
    application = make_application(office, category, started_by=lena)
    submit(application, ana, now)
    reopened, late = now + 2 * SOON, now + timedelta(days=900)
    facts = {"reason": "Sign it.", "until": late + SOON, "by": nora, "at": reopened}
    services.reopen_application(application, **facts)

    corrected = submit(application, ana, late)

    assert [one["met"] for one in corrected.content["eligibility"]] == [True]


def test_deadline_of_a_correction_moves_to_later_only_and_the_office_is_told(application, ana, nora):
    submit(application, ana)
    now = timezone.now()
    close(application.category.round, now)
    services.reopen_application(application, reason="Sign it.", until=now + SOON, by=nora, at=now)
    facts = {"reason": "Sign it.", "by": nora, "at": now + SOON}

    said = refusal_of(lambda: services.extend_correction(application, until=now + SOON, **facts))
    services.extend_correction(application, until=now + 2 * SOON, **facts)

    assert said == "Choose a deadline that is later than the one that stands."
    assert Letter.objects.filter(kind="awards.reopened", to=ana.email).count() == 2
    assert submit(application, ana, now + SOON).ordinal == 2


def test_nothing_is_opened_for_correction_while_it_is_sealed(application, ana, nora):
    submit(application, ana)
    now = timezone.now()

    said = refusal_of(
        lambda: services.reopen_application(application, reason="Sign it.", until=now + SOON, by=nora, at=now)
    )

    assert said == "Applications are sealed until the round closes."


def test_organiser_receives_after_the_closing_what_was_submitted_and_no_draft(
    category, application, other_office, ana, nora
):
    make_application(other_office, category)
    submit(application, ana)
    now = timezone.now()

    before = list(received_in(category.round, nora, now))
    close(category.round, now)
    after = list(received_in(category.round, nora, now))

    assert (before, after) == ([], [application])


def test_annex_that_was_submitted_keeps_its_file_when_it_is_taken_out(application, ana, lena):
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.7\nexample")
    now = timezone.now()
    annex = annexes.add_annex(application, title="Letter", file=file, question=None, by=lena, at=now)
    submit(application, ana)
    services.withdraw_application(application, reason="The letter is wrong.", by=ana, at=now)
    services.take_up_application(application, by=ana, at=now)

    annexes.remove_annex(annex, by=lena, at=now)

    kept = Annex.objects.get()
    assert (kept.removed_at, kept.file.read()) == (now, b"%PDF-1.7\nexample")
    assert submit(application, ana).content["annexes"] == []


@pytest.mark.parametrize(("days", "letters"), [(8, 0), (7, 2), (2, 2), (1, 2)])
def test_heads_of_an_office_with_a_draft_are_reminded(application, ana, lena, days, letters):
    at = application.category.round.closes_at - timedelta(days=days)

    assert (reminding.remind(at=at), reminding.remind(at=at)) == (letters, 0)
    assert Letter.objects.filter(kind="awards.closing").count() == letters


def test_reminder_goes_a_week_and_a_day_before_the_closing_and_anew_after_it_was_moved(application, ana, lena):
    closes = application.category.round.closes_at
    told = [reminding.remind(at=closes - timedelta(days=days)) for days in (7, 6, 1)]
    Round.objects.update(closes_at=closes + timedelta(days=7))

    assert [*told, reminding.remind(at=closes)] == [2, 0, 2, 2]


@pytest.mark.parametrize("many", [1, 3])
def test_freezing_asks_the_same_number_of_questions_however_much_is_written(
    application, lena, many, django_assert_num_queries
):
    for number in range(many):
        question = make_question(make_section(application.category))
        Paragraph.objects.create(application=application, question=question, text=f"{number}", by=lena)
        file = SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7 " + str(number).encode())
        facts = {"title": "Letter", "file": file, "question": None, "by": lena, "at": timezone.now()}
        annexes.add_annex(application, **facts)
    rows = Application.objects.select_related("category__round__programme", "category__framework", "office__region")
    fresh = rows.get()

    with django_assert_num_queries(8):
        whole_of(fresh, statement="", at=timezone.now())
