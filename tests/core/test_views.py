import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qms.core import audit, services, tasks
from qms.core.models import Job, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(builds, anna):
    return services.open_job("example.works", title="Report of Gołdap", subject=None, by=anna, office_id=7)


@pytest.fixture
def failed(builds, anna):
    job = services.open_job("example.refuses", title="Refused report", subject=None, by=anna, office_id=7)
    services.run_job(job.pk)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def letter(anna):
    return Letter.objects.create(
        kind="invitation",
        to="jan@pup.example",
        language="pl",
        subject="Zaproszenie do zespołu",
        text="Otwórz https://qms.example/pl/people/invitation/secret-token/",
        html="<p>Otwórz <a href='https://qms.example'>stronę</a></p><script>alert(1)</script>",
        due_at=timezone.now(),
        office_id=7,
    )


# --- Jobs ---


def test_page_shows_progress_and_where_to_ask_for_news(client, anna, job):
    services.jobs._take(job.pk, carrier="x", at=timezone.now())
    Job.objects.update(progress=40, step="Typesetting")
    client.force_login(anna)

    page = client.get(job.get_absolute_url()).content.decode()

    assert 'value="40"' in page
    assert "Typesetting" in page
    assert f'data-job-news="{job.get_absolute_url()}?as=json"' in page
    assert "core/job.js" in page


def test_news_tell_how_far_it_is_and_bring_the_row_when_done(client, anna, job):
    client.force_login(anna)
    waiting = client.get(job.get_absolute_url() + "?as=json").json()
    services.run_job(job.pk)
    done = client.get(job.get_absolute_url() + "?as=json").json()

    assert waiting == {"state": "queued", "open": True, "progress": 0, "step": "waiting", "html": ""}
    assert (done["state"], done["open"], done["progress"]) == ("done", False, 100)
    assert f'href="/result/{job.pk}/">Open the report</a>' in done["html"]
    assert "data-job-body" in done["html"]


def test_fragment_of_a_failed_job_has_its_reason_and_a_button(client, anna, failed):
    client.force_login(anna)

    page = client.get(failed.get_absolute_url() + "?as=fragment").content.decode()

    assert "Only 3 of 5 offices agreed." in page
    assert "Try again" in page
    assert "csrfmiddlewaretoken" in page
    assert "data-job-open" not in page


def test_try_again_opens_the_job_anew_sends_it_and_is_written_down(
    client, anna_leads_office_7, failed, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(tasks.run_job, "delay", lambda **kwargs: sent.append(kwargs))
    client.force_login(anna_leads_office_7)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("core:job-retry", args=[failed.pk]))

    failed.refresh_from_db()
    assert answer.url == failed.get_absolute_url()
    assert (failed.state, sent) == ("queued", [{"job_id": failed.pk}])
    assert audit.entries_visible_to(anna_leads_office_7).get().action == "core.retry_job"


def test_try_again_of_a_job_that_waits_tells_why_not(client, anna, job):
    client.force_login(anna)

    page = client.post(reverse("core:job-retry", args=[job.pk]), follow=True).content.decode()

    assert "Only a job that failed can be tried again." in page.replace("\xa0", " ")


