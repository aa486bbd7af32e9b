"""Whether the platform is well, for the machine that watches over it."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Database and broker, each "ok" or "down"; status 503 if one is down."""
    answers = {"database": _word(_database_answers()), "broker": _word(_broker_answers())}
    return JsonResponse(answers, status=200 if set(answers.values()) == {"ok"} else 503)


def _word(answers: bool) -> str:  # noqa: FBT001  a word for yes and no
    return "ok" if answers else "down"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False
    return True


def _broker_answers() -> bool:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except Exception:
        logger.exception("The broker does not answer.")
        return False
    return True
