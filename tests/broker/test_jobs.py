"""Long work with a real worker and a real broker: it arrives, also when processes die."""

from __future__ import annotations

import re

import psutil
import pytest

from tests.broker.conftest import Caller
from tests.journeys.stage import Demonstration, eventually, number_in

pytestmark = pytest.mark.broker


def approved_assessment(lead: Caller) -> int:
    return number_in(r'href="/en/assessments/(\d+)/"', lead.get("/en/assessments/").text())


def order_report(lead: Caller, language: str) -> int:
    """Orders the report on the page of results; the number of its job."""
    assessment = approved_assessment(lead)
    lead.get(f"/en/assessments/{assessment}/results/")
    lead.post(f"/en/assessments/{assessment}/report/", language=language)
    return number_in(r'href="/en/work/jobs/(\d+)/"', lead.get("/en/work/jobs/").text())


def files_in(lead: Caller, language: str) -> list[str]:
    """The addresses of the files on the page of results that are in this language."""
    page = lead.get(f"/en/assessments/{approved_assessment(lead)}/results/").text()
    rows = page.split('<div class="file">')[1:]
    return [row.split('href="')[1].split('"')[0] for row in rows if f"{language}, " in row]


def attempts_and_renderings(platform: Demonstration, job: int) -> tuple[int, int]:
    """How often a worker took the job, and how many files came of it."""
    said = platform.python(
        "from qms.core.models import Job; from qms.pdf.models import Rendering\n"
        f"job = Job.objects.get(pk={job})\n"
        "made = Rendering.objects.filter(subject_id=job.subject_id, language=job.arguments['language'])\n"
        "print(job.attempt, made.count())"
    )
    attempts, renderings = said.split()
    return int(attempts), int(renderings)


def is_done(lead: Caller, job: int) -> bool:
    news = lead.news_of(job)
    assert news["state"] != "failed", news["html"]
    return bool(news["state"] == "done")


@pytest.mark.parametrize(
    ("who_dies", "language", "title"), [("the worker", "en", "English"), ("its processes", "ru", "Russian")]
)
def test_report_arrives_exactly_once_although_it_was_killed_in_the_middle(
    who_dies: str, language: str, title: str, lead: Caller, platform: Demonstration
):
    workers = platform.worker_processes()
    job = order_report(lead, language)
    eventually(lambda: lead.news_of(job)["state"] == "running" and lead.news_of(job)["progress"] >= 10, pause=0.05)
    victims = workers if who_dies == "the worker" else workers[1:]
    for victim in victims:
        victim.kill()

    eventually(lambda: is_done(lead, job), within=240)

    attempts, renderings = attempts_and_renderings(platform, job)
    # On a slow machine the lease may run out once more before the second worker is ready.
    assert attempts in (2, 3)
    assert renderings == 1
    (report,) = files_in(lead, title)
    assert lead.get(report).body().startswith(b"%PDF")
    assert not any(psutil.pid_exists(victim.pid) and victim.is_running() for victim in victims)
    assert len(platform.worker_processes()) >= len(workers), "Somebody works again."


def meddle(platform: Demonstration, assessment: int, fingerprint: str) -> str:
    """Writes another fingerprint behind the platform's back; the one that stood there."""
    return platform.python(
        "from django.db.models import QuerySet; from qms.assessments.models import Snapshot\n"
        f"snapshots = QuerySet(Snapshot).filter(assessment={assessment})\n"
        "print(snapshots.get().sha256)\n"
        f"snapshots.update(sha256='{fingerprint}')"
    )


def test_failed_job_says_why_and_works_when_it_is_tried_again(lead: Caller, platform: Demonstration):
    assessment = approved_assessment(lead)
    fingerprint = meddle(platform, assessment, "0" * 64)
    job = order_report(lead, "pl")
    eventually(lambda: lead.news_of(job)["state"] == "failed")
    page = lead.get(f"/en/work/jobs/{job}/").text()
    assert "The approved content does not match its fingerprint any more." in page
    assert re.search(r"<button[^>]*>Try again", page)
    assert "The approved content does not match" in lead.get(f"/en/assessments/{assessment}/results/").text()

    meddle(platform, assessment, fingerprint)
    lead.post(f"/en/work/jobs/{job}/retry/")
    eventually(lambda: is_done(lead, job), within=240)

    assert attempts_and_renderings(platform, job) == (1, 1)


def test_the_clock_sends_a_job_that_was_never_sent_and_a_letter_that_was_forgotten(
    lead: Caller, platform: Demonstration
):
    job, letter = platform.python(
        "from django.utils import timezone\n"
        "from qms.accounts.models import User; from qms.assessments.models import Assessment\n"
        "from qms.core.models import Job; from qms.core.services import open_job, post_letter\n"
        f"assessment = Assessment.objects.get(pk={approved_assessment(lead)})\n"
        "lead = User.objects.get(email='koordynacja.jakosci@um-opole-lubelskie.example')\n"
        "job = open_job('assessments.report', title='Never sent', subject=assessment, by=lead,\n"
        "    office_id=assessment.office_id, arguments={'language': 'pl'})\n"
        "Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())\n"
        "letter = post_letter(kind='accounts.password_reset', to='forgotten@platforma.example', language='en',\n"
        "    template='accounts/password_reset', context={'name': 'Ana', 'email': '', 'address': 'http://x/'})\n"
        "print(job.pk, letter.pk)"
    ).split()

    eventually(lambda: is_done(lead, int(job)), within=240)
    eventually(lambda: 'class="state done"' in lead.get(f"/en/work/mail/{letter}/").text())
