"""What the letters about accounts say, and which letters one may decline."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from qms.accounts.models import Invitation


@dataclass(frozen=True)
class Kind:
    """A kind of letter that a person may decline."""

    code: str
    label: str | Promise


_kinds: dict[str, Kind] = {}


def register_kind(code: str, label: str | Promise) -> None:
    """Offer this kind of letter on everyone's preferences page; called from an app's `ready`."""
    _kinds[code] = Kind(code, label)


def kinds() -> tuple[Kind, ...]:
    """Kinds of letters that one may decline, in the order of registration."""
    return tuple(_kinds.values())


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
