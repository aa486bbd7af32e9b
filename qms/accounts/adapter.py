"""How allauth behaves here: no open sign-up, letters by the outbox, everyone in their own language."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from qms.accounts.models import User, address_of
from qms.accounts.queries import address_in, person_of
from qms.core.services import post_letter
from qms.core.tasks import send_letters

LETTERS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/unknown_account": "unknown_address",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The doorkeeper."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return address_of(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the letter through the outbox; allauth's rarer letters go out as they are."""
        name = LETTERS.get(template_prefix)
        if name is None:
            super().send_mail(template_prefix, email, context)
            return
        person = person_of(email)
        post_letter(
            kind=f"accounts.{name}",
            to=email,
            language=person.language if person else get_language() or "pl",
            template=f"accounts/{name}",
            context={
                "name": person.name if person else "",
                "email": email,
                "address": context.get("password_reset_url", ""),
            },
            user=person,
            is_personal=True,
        )
        send_letters.delay_on_commit()

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Lead the person on in the language of the profile."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(response, HttpResponseRedirect):
            response["Location"] = address_in(response["Location"], user.language)
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front door, in the language that the person has just read."""
        return f"/{get_language()}/"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to lead there: not back to the pages' admin for whom it has just turned away."""
        barred = self.request.user.is_authenticated and not self.request.user.has_perm("wagtailadmin.access_admin")
        if barred and (url or "").startswith(reverse("wagtailadmin_home")):
            return False
        return bool(super().is_safe_url(url))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask for the password once more: not within minutes of signing in with it."""
        return bool(super().is_reauthentication_required(app=app, **kwargs)) and not self._just_came_in()

    def _just_came_in(self) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        at = max((record["at"] for record in records if record["method"] == "password"), default=0)
        return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)
