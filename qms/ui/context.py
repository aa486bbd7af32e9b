"""What stands around every page, for every template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .components import Link, Shell

_PREFIX = re.compile(r"^/(?P<language>[a-z]{2})(?=/|$)")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell that a middleware put on the request, with its gaps filled."""
    return {"shell": SimpleLazyObject(lambda: _filled(getattr(request, "shell", None) or Shell(), request))}


def languages_of(request: HttpRequest, *, spoken: Iterable[tuple[str, str]] | None = None) -> tuple[Link, ...]:
    """The same page in every language: its address under the other prefix."""
    here = (get_language() or settings.LANGUAGE_CODE)[:2]
    query = f"?{request.META['QUERY_STRING']}" if request.method == "GET" and request.META.get("QUERY_STRING") else ""
    path = _PREFIX.sub("", request.path) if _PREFIX.match(request.path) else "/"
    return tuple(
        Link(
            code.upper(),
            f"/{code}{path}{query}",
            current=code == here,
            language=code,
            title=f"{code.upper()}, {name}",
        )
        for code, name in (spoken or settings.LANGUAGES)
    )


def _filled(shell: Shell, request: HttpRequest) -> Shell:
    known = {field.name: getattr(shell, field.name) for field in fields(Shell)}
    known["languages"] = known["languages"] or languages_of(request)
    if known["home"] == "/":
        known["home"] = f"/{(get_language() or settings.LANGUAGE_CODE)[:2]}/"
    if known["sign_in"] is None and not known["person"]:
        known["sign_in"] = _sign_in()
    return Shell(**known)


def _sign_in() -> Link | None:
    try:
        return Link(_("Sign in"), reverse("account_login"))
    except NoReverseMatch:
        return None
