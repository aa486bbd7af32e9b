"""People and invitations, plain."""

from __future__ import annotations

from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from qms.accounts.models import User

PASSWORD = "correct horse battery staple"
_numbers = count(1)


def make_user(email: str = "", *, password: str | None = PASSWORD, **fields) -> User:
    number = next(_numbers)
    fields.setdefault("first_name", f"Person {number}")
    fields.setdefault("last_name", "Example")
    fields.setdefault("language", "en")
    user = User.objects.create_user(email or f"person-{number}@example.org", password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def give_second_factor(user: User) -> Authenticator:
    """An authenticator app, so that a guarded role may come in."""
    return TOTP.activate(user, generate_totp_secret()).instance
