"""People who sign in, and the invitations that bring them here."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class Language(models.TextChoices):
    """The languages of the interface, each by its own name."""

    POLISH = "pl", "Polski"
    ENGLISH = "en", "English"
    RUSSIAN = "ru", "Русский"


class UserManager(BaseUserManager["User"]):
    """Finds and makes people by e-mail, regardless of case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=(username or "").strip())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person; without a password none will ever fit."""
        user = self.model(email=address_of(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


def address_of(email: str) -> str:
    """The address as we store it: trimmed, in small letters."""
    return email.strip().lower()


class User(AbstractUser):
    """A person, known by e-mail."""

    class MailRhythm(models.TextChoices):
        EACH = "each", _("Each letter as it comes")
        DIGEST = "digest", _("One letter a day")
        NONE = "none", _("No letters")

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("E-mail"), unique=True, error_messages={"unique": _("A person with this e-mail is already here.")}
    )
    first_name = models.CharField(_("First name"), max_length=150, blank=True)
    last_name = models.CharField(_("Last name"), max_length=150, blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=Language.choices, default=Language.POLISH)
    mail_rhythm = models.CharField(
        _("Letters about my tasks"), max_length=10, choices=MailRhythm.choices, default=MailRhythm.EACH
    )
    muted_kinds = models.JSONField(_("Letters I do not want"), default=list, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("A person with this e-mail is already here."),
            ),
            models.CheckConstraint(
                condition=Q(mail_rhythm__in=["each", "digest", "none"]), name="accounts_user_mail_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name, or the address where no name is known."""
        return self.get_full_name() or self.email

    @property
    def has_joined(self) -> bool:
        """Whether the person has chosen a password or signed in at least once."""
        return self.last_login is not None or self.has_usable_password()

    def clean(self) -> None:
        self.email = address_of(self.email)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still be done with them."""

    def open(self, at: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def to(self, email: str) -> InvitationQuerySet:
        return self.filter(email=address_of(email))


class Invitation(Stamped):
    """A letter with a link that lets one person in; only the hash of its token is kept."""

    email = models.EmailField(_("E-mail"))
    name = models.CharField(_("Name"), max_length=300, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("Language"), max_length=5, choices=Language.choices, default=Language.POLISH)
    purpose = models.CharField(_("Purpose"), max_length=300, blank=True)
    destination = models.CharField(max_length=500, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_sent", null=True)
    expires_at = models.DateTimeField(_("Valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="invitations_accepted", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["email"], name="accounts_invitation_email")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.expires_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link still lets its person in."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
