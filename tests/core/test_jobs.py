import datetime as dt
import logging

import pytest
from django.utils import timezone, translation

from qms.core import jobs, services, tasks
from qms.core.models import Job
from qms.lifecycle import Refused

pytestmark = pytest.mark.django_db


def opened(kind="example.works", *, by=None, **changes):
    return services.open_job(kind, title="Report of Gołdap", subject=None, by=by, **changes)


def test_job_runs_and_says_where_its_result_is(builds):
    job = opened()

    tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.progress, job.result_url, job.attempt) == ("done", 100, f"/result/{job.pk}/", 1)
    assert job.finished_at is not None


def test_job_that_is_done_is_not_done_again(builds):
    job = opened()

    tasks.run_job(job_id=job.pk)
    tasks.run_job(job_id=job.pk, from_a_newer_caller=True)

    assert builds == [job.pk]


def test_number_of_a_job_that_is_gone_does_nothing(builds):
    tasks.run_job(job_id=123456)

    assert builds == []


def test_same_job_is_opened_once_while_it_is_open(builds, anna):
    first = services.open_job("example.works", title="Report", subject=anna, by=anna, arguments={"year": 2026})

    again = services.open_job("example.works", title="Report", subject=anna, by=None, arguments={"year": 2026})
    other = services.open_job("example.works", title="Report", subject=anna, by=None, arguments={"year": 2027})
    tasks.run_job(job_id=first.pk)
    later = services.open_job("example.works", title="Report", subject=anna, by=None, arguments={"year": 2026})

    assert first == again
    assert len({first.pk, other.pk, later.pk}) == 3
    assert list(Job.objects.about(anna).order_by("pk")) == [first, other, later]


def test_many_jobs_are_opened_with_as_many_queries_as_one(anna, django_assert_num_queries):
    def order(year):
        return services.Order(f"Report {year}", anna, {"year": year}, office_id=7)

    with django_assert_num_queries(4):  # a savepoint, its end, and the two
        services.open_jobs("example.works", [order(2020)], by=anna)
    with django_assert_num_queries(4):
        jobs_of_years = services.open_jobs("example.works", map(order, range(2021, 2041)), by=anna)

    first = jobs_of_years[0]
    assert [job.title for job in jobs_of_years] == [f"Report {year}" for year in range(2021, 2041)]
    assert (first.subject_id, first.office_id, first.created_by, first.state) == (anna.pk, 7, anna, "queued")


def test_of_many_jobs_those_that_are_open_already_are_not_opened_again(builds, anna):
    one = services.open_job("example.works", title="Report", subject=anna, by=anna, arguments={"year": 2026})
    orders = [services.Order("Report", anna, {"year": year}) for year in (2026, 2027, 2027)]

    opened_now = services.open_jobs("example.works", orders, by=None)
    tasks.run_job(job_id=one.pk)
    later = services.open_jobs("example.works", orders, by=None)

    assert (opened_now[0], len(opened_now)) == (one, 2)
    assert [job.arguments["year"] for job in later] == [2027, 2026]


def test_refusal_is_told_in_the_readers_language_and_not_tried_again(builds):
    job = opened("example.refuses")

    tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.why) == ("failed", 1, "Only 3 of 5 offices agreed.")


def test_fault_of_ours_is_tried_three_times_and_told_without_its_inner_words(builds, caplog):
    job = opened("example.breaks")
    now = timezone.now()

    with caplog.at_level(logging.CRITICAL):
        for hour in (0, 1, 2):
            services.sweep_jobs(at=now + dt.timedelta(hours=hour))
            tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("failed", 3)
    assert job.why == services.SOMETHING_BROKE


def test_job_of_an_unknown_kind_fails_with_a_sentence(handlers, caplog):
    job = opened("example.nobody_does_this")

    with caplog.at_level(logging.CRITICAL):
        tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("queued", 1)


def test_job_that_a_worker_holds_is_left_to_it(builds):
    job = opened()
    services.jobs._take(job.pk, carrier="one", at=timezone.now())

    tasks.run_job(job_id=job.pk)

    assert builds == []


def test_message_that_comes_back_from_a_killed_worker_is_worked_on_at_once(builds):
    job = opened()
    services.jobs._take(job.pk, carrier="message-1", at=timezone.now())

    services.run_job(job.pk, carrier="message-1")

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("done", 2)


