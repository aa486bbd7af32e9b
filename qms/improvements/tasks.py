"""What workers do for improvement plans."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from qms.core.tasks import send_letters
from qms.improvements.services import reminders


@shared_task(name="improvements.remind", base=DjangoTask, acks_late=True)
def remind(**_: object) -> None:
    """Once a day everyone is reminded of what is due and late."""
    if reminders.remind(at=timezone.now()):
        send_letters.delay()
