"""What every file of somebody's has in common when it is given out."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

from qms.core import audit

Answer = TypeVar("Answer", bound=HttpResponseBase)
SENT = 200


def given_out(
    answer: Answer, request: HttpRequest, subject: Model, action: str, *, office_id: int | None = None, **facts: str
) -> Answer:
    """The file as it is sent, after its line in the history: who fetched it and when.

    A look at the headers alone, a redirect and “not changed” leave no line, as nobody got anything.
    """
    if request.method == "GET" and answer.status_code == SENT:
        audit.record(subject, action, by=request.user, office_id=office_id, **facts)
    return answer