def test_killed_workers_job_is_sent_again_when_its_lease_has_run_out(builds, settings):
    job, now = opened(), timezone.now()
    services.jobs._take(job.pk, carrier="dead", at=now)
    lease = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)

    early = services.sweep_jobs(at=now + lease - dt.timedelta(seconds=1))
    late = services.sweep_jobs(at=now + lease + dt.timedelta(seconds=1))
    tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (early, late, job.state, job.attempt) == ([], [job.pk], "done", 2)


def test_progress_renews_the_lease(handlers):
    seen = {}

    @jobs.handler("example.slow")
    def slow(job, report_progress):
        before = Job.objects.get(pk=job.pk).lease_until
        report_progress(250, "x" * 500)
        seen["job"], seen["longer"] = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk).lease_until > before

    tasks.run_job(job_id=opened("example.slow").pk)

    assert seen["longer"]
    assert (seen["job"].progress, len(seen["job"].step)) == (100, 200)


def test_worker_that_lost_its_job_stops_and_changes_nothing(handlers):
    reached = []

    @jobs.handler("example.slow")
    def slow(job, report_progress):
        Job.objects.filter(pk=job.pk).update(holder="another/1")
        report_progress(50, "too late")
        reached.append("end")

    job = opened("example.slow")
    tasks.run_job(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.holder, job.step, reached) == ("running", "another/1", "", [])


def test_job_whose_workers_die_again_and_again_fails_with_a_reason(builds):
    job, now = opened(), timezone.now()
    for hour in (1, 2, 3):
        services.sweep_jobs(at=now + dt.timedelta(hours=hour))
        services.jobs._take(job.pk, carrier="dead", at=now + dt.timedelta(hours=hour))

    services.sweep_jobs(at=now + dt.timedelta(hours=4))

    job.refresh_from_db()
    assert (job.state, job.why) == ("failed", services.WORKER_STOPPED)


def test_new_job_is_swept_only_when_its_message_got_lost(builds):
    job, now = opened(), timezone.now()

    assert services.sweep_jobs(at=now + dt.timedelta(seconds=10)) == []
    assert services.sweep_jobs(at=now + dt.timedelta(seconds=40)) == [job.pk]
    assert services.sweep_jobs(at=now + dt.timedelta(seconds=55)) == []


def test_failed_job_can_be_tried_again_and_others_cannot(builds):
    job = opened("example.refuses")
    with pytest.raises(Refused):
        services.retry_job(job, at=timezone.now())
    tasks.run_job(job_id=job.pk)

    job = services.retry_job(Job.objects.get(pk=job.pk), at=timezone.now())

    assert (job.state, job.attempt, job.why) == ("queued", 0, "")


def test_failed_job_is_not_tried_again_beside_its_twin(builds):
    failed = opened("example.refuses")
    tasks.run_job(job_id=failed.pk)
    opened("example.refuses")

    with pytest.raises(Refused):
        services.retry_job(failed, at=timezone.now())


def test_job_speaks_the_language_of_whoever_asked(handlers):
    heard = []

    @jobs.handler("example.speaks")
    def speaks(job, report_progress):
        heard.append(translation.get_language())

    with translation.override("ru"):
        job = opened("example.speaks")
    tasks.run_job(job_id=job.pk)

    assert heard == ["ru"]


def test_job_goes_to_the_queue_of_its_kind(builds, monkeypatch):
    sent = {}
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, args, kwargs, **options: sent.update(options))

    tasks.run_job.delay(job_id=opened().pk)

    assert sent["queue"] == "documents"


def test_sweep_sends_what_nobody_holds(builds, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.run_job, "delay", lambda **kwargs: sent.append(kwargs))
    job = opened()
    Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))

    tasks.sweep_jobs()

    assert sent == [{"job_id": job.pk}]


def test_jobs_are_seen_by_whoever_asked_and_by_those_of_the_office(builds, anna_leads_office_7, dora, admin):
    of_seven = opened(by=None, office_id=7)
    of_eight = opened(by=dora, office_id=8, arguments={"other": 1})

    seen = {user.first_name: set(Job.objects.visible_to(user)) for user in (anna_leads_office_7, dora, admin)}

    assert seen == {"Anna": {of_seven}, "Dora": {of_eight}, "Ada": {of_seven, of_eight}}