def test_jobs_of_others_do_not_exist(client, dora, job):
    client.force_login(dora)

    answers = [
        client.get(job.get_absolute_url()),
        client.get(job.get_absolute_url() + "?as=json"),
        client.post(reverse("core:job-retry", args=[job.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Report of Gołdap" not in client.get(reverse("core:jobs")).content.decode()


def test_list_can_be_narrowed_to_failed_jobs(client, anna, job, failed):
    client.force_login(anna)

    page = client.get(reverse("core:jobs"), {"state": "failed"}).content.decode()

    assert "Refused report" in page
    assert "Report of Gołdap" not in page


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_list_of_jobs_costs_the_same_for_one_and_for_three(client, builds, admin):
    client.force_login(admin)
    client.get(reverse("core:jobs"))
    counts = []
    for number in range(3):
        services.open_job("example.works", title="x", subject=None, by=admin, arguments={"number": number})
        counts.append(queries_of(client, reverse("core:jobs")))

    assert counts == [counts[0]] * 3


# --- Letters ---


def test_outbox_finds_by_address_and_subject_and_gives_a_csv(client, admin, letter):
    client.force_login(admin)
    found = client.get(reverse("core:outbox"), {"q": "JAN@"}).content.decode()
    missed = client.get(reverse("core:outbox"), {"q": "nobody", "state": "sent"}).content.decode()
    sheet = client.get(reverse("core:outbox"), {"as": "csv"})

    assert "Zaproszenie do zespołu" in found
    assert "No letters here" in missed
    assert "Zaproszenie do zespołu" in sheet.content.decode("utf-8-sig")
    assert sheet.headers["Content-Disposition"].startswith('attachment; filename="outbox-')


def test_outbox_is_closed_to_those_who_follow_no_office(client, dora, letter, settings):
    settings.QMS_DEMO = False
    client.force_login(dora)

    assert client.get(reverse("core:outbox")).status_code == 403
    assert client.get(letter.get_absolute_url()).status_code == 404


def test_everyone_may_read_letters_in_a_demonstration(client, dora, letter):
    client.force_login(dora)

    page = client.get(letter.get_absolute_url()).content.decode()

    assert 'href="https://qms.example/pl/people/invitation/secret-token/"' in page
    assert 'sandbox=""' in page


def test_letter_with_a_personal_link_is_read_by_its_addressee_alone(client, admin, anna, letter, settings):
    settings.QMS_DEMO = False
    Letter.objects.update(is_personal=True, user=anna)
    client.force_login(admin)
    seen_by_admin = client.get(letter.get_absolute_url()).content.decode()
    raw = client.get(reverse("core:letter-html", args=[letter.pk]))
    client.force_login(anna)
    seen_by_anna = client.get(letter.get_absolute_url()).content.decode()

    assert "secret-token" not in seen_by_admin
    assert raw.status_code == 403
    assert "secret-token" in seen_by_anna


def test_letters_html_can_do_nothing(client, admin, letter):
    client.force_login(admin)

    policy = client.get(reverse("core:letter-html", args=[letter.pk])).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src 'none'" in policy


def test_letter_that_failed_can_be_sent_again(client, admin, letter):
    Letter.objects.update(state="failed", attempt=5, reason="SMTP down")
    client.force_login(admin)
    before = client.get(letter.get_absolute_url()).content.decode()

    client.post(reverse("core:letter-resend", args=[letter.pk]))

    letter.refresh_from_db()
    assert "SMTP down" in before
    assert (letter.state, letter.attempt, letter.reason) == ("waiting", 0, "")
    assert audit.entries_visible_to(admin).get().action == "core.resend_letter"


def test_readers_of_a_demonstration_cannot_send_letters_again(client, dora, letter):
    Letter.objects.update(state="failed")
    client.force_login(dora)

    assert client.post(reverse("core:letter-resend", args=[letter.pk])).status_code == 403


# --- History ---


@pytest.fixture
def acts(anna, dora, job, letter):
    audit.record(job, "core.retry_job", by=anna, office_id=7, before="failed", fields=["state"], nothing="")
    audit.record(letter, "core.resend_letter", by=dora, office_id=8)
    audit.record(letter, "core.resend_letter", by=None)


def shown(client, **asked):
    answer = client.get(reverse("core:history"), asked)
    return [(act.person, act.action, act.label) for act in answer.context["acts"]]


def test_administrator_reads_everything(client, admin, acts):
    client.force_login(admin)

    assert [person for person, *_ in shown(client)] == ["the system", "Dora Kos", "Anna Nowak"]


def test_office_reads_its_own_acts_with_their_facts(client, anna_leads_office_7, acts):
    client.force_login(anna_leads_office_7)

    page = client.get(reverse("core:history"))

    assert [act.person for act in page.context["acts"]] == ["Anna Nowak"]
    assert page.context["acts"][0].facts == "before: failed; fields: state"
    assert "Job tried again" in page.content.decode()
    assert "Dora Kos" not in page.content.decode()


def test_history_is_closed_to_those_who_follow_no_office(client, dora, acts):
    client.force_login(dora)

    assert client.get(reverse("core:history")).status_code == 403


def test_history_is_narrowed_by_action_person_date_and_office(client, admin, anna, acts):
    client.force_login(admin)
    today = timezone.localdate()

    assert len(shown(client, action="core.retry_job")) == 1
    assert len(shown(client, person=anna.pk)) == 1
    assert len(shown(client, office=8)) == 1
    assert len(shown(client, **{"from": today.isoformat(), "to": today.isoformat()})) == 3
    assert shown(client, to=(today - dt.timedelta(days=1)).isoformat()) == []
    assert len(shown(client, **{"from": "2026-99-99", "person": "x", "office": "'"})) == 3


def test_history_downloads_as_a_sheet_without_formulas(client, admin, anna, acts):
    Job.objects.update(title="=cmd()")
    audit.record(Job.objects.get(), "core.retry_job", by=anna, office_id=7, note="=1+1")
    client.force_login(admin)

    sheet = client.get(reverse("core:history"), {"as": "csv"}).content.decode("utf-8-sig")

    assert sheet.splitlines()[0] == "When,Who,What,Object,Details"
    assert len(sheet.splitlines()) == 5


def test_history_costs_the_same_for_one_and_for_three(client, admin, job):
    client.force_login(admin)
    client.get(reverse("core:history"))
    counts = []
    for _ in range(3):
        audit.record(job, "core.retry_job", by=admin, office_id=7)
        counts.append(queries_of(client, reverse("core:history")))

    assert counts == [counts[0]] * 3


# --- Health ---


def test_health_tells_of_database_and_broker(client):
    answer = client.get(reverse("health"))

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "broker": "ok"})


def test_health_tells_when_the_broker_is_down(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.connection_for_write", refuse)
    answer = client.get(reverse("health"))

    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "broker": "down"})
