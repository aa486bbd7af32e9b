"""What is done with jobs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone, translation

from qms.core import letters
from qms.core.jobs import Superseded, handler_of
from qms.core.models import Job, type_of
from qms.core.services.letters import post_letter
from qms.lifecycle import Refused, gettext_noop

logger = logging.getLogger(__name__)

FIRST_SWEEP = dt.timedelta(seconds=30)  # the view has sent the job already: beat looks after it only if it got lost
RESEND_AFTER = dt.timedelta(seconds=60)
WORTH_A_LETTER = dt.timedelta(minutes=1)  # whoever waited longer has gone on to something else

SOMETHING_BROKE = gettext_noop("Something went wrong on our side. It has been noted; please try again.")
WORKER_STOPPED = gettext_noop("The work was interrupted several times. Please try again later.")


def open_job(
    kind: str,
    *,
    title: str,
    subject: models.Model | None,
    by: Any,
    office_id: int | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> Job:
    """A job for a worker; the open one, where the same is being done already.

    The caller then says `run_job.delay_on_commit(job_id=job.pk)`; if that gets lost, beat sends the job.
    """
    fresh = _job_of(kind, Order(title, subject, arguments or {}, office_id), by=by)
    already: Job | None = Job.objects.open().filter(fingerprint=fresh.fingerprint).first()
    if already:
        return already
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:
        twin: Job = Job.objects.open().get(fingerprint=fresh.fingerprint)
        return twin
    return fresh


@dataclass(frozen=True)
class Order:
    """One of many jobs of a kind: what it is called, what it is about, and what else its handler is told."""

    title: str
    subject: models.Model | None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    office_id: int | None = None


@transaction.atomic
def open_jobs(kind: str, orders: Iterable[Order], *, by: Any) -> list[Job]:
    """As `open_job`, for many at once and with as few questions to the database."""
    fresh = {job.fingerprint: job for job in (_job_of(kind, order, by=by) for order in orders)}
    Job.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    return list(Job.objects.open().filter(kind=kind, fingerprint__in=list(fresh)).order_by("pk"))


def _job_of(kind: str, order: Order, *, by: Any) -> Job:
    wanted = json.loads(json.dumps(order.arguments, cls=DjangoJSONEncoder))
    return Job(
        kind=kind,
        title=order.title,
        subject_type=type_of(order.subject) if order.subject else "",
        subject_id=order.subject.pk if order.subject else None,
        office_id=order.office_id,
        arguments=wanted,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        fingerprint=_fingerprint_of(kind, order.subject, wanted),
        lease_until=timezone.now() + FIRST_SWEEP,
        created_by=by,
    )


def _fingerprint_of(kind: str, subject: models.Model | None, arguments: Mapping[str, Any]) -> str:
    about = [type_of(subject), subject.pk] if subject else []
    return hashlib.sha256(json.dumps([kind, about, arguments], sort_keys=True).encode()).hexdigest()


@transaction.atomic
def retry_job(job: Job, *, at: dt.datetime) -> Job:
    """Begin a failed job anew, with all its attempts."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise Refused(gettext_noop("Only a job that failed can be tried again."))
    if Job.objects.open().filter(fingerprint=job.fingerprint).exists():
        raise Refused(gettext_noop("The same job is already waiting or running."))
    job.state, job.attempt, job.progress, job.step = Job.State.QUEUED, 0, 0, ""
    job.reason, job.reason_values, job.started_at, job.finished_at = "", {}, None, None
    job.lease_until = at + FIRST_SWEEP
    job.save()
    return job


def run_job(job_id: int, *, carrier: str = "") -> Job | None:
    """Do the job's work, unless it is finished or another worker holds it; the job as it stands afterwards."""
    job = _take(job_id, carrier=carrier, at=timezone.now())
    if job is None:
        return None
    try:
        with _lease_kept(job), translation.override(job.language):
            result_url = handler_of(job.kind).build(job, _progress_of(job))
    except Superseded:
        logger.info("Job %s went to another worker.", job.pk)
    except Refused as refusal:
        _finish(job, state=Job.State.FAILED, reason=refusal.text, reason_values=_plain(refusal.values))
    except Exception:
        logger.exception("Job %s (%s) failed in attempt %s.", job.pk, job.kind, job.attempt)
        _give_back(job)
    else:
        _finish(job, state=Job.State.DONE, progress=100, step="", result_url=result_url or "")
    return Job.objects.get(pk=job.pk)


