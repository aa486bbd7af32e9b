"""Coordinators and administrators come in with a second factor only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from qms.offices.queries import needs_second_factor

# Pages that lead to the second factor, or out.
OPEN = frozenset({"account_logout", "account_reauthenticate", "javascript-catalog"})
# Wagtail's own door would ask for a password alone.
OTHER_DOORS = {
    "wagtailadmin_login": "account_login",
    "wagtailcore_login": "account_login",
    "wagtailadmin_password_reset": "account_reset_password",
}


class SecondFactorMiddleware:
    """Sends a person whose role needs a second factor to set it up, and everyone through one door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in OTHER_DOORS:
            asked = request.GET.get(REDIRECT_FIELD_NAME)
            query = "?" + urlencode({REDIRECT_FIELD_NAME: asked}) if asked else ""
            return redirect(reverse(OTHER_DOORS[name]) + query)
        if name in OPEN or name.startswith("mfa_") or not self._lacks_factor(request):
            return None
        if name != "portal:tasks":
            messages.info(request, _("Your role needs a second step at sign-in. Set it up once, then go on."))
        return redirect("mfa_activate_totp")

    def _lacks_factor(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or not needs_second_factor(user):
            return False
        if settings.QMS_DEMO and request.session.get("demo_door"):
            return False
        return not is_mfa_enabled(user)
