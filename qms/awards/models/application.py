"""An office's application: who writes it, what was submitted, and what its number is."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.core.models import Stamped
from qms.lifecycle import Refused, gettext_noop
from qms.offices.domain import roles
from qms.offices.models import roles_of

from .round import Category, Programme

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

HEADS = (roles.DIRECTOR, roles.QUALITY_LEAD)
FIXED = gettext_noop("What was submitted cannot be changed.")


def new_code() -> str:
    """A code that nobody guesses, as it stands under the QR: twelve signs without 0, 1, I and O."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _sign in range(12))


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications."""

    def visible_to(self, user: User | AnonymousUser) -> ApplicationQuerySet:
        """The own office's for its heads and for who writes with them; nobody else's, at any time."""
        held = roles_of(user)
        writes = Q(office__in=held.offices(), editors=user.pk)
        return self.filter(Q(office__in=held.offices(*HEADS)) | writes).distinct()

    def for_organiser(self, user: User | AnonymousUser, at: datetime) -> ApplicationQuerySet:
        """Those submitted to the person's rounds, unsealed: after the closing, and never a draft."""
        run = Programme.objects.run_by(user).values("pk")
        return self.received().filter(category__round__programme__in=run, category__round__closes_at__lte=at)

    def received(self) -> ApplicationQuerySet:
        """Those that stand submitted, also while they are corrected in form."""
        return self.filter(state__in=(Application.State.SUBMITTED, Application.State.REOPENED))


class Application(Stamped):
    """One office's application in one category."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
        REOPENED = "reopened", _("Open for correction")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")

    category = models.ForeignKey(Category, models.PROTECT, related_name="applications")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="applications")
    # The approved self-assessment from which it is filled; what it says is frozen.
    assessment = models.ForeignKey(
        "assessments.Assessment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assessment")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    number = models.CharField(_("number"), max_length=40, blank=True, editable=False)
    # What the office answered to the conditions: {"<rule pk>": true}.
    eligibility = models.JSONField(default=dict, editable=False)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("who writes with us")
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    # Handed to the director: the lead says that it is ready.
    passed_at = models.DateTimeField(null=True, blank=True, editable=False)
    correction_until = models.DateTimeField(null=True, blank=True, editable=False)
    correction_reason = models.TextField(blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["category", "office"], name="awards_application_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="awards_application_number_once"),
            models.CheckConstraint(
                name="awards_application_state_known",
                condition=Q(state__in=("draft", "submitted", "reopened", "withdrawn")),
            ),
            models.CheckConstraint(
                name="awards_application_correction_has_deadline",
                condition=~Q(state="reopened") | Q(correction_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.number or self.pk} ({self.state})"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its number or its place in the register."""
        return self.number or f"{self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether it may be written and submitted at this moment: one second late is late."""
        if self.state == self.State.DRAFT:
            return self.category.round.receives(at)
        return self.state == self.State.REOPENED and self.correction_until is not None and at < self.correction_until


class SectionState(Stamped):
    """Whether those who write call a section ready."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="section_states")
    section = models.ForeignKey("awards.Section", models.CASCADE, related_name="+")
    is_ready = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("state of a section")
        verbose_name_plural = _("states of sections")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "section"], name="awards_section_state_once"),
        ]

    def __str__(self) -> str:
        return f"section {self.section_id} of application {self.application_id}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions; they are written once."""

    def update(self, **_kwargs: Any) -> int:
        """Nothing: a submission is never changed."""
        raise Refused(FIXED)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Nothing: a submission is never deleted."""
        raise Refused(FIXED)


class Submission(models.Model):
    """The whole application as it was submitted, form and answers, with its fingerprint; written once."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    ordinal = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    statement = models.TextField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "ordinal"], name="awards_submission_ordinal_once"),
        ]

    def __str__(self) -> str:
        return f"submission {self.ordinal} of application {self.application_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise Refused(FIXED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Nothing: a submission is never deleted."""
        raise Refused(FIXED)


class Dossier(Stamped):
    """A submission on paper: one PDF with its annexes merged, and what became of each annex."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="dossiers")
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64)
    file = models.FileField(upload_to="dossiers/%Y/%m/", max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    # [{"title", "file_name", "sha256", "pages": 3, "first_page": 41, "outcome": "merged|listed|encrypted|broken"}].
    annexes = models.JSONField(default=list)
    peak_kilobytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "language", "content_hash"], name="awards_dossier_once"),
        ]

    def __str__(self) -> str:
        return f"dossier of submission {self.submission_id} ({self.language})"