@transaction.atomic
def _take(job_id: int, *, carrier: str, at: dt.datetime) -> Job | None:
    """The job, now held by this worker; None where there is nothing to do."""
    job: Job | None = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or not job.is_open:
        return None
    # The same message comes a second time only after its worker died: then the lease need not run out.
    came_back = bool(carrier) and job.holder.startswith(f"{carrier}/")
    if job.state == Job.State.RUNNING and job.lease_until > at and not came_back:
        return None
    if job.attempt >= job.max_attempts:
        job.state, job.reason, job.finished_at, job.holder = Job.State.FAILED, WORKER_STOPPED, at, ""
        job.save()
        _tell_creator(job.pk)
        return None
    job.state, job.attempt, job.progress, job.step = Job.State.RUNNING, job.attempt + 1, 0, ""
    job.holder, job.lease_until = f"{carrier}/{token_hex(8)}", at + _lease()
    job.started_at = job.started_at or at  # a second attempt makes the wait no shorter
    job.save()
    return job


def _progress_of(job: Job) -> Callable[[int, str], None]:
    def report_progress(percent: int, step: str) -> None:
        """Show how far the work is, and keep the lease."""
        changes = {"progress": max(0, min(percent, 100)), "step": step[:200], "lease_until": timezone.now() + _lease()}
        if not _held(job).update(**changes):
            raise Superseded

    return report_progress


def _lease() -> dt.timedelta:
    return dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


@contextmanager
def _lease_kept(job: Job) -> Iterator[None]:
    """Renew the lease while one long step runs: only a worker that has died lets it run out.

    A thread of the same process: it ends with the work, and it dies with a killed worker.
    """
    done = threading.Event()

    def renew() -> None:
        while not done.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                _held(job).update(lease_until=timezone.now() + _lease())
            except DatabaseError:
                logger.warning("The lease of job %s could not be renewed.", job.pk, exc_info=True)
            finally:
                connection.close()  # this thread's own

    thread = threading.Thread(target=renew, name=f"lease of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _held(job: Job) -> models.QuerySet[Job]:
    """The job's row, as long as this worker holds it."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)


def _finish(job: Job, **changes: Any) -> None:
    if _held(job).update(finished_at=timezone.now(), holder="", **changes):
        _tell_creator(job.pk)


def _give_back(job: Job) -> None:
    """Let beat try again after a pause, or give up."""
    if job.attempt >= job.max_attempts:
        _finish(job, state=Job.State.FAILED, reason=SOMETHING_BROKE)
        return
    pause = dt.timedelta(seconds=10 * job.attempt)
    _held(job).update(state=Job.State.QUEUED, holder="", lease_until=timezone.now() + pause)


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}


def sweep_jobs(*, at: dt.datetime) -> list[int]:
    """The numbers of jobs that nobody holds and that are to be sent again; those out of attempts fail here."""
    overdue = list(Job.objects.overdue(at).order_by("lease_until").values_list("pk", "attempt", "max_attempts")[:500])
    again = []
    for pk, attempt, max_attempts in overdue:
        # The condition once more: another beat, or a late worker, may have been quicker.
        row = Job.objects.overdue(at).filter(pk=pk)
        if attempt >= max_attempts:
            if row.update(state=Job.State.FAILED, reason=WORKER_STOPPED, holder="", finished_at=at):
                _tell_creator(pk)
        elif row.update(state=Job.State.QUEUED, holder="", lease_until=at + RESEND_AFTER):
            again.append(pk)
    return again


def _tell_creator(job_id: int) -> None:
    """A letter to whoever asked, if it took so long that nobody waits on the page any more."""
    job = Job.objects.select_related("created_by").get(pk=job_id)
    if job.created_by is None or job.started_at is None or job.finished_at is None:
        return
    if job.finished_at - job.started_at <= WORTH_A_LETTER:
        return
    try:
        with transaction.atomic():
            post_letter(**letters.job_done(job))
    except Exception:  # the work is done and stays done, whatever becomes of the letter about it
        logger.exception("No letter about job %s.", job_id)
