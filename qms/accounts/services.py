"""What is done with people and invitations."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from qms.accounts import letters
from qms.accounts.models import Invitation, Language, User, address_of
from qms.accounts.queries import hash_of, person_of
from qms.core import audit
from qms.core.models import Letter
from qms.core.services import post_letter
from qms.lifecycle import Refused, gettext_noop

DAYS_VALID = 14
RENEWAL_PAUSE = timedelta(minutes=10)


@transaction.atomic
def make_person(
    email: str, *, first_name: str = "", last_name: str = "", language: str = Language.POLISH
) -> tuple[User, bool]:
    """The person with this address, and whether they are new; a new one has no password yet."""
    if person := person_of(email):
        return person, False
    person = User.objects.create_user(email, first_name=first_name, last_name=last_name, language=language)
    return person, True


@transaction.atomic
def invite(
    email: str,
    *,
    by: User | None,
    name: str = "",
    language: str = Language.POLISH,
    days: int = DAYS_VALID,
    purpose: str = "",
    destination: str = "",
) -> tuple[Invitation, str]:
    """An invitation and the path of its page; the token is in the path and nowhere else."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address_of(email),
        name=name[:300],
        token_hash=hash_of(token),
        language=language,
        purpose=purpose[:300],
        destination=destination,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record(invitation, "accounts.invite", by=by, email=invitation.email)
    with override(language):
        return invitation, reverse("accounts:invitation", args=[token])


def post_invitation(invitation: Invitation, path: str) -> Letter:
    """Put the invitation's letter into the outbox."""
    return post_letter(
        kind="accounts.invitation",
        to=invitation.email,
        language=invitation.language,
        template="accounts/invitation",
        context=letters.invitation(invitation, path),
        user=person_of(invitation.email),
        is_personal=True,
    )


@transaction.atomic
def renew_invitation(invitation: Invitation, *, at: datetime) -> Invitation:
    """A fresh link to the same address in place of one that ran out."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(gettext_noop("This invitation cannot be renewed."))
    if Invitation.objects.to(invitation.email).filter(created_at__gt=at - RENEWAL_PAUSE).exists():
        raise Refused(gettext_noop("A letter was sent a few minutes ago. Look into your mailbox, then try again."))
    fresh, path = invite(
        invitation.email,
        by=invitation.invited_by,
        name=invitation.name,
        language=invitation.language,
        purpose=invitation.purpose,
        destination=invitation.destination,
    )
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    post_invitation(fresh, path)
    return fresh


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Close a link that should let nobody in any more, nor be renewed by its reader."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise Refused(gettext_noop("This invitation has been used already."))
    if invitation.withdrawn_at:
        raise Refused(gettext_noop("This invitation is no longer valid."))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record(invitation, "accounts.withdraw_invitation", by=by, email=invitation.email)
    return invitation


@transaction.atomic
def join(
    invitation: Invitation,
    *,
    first_name: str,
    last_name: str,
    password: str,
    language: str,
    at: datetime,
) -> User:
    """The person that the invitation brought here, with name, password and language."""
    invitation = _open(invitation, at)
    person, _ = make_person(invitation.email)
    if person.has_joined:
        raise Refused(gettext_noop("You already have an account here. Sign in to accept the invitation."))
    if not person.is_active:
        raise Refused(gettext_noop("This account is closed. Write to the one who invited you."))
    person.first_name, person.last_name, person.language = first_name, last_name, language
    person.set_password(password)
    person.save(update_fields=["first_name", "last_name", "language", "password"])
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return _accept(invitation, person, at)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> User:
    """The signed-in person, whose own invitation this is, accepts it."""
    invitation = _open(invitation, at)
    if invitation.email != by.email:
        raise Refused(gettext_noop("This invitation was sent to another person."))
    return _accept(invitation, by, at)


@transaction.atomic
def save_profile(person: User, *, by: User) -> User:
    """Keep the name, the language and the mail preferences that a form has checked."""
    person.save(update_fields=["first_name", "last_name", "language", "mail_rhythm", "muted_kinds"])
    audit.record(person, "accounts.change_profile", by=by)
    return person


def _open(invitation: Invitation, at: datetime) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise Refused(gettext_noop("This invitation has been used already."))
    if not invitation.is_open(at):
        raise Refused(gettext_noop("This invitation is no longer valid."))
    return invitation


def _accept(invitation: Invitation, person: User, at: datetime) -> User:
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    audit.record(invitation, "accounts.accept_invitation", by=person, email=invitation.email)
    return person
