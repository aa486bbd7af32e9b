"""What workers and beat call."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from qms.core import services
from qms.core.jobs import handler_of
from qms.core.models import Job


class ToItsQueue(DjangoTask):
    """A job goes to the queue of its kind, whoever sends it."""

    def apply_async(self, args: Any = None, kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        if "queue" not in options and (kind := _kind_of(kwargs)):
            options["queue"] = handler_of(kind).queue
        return super().apply_async(args, kwargs, **options)


def _kind_of(kwargs: dict[str, Any] | None) -> str | None:
    return Job.objects.filter(pk=(kwargs or {}).get("job_id", 0)).values_list("kind", flat=True).first()


@shared_task(name="core.run_job", bind=True, base=ToItsQueue, acks_late=True, reject_on_worker_lost=True)
def run_job(self: Any, *, job_id: int, **_: object) -> None:
    """One job, if nobody else has it."""
    services.run_job(job_id, carrier=self.request.id or "")


@shared_task(name="core.sweep_jobs", base=DjangoTask, acks_late=True)
def sweep_jobs(**_: object) -> None:
    """Every job that got lost goes to a worker again."""
    for job_id in services.sweep_jobs(at=timezone.now()):
        run_job.delay(job_id=job_id)


@shared_task(name="core.send_letters", base=DjangoTask, acks_late=True)
def send_letters(**_: object) -> None:
    """The outbox is emptied."""
    services.send_letters(at=timezone.now())
