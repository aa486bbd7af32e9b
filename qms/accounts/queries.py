"""Reads about people and invitations."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from qms.accounts.models import Invitation, User, address_of


def hash_of(token: str) -> str:
    """What we keep of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that this link belongs to."""
    return Invitation.objects.select_related("invited_by").filter(token_hash=hash_of(token)).first()


def has_newer(invitation: Invitation) -> bool:
    """Whether a later letter to the same address took its place or let the person in."""
    later = Invitation.objects.to(invitation.email).filter(pk__gt=invitation.pk)
    return later.filter(withdrawn_at=None).exists()


def person_of(email: str) -> User | None:
    """The person with this address, whatever the case of its letters."""
    return User.objects.filter(email=address_of(email)).first()


def rhythm_of(user: User, kind: str) -> str:
    """How this person wants letters of this kind: each, digest, or none."""
    return User.MailRhythm.NONE if kind in user.muted_kinds else user.mail_rhythm


def address_in(url: str, language: str) -> str:
    """The same page of this site under another language's prefix; editors' pages keep their own address."""
    parts = urlsplit(url)
    prefix, _slash, rest = parts.path.lstrip("/").partition("/")
    if prefix == language or prefix not in dict(settings.LANGUAGES):
        return url
    try:
        with override(prefix):
            name = resolve(parts.path).view_name
    except Resolver404:
        return url
    if rest and name.startswith("wagtail"):
        return url
    return urlunsplit(parts._replace(path=f"/{language}/{rest}"))
