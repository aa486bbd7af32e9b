"""What workers do for the library."""

from __future__ import annotations

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone

from qms.core.tasks import send_letters
from qms.goodpractices.services import keeping


@shared_task(name="goodpractices.ask_still_true", base=DjangoTask, acks_late=True)
def ask_still_true(**_: object) -> None:
    """Once a day the leads of practices that nobody has confirmed for a year are asked."""
    if keeping.ask_still_true(on=timezone.localdate()):
        send_letters.delay()
