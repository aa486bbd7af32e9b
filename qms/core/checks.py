"""What `check --deploy` asks besides Django's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

ASK_FOR_SECONDS = 3


@register(Tags.security, deploy=True)
def broker_answers(**_: Any) -> Sequence[CheckMessage]:
    """Jobs and letters need a broker that answers."""
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        return [Error("No broker is set: jobs and letters would never leave.", hint="Set BROKER_URL.", id="qms.E001")]
    try:
        with current_app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=ASK_FOR_SECONDS)
    except Exception as error:  # noqa: BLE001  each broker library has its own errors
        return [
            Error(f"The broker does not answer: {error}", hint="Is it running? Is BROKER_URL right?", id="qms.E002")
        ]
    return []
