"""Who applies is nobody else's to read: what history, jobs and outbox tell of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.services.dossiers import queue_dossier
from qms.core.audit import entries_visible_to, record
from qms.core.letters import job_done
from qms.core.models import Job, Letter
from qms.core.services import post_letter
from tests.factories.awards import make_application, make_category, make_round, make_submission
from tests.factories.jury import make_closed_round, make_received
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(office, lena):
    return make_application(office, started_by=lena)


def test_the_act_of_applying_stands_in_the_history_of_the_office_alone(application, lena, nora, pat):
    record(application, "awards.submit", by=lena, office_id=application.office_id)

    assert entries_visible_to(lena).filter(action="awards.submit").count() == 1
    assert entries_visible_to(nora).filter(action="awards.submit").count() == 0
    assert entries_visible_to(pat).filter(action="awards.submit").count() == 0


def test_what_is_done_with_a_round_stands_in_the_history_of_who_keeps_the_platform(nora):
    record(make_round(), "awards.submit", by=nora)

    assert entries_visible_to(nora).filter(action="awards.submit").count() == 1


def test_other_acts_of_the_office_are_followed_as_before(application, lena, nora):
    record(application.office, "offices.change_office", by=lena, office_id=application.office_id)

    assert entries_visible_to(nora).filter(action="offices.change_office").count() == 1


def test_work_of_no_office_about_an_application_is_followed_by_who_ordered_it(application, ana, nora, pat):
    job = queue_dossier(make_submission(application, by=ana), ana, language="en")

    seen = {one.first_name: job in Job.objects.visible_to(one) for one in (ana, nora, pat)}
    assert seen == {"Ana": True, "Nora": False, "Pat": False}


def test_no_browser_keeps_a_page_that_names_who_applied(client, application, ana, nora):
    received = make_received(make_office(), make_category(make_closed_round()))
    pages = [
        (ana, "application", application.pk),
        (ana, "receipt", application.pk),
        (nora, "received", received.category.round_id),
        (nora, "received-detail", received.pk),
    ]
    for person, name, pk in pages:
        client.force_login(person)
        answer = client.get(reverse(f"awards:{name}", args=[pk]))
        assert (answer.status_code, "no-store" in answer.get("Cache-Control", "")) == (200, True), name


def test_a_letter_about_an_application_is_in_no_other_outbox(application, lena, nora, settings):
    settings.QMS_DEMO = False  # a demonstration shows every letter
    letter = Letter.objects.create(
        kind="awards.submitted", to=lena.email, user=lena, office_id=application.office_id, language="pl",
        subject="Application submitted", due_at=timezone.now(),
    )  # fmt: skip

    assert letter in Letter.objects.visible_to(lena)
    assert letter not in Letter.objects.visible_to(nora)


@pytest.mark.parametrize(("is_personal", "seen"), [(True, False), (False, True)])
def test_what_a_juror_alone_reads_is_in_no_other_outbox(judy, nora, pat, settings, is_personal, seen):
    settings.QMS_DEMO = False
    letter = Letter.objects.create(
        kind="jury.visit_planned", to=judy.email, user=judy, language="pl", subject="QA-1: the jury visits",
        is_personal=is_personal, due_at=timezone.now(),
    )  # fmt: skip

    found = {one.first_name: letter in Letter.objects.visible_to(one) for one in (judy, nora, pat)}
    assert found == {"Judy": True, "Nora": seen, "Pat": seen}


def test_a_letter_that_a_dossier_is_done_tells_nobody_else_who_applied(application, ana, nora, pat, settings):
    settings.QMS_DEMO = False
    begun = timezone.now()
    job = queue_dossier(make_submission(application, by=ana), ana, language="en")
    Job.objects.update(state="done", started_at=begun, finished_at=begun)
    letter = post_letter(**job_done(Job.objects.get(pk=job.pk)))

    assert (letter.to, application.number in letter.subject) == (ana.email, True)
    seen = {one.first_name: letter in Letter.objects.visible_to(one) for one in (ana, nora, pat)}
    assert seen == {"Ana": True, "Nora": False, "Pat": False}


def test_trying_a_dossier_again_is_told_to_nobody_who_keeps_the_platform(client, application, ana, nora, pat):
    job = queue_dossier(make_submission(application, by=ana), ana, language="en")
    Job.objects.update(state="failed")
    client.force_login(ana)
    client.post(reverse("core:job-retry", args=[job.pk]))

    assert Job.objects.get().state == "queued"
    for one in (nora, pat):
        assert entries_visible_to(one).filter(action="core.retry_job").count() == 0


def test_sending_a_letter_about_an_application_again_stays_in_its_office(client, application, ana, lena, nora, pat):
    letter = Letter.objects.create(
        kind="awards.submitted", to=ana.email, user=ana, office_id=application.office_id, language="pl",
        subject="Application submitted", state="failed", due_at=timezone.now(),
    )  # fmt: skip
    client.force_login(lena)
    client.post(reverse("core:letter-resend", args=[letter.pk]))

    seen = {
        one.first_name: entries_visible_to(one).filter(action="core.resend_letter").count() for one in (ana, nora, pat)
    }
    assert seen == {"Ana": 1, "Nora": 0, "Pat": 0}
    page = client.get(reverse("core:history")).content.decode()
    assert "sealed" not in page


def test_a_job_about_an_application_is_followed_by_the_office_alone(application, lena, nora):
    job = Job.objects.create(
        kind="awards.dossier", title="Dossier", office_id=application.office_id, created_by=lena,
        language="pl", fingerprint="dossier", lease_until=timezone.now(),
    )  # fmt: skip

    assert job in Job.objects.visible_to(lena)
    assert job not in Job.objects.visible_to(nora)
