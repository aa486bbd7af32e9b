"""Who applies is nobody else's to read: what history, jobs and outbox tell of it."""

import pytest
from django.utils import timezone

from qms.core.audit import entries_visible_to, record
from qms.core.models import Job, Letter
from tests.factories.awards import make_application, make_round

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


def test_a_letter_about_an_application_is_in_no_other_outbox(application, lena, nora, settings):
    settings.QMS_DEMO = False  # a demonstration shows every letter
    letter = Letter.objects.create(
        kind="awards.submitted", to=lena.email, user=lena, office_id=application.office_id, language="pl",
        subject="Application submitted", due_at=timezone.now(),
    )  # fmt: skip

    assert letter in Letter.objects.visible_to(lena)
    assert letter not in Letter.objects.visible_to(nora)


def test_a_job_about_an_application_is_followed_by_the_office_alone(application, lena, nora):
    job = Job.objects.create(
        kind="awards.dossier", title="Dossier", office_id=application.office_id, created_by=lena,
        language="pl", fingerprint="dossier", lease_until=timezone.now(),
    )  # fmt: skip

    assert job in Job.objects.visible_to(lena)
    assert job not in Job.objects.visible_to(nora)
