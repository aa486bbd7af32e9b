"""Who gets a dossier, a form and an archive, and what strangers learn from a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Application
from qms.awards.services import archives
from qms.awards.services.dossiers import DOSSIER
from qms.core.models import Job
from qms.core.services import open_job, run_job
from tests.factories.awards import (
    make_application,
    make_category,
    make_programme,
    make_question,
    make_round,
    make_section,
)
from tests.factories.dossiers import make_dossier, make_submission

pytestmark = pytest.mark.django_db
MERGED = {
    "title": "No arrears",
    "file_name": "zus.pdf",
    "sha256": "0",
    "pages": 3,
    "first_page": 5,
    "outcome": "merged",
}
LOCKED = MERGED | {"title": "Pay rules", "pages": 0, "outcome": "encrypted", "reason": "It is locked."}


def days(**counts):
    now = timezone.now()
    return {name: now + timedelta(days=count) for name, count in counts.items()}


@pytest.fixture
def award(region):
    return make_round(make_programme(region=region))


@pytest.fixture
def submission(award, office):
    return make_submission(make_application(office, make_category(award)))


@pytest.fixture
def closed(submission):
    """The same round a month later."""
    award = submission.application.category.round
    for name, moment in days(opens_at=-30, closes_at=-1, embargo_until=30).items():
        setattr(award, name, moment)
    award.save()
    return award


def page_of(client, person, name, *args):
    if person is not None:
        client.force_login(person)
    return client.get(reverse(f"awards:{name}", args=args))


def test_the_page_tells_what_became_of_each_annex(client, ana, submission):
    make_dossier(submission, annexes=[MERGED | {"reason": ""}, LOCKED])
    page = page_of(client, ana, "dossier", submission.application_id).content.decode()

    assert "No arrears" in page
    assert "Pay rules" in page
    assert "It is locked." in page
    assert submission.sha256[:8] in page


def test_ordering_makes_one_job_that_only_its_owner_sees(client, ana, submission):
    client.force_login(ana)
    for _twice in range(2):
        answer = client.post(reverse("awards:dossier-order", args=[submission.application_id]))

    assert answer.status_code == 302
    job = Job.objects.get()
    assert (job.created_by, job.office_id) == (ana, None)
    assert job.title in page_of(client, ana, "dossier", submission.application_id).content.decode()


def test_nothing_is_ordered_of_a_draft(client, ana, award, office):
    draft = make_application(office, make_category(award))
    client.force_login(ana)
    client.post(reverse("awards:dossier-order", args=[draft.pk]))

    assert not Job.objects.exists()


def test_before_the_closing_nobody_but_the_office_has_it(client, ana, rob, nora, dora, submission):
    dossier = make_dossier(submission)

    assert page_of(client, ana, "dossier-file", dossier.pk).status_code == 200
    for person in (rob, nora, dora):
        assert page_of(client, person, "dossier-file", dossier.pk).status_code == 404
        assert page_of(client, person, "dossier", submission.application_id).status_code == 404


def test_after_the_closing_its_organiser_has_it(client, rob, dora, judy, closed, submission):
    dossier = make_dossier(submission)

    assert page_of(client, rob, "dossier-file", dossier.pk).status_code == 200
    assert page_of(client, rob, "dossier", submission.application_id).status_code == 200
    for person in (dora, judy):
        assert page_of(client, person, "dossier-file", dossier.pk).status_code == 404


def test_a_withdrawn_application_is_closed_to_its_organiser(client, rob, ana, closed, submission):
    dossier = make_dossier(submission)
    Application.objects.update(state=Application.State.WITHDRAWN)

    assert page_of(client, rob, "dossier-file", dossier.pk).status_code == 404
    assert page_of(client, ana, "dossier-file", dossier.pk).status_code == 200


def test_strangers_verify_a_code_and_never_learn_whose_it_is(client, submission, office):
    dossier = make_dossier(submission)
    page = page_of(client, None, "verify", submission.code).content.decode()

    assert submission.content["number"] in page
    assert submission.sha256[:8] in page
    assert dossier.sha256[:8] in page
    for secret in (office.name, office.short_name, office.city, submission.submitted_by.name):
        assert secret not in page


def test_a_code_is_found_however_it_was_typed(client, submission):
    typed = f"{submission.code[:4]}-{submission.code[4:8]}-{submission.code[8:]}".lower()
    answer = client.get(reverse("awards:verify-any"), {"code": typed}, follow=True)

    assert submission.content["number"] in answer.content.decode()


def test_a_wrong_code_gets_a_page_with_the_field_again(client, db):
    answer = page_of(client, None, "verify", "NOBODYSCODE2")

    assert answer.status_code == 404
    assert 'value="NOBODYSCODE2"' in answer.content.decode()


def test_the_form_is_set_once_and_then_given_out(client, boris, award):
    category = make_category(award)
    make_question(make_section(category))
    assert "blank/order/" in page_of(client, boris, "blank-file", category.pk).content.decode()

    client.post(reverse("awards:blank-order", args=[category.pk]))
    job = Job.objects.get()
    from_queue(job)
    answer = page_of(client, boris, "blank-file", category.pk)
    assert answer["Content-Type"] == "application/pdf"


def from_queue(job):

    assert run_job(job.pk).state == Job.State.DONE


def test_the_archive_is_sealed_until_the_round_closes(client, rob, award, submission):
    page = page_of(client, rob, "archive-order", award.pk).content.decode()
    client.post(reverse("awards:archive-order", args=[award.pk]))

    assert submission.content["number"] not in page
    assert not Job.objects.exists()
    assert page_of(client, rob, "archive-file", award.pk).status_code == 404


def test_the_organiser_orders_the_archive_and_gets_it(client, rob, ana, closed, submission):
    make_dossier(submission)
    assert page_of(client, ana, "archive-order", closed.pk).status_code == 403
    client.force_login(rob)
    client.post(reverse("awards:archive-order", args=[closed.pk]))
    assert Job.objects.get().created_by == rob

    archives.build_archive(closed, language=settings.LANGUAGE_CODE, at=timezone.now(), progress=lambda *_told: None)
    answer = page_of(client, rob, "archive-file", closed.pk)
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_much_for_one_file_as_for_three(
    client, ana, submission, count, django_assert_max_num_queries
):
    for number in range(count):
        make_dossier(submission, b"%PDF" + bytes([number]))
    page_of(client, ana, "dossier", submission.application_id)
    with django_assert_max_num_queries(22):
        page_of(client, ana, "dossier", submission.application_id)


# --- A job that failed ------------------------------------------------------------------------------------------------

STANDS = "The application itself stands as it was submitted: only the file could not be made."


def failed(person, kind, subject, *, language="en"):
    job = open_job(kind, title="Ordered", subject=subject, by=person, arguments={"language": language})
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished_at=timezone.now())
    return job


def shown_jobs(client, person, name, pk):
    return [row.job for row in page_of(client, person, name, pk).context["jobs"]]


def test_the_page_of_a_dossier_that_failed_says_that_the_application_stands(client, ana, submission):
    job = failed(ana, DOSSIER, submission)
    page = page_of(client, ana, "dossier", submission.application_id).content.decode()

    assert reverse("core:job-retry", args=[job.pk]) in page
    assert STANDS in page
    assert reverse("awards:dossier-order", args=[submission.application_id]) not in page


def test_a_failed_dossier_is_forgotten_once_somebody_set_it_or_sets_it(client, ana, lena, submission):
    failed(ana, DOSSIER, submission)
    other = open_job(DOSSIER, title="Again", subject=submission, by=lena, arguments={"language": "en"})
    assert shown_jobs(client, ana, "dossier", submission.application_id) == []
    Job.objects.filter(pk=other.pk).update(state=Job.State.DONE, finished_at=timezone.now())

    make_dossier(submission, language="en")
    assert shown_jobs(client, ana, "dossier", submission.application_id) == []


def test_a_dossier_that_failed_in_one_language_can_be_ordered_in_another(client, ana, submission):
    failed(ana, DOSSIER, submission, language="pl")
    page = page_of(client, ana, "dossier", submission.application_id).content.decode()

    assert reverse("awards:dossier-order", args=[submission.application_id]) in page
    assert STANDS not in page


def test_an_archive_that_failed_is_forgotten_once_it_stands(client, rob, closed, submission):
    job = failed(rob, archives.ARCHIVE, closed)
    assert shown_jobs(client, rob, "archive-order", closed.pk) == [job]

    make_dossier(submission, language="en")
    archives.build_archive(closed, language="en", at=timezone.now(), progress=lambda *_told: None)
    assert shown_jobs(client, rob, "archive-order", closed.pk) == []
