"""What the letters about accounts say; all of them always go."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import Invitation
from qms.core.letters import register_kind

register_kind(
    "accounts.invitation",
    _("Invitation to the platform"),
    always_goes=True,
    placeholders={
        "name": _("the reader's name"),
        "inviter": _("who invites"),
        "purpose": _("what the invitation is about"),
        "expires_at": _("the last day on which the link works"),
    },
    days=["expires_at"],
    needs=["link"],
)
register_kind(
    "accounts.password_reset",
    _("New password"),
    always_goes=True,
    placeholders={"name": _("the reader's name"), "email": _("the reader's e-mail")},
    needs=["link"],
)
register_kind(
    "accounts.unknown_address",
    _("New password for an address without an account"),
    always_goes=True,
    placeholders={"email": _("the address that was asked for")},
)


def absolute(path: str) -> str:
    """The whole address of a path on this site, as letters need it."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def invitation(letter: Invitation, path: str) -> dict[str, object]:
    """What the invitation's templates see."""
    return {
        "name": letter.name,
        "purpose": letter.purpose,
        "inviter": letter.invited_by.name if letter.invited_by else "",
        "address": absolute(path),
        "expires_at": timezone.localtime(letter.expires_at),
    }
