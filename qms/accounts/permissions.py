"""Who is asking."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from qms.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; for views that let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
