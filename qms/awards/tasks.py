"""What workers do for the awards."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from qms.awards.services import reminding
from qms.core.tasks import send_letters


@shared_task(name="awards.remind", base=DjangoTask, acks_late=True)
def remind(**_: object) -> None:
    """Once a day offices with a draft are reminded of the closing."""
    if reminding.remind(at=timezone.now()):
        send_letters.delay()
