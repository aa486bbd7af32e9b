"""Rows that every app shares: stamps, jobs and letters."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.core.permissions import Person, scope_of, unsealed


class Stamped(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        abstract = True


def type_of(subject: models.Model) -> str:
    """The name of an object's type, as rows about it keep it."""
    return subject._meta.label_lower  # noqa: SLF001  Django's own name


class AboutQuerySet(models.QuerySet[Any]):
    """Rows about any object of any app."""

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=type_of(subject), subject_id=subject.pk)

    def visible_to(self, user: Person) -> Self:
        """What the person made, and what belongs to the offices whose work the person may see."""
        scope = scope_of(user)
        if scope == "all":
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(created_by=user.pk) | Q(office_id__in=scope))


class About(models.Model):
    """A row about an object of any app, and about the office it belongs to; core knows neither."""

    subject_type = models.CharField(max_length=100, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    office_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class JobQuerySet(AboutQuerySet):
    """Jobs by what is to be done with them."""

    def visible_to(self, user: Person) -> Self:
        """As of everything about offices; those of a sealed kind by who ordered them and in the offices themselves."""
        mine = Q(created_by=user.pk) | unsealed(user, kind="kind", office="office_id", of_nobody=False)
        return super().visible_to(user).filter(mine)

    def open(self) -> Self:
        return self.filter(state__in=Job.OPEN)

    def overdue(self, at: dt.datetime) -> Self:
        """Jobs that nobody holds: never carried to a worker, or left by one that stopped."""
        return self.open().filter(lease_until__lt=at)


class Job(Stamped, About):
    """Work that takes time: the truth about it is this row, the broker only carries its number."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    OPEN: ClassVar[tuple[str, ...]] = (State.QUEUED, State.RUNNING)

    kind = models.CharField(max_length=100)
    title = models.CharField(_("Title"), max_length=300)
    arguments = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64)

    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    holder = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField()
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    reason_values = models.JSONField(default=dict, blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "lease_until"], name="core_job_overdue"),
            models.Index(fields=["subject_type", "subject_id"], name="core_job_subject"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(state__in=["queued", "running"]), name="core_job_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="core_job_progress"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]), name="core_job_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.state in self.OPEN

    @property
    def why(self) -> str:
        """Why it failed, in the reader's language."""
        return gettext(self.reason) % self.reason_values if self.reason else ""


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may read them and by what is to be done with them."""

    def due(self, at: dt.datetime) -> Self:
        return self.filter(state=Letter.State.WAITING, due_at__lte=at)

    def due_in_a_digest(self, at: dt.datetime) -> Self:
        return self.filter(state=Letter.State.HELD, due_at__lte=at)

    def visible_to(self, user: Person) -> Self:
        """Own letters, those of offices whose work the person may see; in a demonstration every letter."""
        scope = scope_of(user)
        if not user.is_authenticated:
            return self.none()
        if settings.QMS_DEMO:
            return self
        if scope == "all":
            opened = unsealed(user, kind="kind", office="office_id", of_nobody=False)
            common = Q(office_id=None, is_personal=False)
            # Work of no office may be sealed: that it is done would tell whose it was.
            work = Q(kind="core.job_done", office_id=None)
            return self.filter(Q(user=user.pk) | ((opened | common) & ~work))
        return self.filter(Q(user=user.pk) | Q(office_id__in=scope))


class Letter(Stamped):
    """An e-mail in the outbox: written once, sent by a worker, kept with its fate."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        HELD = "held", _("waiting for the daily letter")
        GATHERED = "gathered", _("in a daily letter")
        MUTED = "muted", _("not wanted")

    kind = models.CharField(_("Kind"), max_length=100)
    to = models.EmailField(_("To"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    office_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("Subject"), max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    is_personal = models.BooleanField(default=False)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="gathered")

    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_at"], name="core_letter_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "failed", "held", "gathered", "muted"]),
                name="core_letter_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("core:letter", args=[self.pk])


class LetterText(Stamped):
    """A coordinator's own words for a kind of letter in one language, used instead of the file's."""

    kind = models.CharField(_("Kind"), max_length=100)
    language = models.CharField(_("Language"), max_length=10)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"))

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "language"], name="core_letter_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("core:letter-text", args=[self.kind, self.language])
