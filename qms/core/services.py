"""What is done with jobs and letters."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.template import Context, TemplateDoesNotExist
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from qms.core.jobs import Superseded, handler_of
from qms.core.models import Job, Letter, type_of
from qms.lifecycle import Refused, gettext_noop

logger = logging.getLogger(__name__)

FIRST_SWEEP = dt.timedelta(seconds=30)  # the view has sent the job already: beat looks after it only if it got lost
RESEND_AFTER = dt.timedelta(seconds=60)
LETTER_LEASE = dt.timedelta(minutes=5)
LETTER_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))

SOMETHING_BROKE = gettext_noop("Something went wrong on our side. It has been noted; please try again.")
WORKER_STOPPED = gettext_noop("The work was interrupted several times. Please try again later.")


# --- Jobs ------------------------------------------------------------------------------------------------------------


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
    wanted = json.loads(json.dumps(arguments or {}, cls=DjangoJSONEncoder))
    fingerprint = _fingerprint_of(kind, subject, wanted)
    already: Job | None = Job.objects.open().filter(fingerprint=fingerprint).first()
    if already:
        return already
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind,
                title=title,
                subject_type=type_of(subject) if subject else "",
                subject_id=subject.pk if subject else None,
                office_id=office_id,
                arguments=wanted,
                language=translation.get_language() or settings.LANGUAGE_CODE,
                fingerprint=fingerprint,
                lease_until=timezone.now() + FIRST_SWEEP,
                created_by=by,
            )
    except IntegrityError:
        twin: Job = Job.objects.open().get(fingerprint=fingerprint)
        return twin


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
    job.reason, job.reason_values, job.finished_at = "", {}, None
    job.lease_until = at + FIRST_SWEEP
    job.save()
    return job


def run_job(job_id: int, *, carrier: str = "") -> Job | None:
    """Do the job's work, unless it is finished or another worker holds it; the job as it stands afterwards."""
    job = _take(job_id, carrier=carrier, at=timezone.now())
    if job is None:
        return None
    try:
        with translation.override(job.language):
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
        return None
    job.state, job.attempt, job.progress, job.step = Job.State.RUNNING, job.attempt + 1, 0, ""
    job.holder, job.lease_until, job.started_at = f"{carrier}/{token_hex(8)}", at + _lease(), at
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


def _held(job: Job) -> models.QuerySet[Job]:
    """The job's row, as long as this worker holds it."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)


def _finish(job: Job, **changes: Any) -> None:
    _held(job).update(finished_at=timezone.now(), holder="", **changes)


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
            row.update(state=Job.State.FAILED, reason=WORKER_STOPPED, holder="", finished_at=at)
        elif row.update(state=Job.State.QUEUED, holder="", lease_until=at + RESEND_AFTER):
            again.append(pk)
    return again


# --- Letters ---------------------------------------------------------------------------------------------------------


def post_letter(
    *,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    user: Any = None,
    office_id: int | None = None,
    is_personal: bool = False,
) -> Letter:
    """A letter in the outbox, written in the reader's language from templates/mail/<template>.subject.txt, .txt, .html.

    `is_personal` keeps its text from everyone but the addressee: for letters that carry a link which lets one in.
    The caller then says `send_letters.delay_on_commit()`; if that gets lost, beat sends the letter.
    """
    with translation.override(language):
        values = {"site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), "language": language, **context}
        subject = " ".join(_text_of(f"mail/{template}.subject.txt", values).split())
        text = _text_of(f"mail/{template}.txt", values).strip() + "\n"
        html = _html_of(template, {**values, "subject": subject})
    return Letter.objects.create(
        kind=kind,
        to=to,
        user=user,
        office_id=office_id,
        language=language,
        subject=subject[:300],
        text=text,
        html=html,
        is_personal=is_personal,
        due_at=timezone.now(),
    )


def _text_of(name: str, values: Mapping[str, Any]) -> str:
    template = cast("Template", get_template(name)).template
    return template.render(Context(dict(values), autoescape=False))


def _html_of(template: str, values: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{template}.html", dict(values))
    except TemplateDoesNotExist as missing:
        if missing.args[0] != f"mail/{template}.html":
            raise
        return ""


def send_letters(*, at: dt.datetime, at_most: int = 200) -> int:
    """Send what waits in the outbox; how many letters went out."""
    due = list(Letter.objects.due(at).order_by("due_at").values_list("pk", "due_at")[:at_most])
    return sum(_send_one(pk, due_at, at=at) for pk, due_at in due)


def _send_one(pk: int, due_at: dt.datetime, *, at: dt.datetime) -> bool:
    # Whoever changes due_at has the letter; if he dies, it is due again when that moment has come.
    mine = Letter.objects.filter(pk=pk, state=Letter.State.WAITING, due_at=due_at)
    if not mine.update(due_at=at + LETTER_LEASE, attempt=models.F("attempt") + 1):
        return False
    letter = Letter.objects.get(pk=pk)
    try:
        _message_of(letter).send()
    except Exception as error:
        logger.exception("Letter %s could not be sent.", pk)
        _postpone(letter, reason=f"{type(error).__name__}: {error}"[:1000])
        return False
    letter.state, letter.sent_at, letter.reason = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "reason", "updated_at"])
    return True


def _postpone(letter: Letter, *, reason: str) -> None:
    letter.reason = reason
    if letter.attempt > len(LETTER_PAUSES):
        letter.state = Letter.State.FAILED
    else:
        letter.due_at = timezone.now() + LETTER_PAUSES[letter.attempt - 1]
    letter.save(update_fields=["state", "due_at", "reason", "updated_at"])


def _message_of(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        # The same number at every attempt, so that a letter sent twice is seen as one; and no "I am on holiday" back.
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@qms>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


@transaction.atomic
def send_again(letter: Letter, *, at: dt.datetime) -> Letter:
    """Put a letter that could not be sent back into the outbox."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.FAILED:
        raise Refused(gettext_noop("Only a letter that could not be sent can be sent again."))
    letter.state, letter.attempt, letter.due_at, letter.reason = Letter.State.WAITING, 0, at, ""
    letter.save()
    return letter
