"""One action of a plan: what, who, until when, and what has happened."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.improvements.domain.priority import Weighing, is_quick_win

from .plan import Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

OPEN_STATES = ("proposed", "approved", "in_progress", "postponed")
JUDGEMENTS = ("stakeholders", "results", "visibility", "difficulty", "resources", "speed")


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions."""

    def visible_to(self, user: User | AnonymousUser) -> ActionQuerySet:
        """Those of plans that the person may read."""
        return self.filter(plan__in=Plan.objects.visible_to(user).values("pk"))

    def open(self) -> ActionQuerySet:
        """Those that still wait for something."""
        return self.filter(status__in=OPEN_STATES)

    def running(self) -> ActionQuerySet:
        """Those that somebody is to work on: approved or begun."""
        return self.filter(status__in=("approved", "in_progress"))

    def late(self, on: date) -> ActionQuerySet:
        """Approved or begun ones whose last day has passed."""
        return self.running().filter(due_on__lt=on)

    def of_person(self, user: User) -> ActionQuerySet:
        """Those that the person owns or helps with."""
        helped = Action.helpers.through.objects.filter(user_id=user.pk).values("action_id")
        return self.filter(Q(owner=user.pk) | Q(pk__in=helped))


def judgement(label: object) -> models.PositiveSmallIntegerField:
    """A judgement from 1 to 5, or none yet."""
    return models.PositiveSmallIntegerField(
        label,  # type: ignore[arg-type]
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )


class Action(Stamped):
    """One action: it answers findings, has one owner, and ends with an effect."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        PROCESS = "process", _("process")
        PREMISES = "premises", _("premises")
        INFORMATION = "information", _("information")
        STAFFING = "staffing", _("staffing")
        DIGITAL = "digital", _("digital service")

    class Client(models.TextChoices):
        EXTERNAL = "external", _("external client")
        INTERNAL = "internal", _("internal client")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        IN_PROGRESS = "in_progress", _("In progress")
        POSTPONED = "postponed", _("Postponed")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("problem"), blank=True, max_length=5000)
    expected = models.TextField(_("expected result"), blank=True, max_length=5000)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.PROCESS)
    client = models.CharField(_("for whom"), max_length=8, choices=Client, default=Client.EXTERNAL)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_actions",
        verbose_name=_("owner"),
    )
    # Who owned it until leaving the office; it stands until somebody takes the action over.
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="helped_actions", blank=True, verbose_name=_("helpers")
    )
    start_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    spent = models.DecimalField(
        _("spent"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    stakeholders = judgement(_("impact on stakeholders"))
    results = judgement(_("impact on results"))
    visibility = judgement(_("visibility"))
    difficulty = judgement(_("ease"))
    resources = judgement(_("modest resources"))
    speed = judgement(_("speed"))
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.PROPOSED, editable=False)
    status_reason = models.TextField(blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, validators=[MaxValueValidator(100)])
    findings = models.ManyToManyField("improvements.Finding", related_name="actions", blank=True)
    # The practice of another office that this action takes over.
    practice = models.ForeignKey(
        "goodpractices.PracticePage", models.SET_NULL, null=True, blank=True, related_name="adoptions", editable=False
    )
    lessons = models.TextField(_("lessons for other offices"), blank=True, max_length=5000)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="improvements_action_number_once"),
            models.CheckConstraint(name="improvements_action_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="improvements_action_status_known",
                condition=Q(status__in=("proposed", "approved", "in_progress", "postponed", "done", "stopped")),
            ),
            models.CheckConstraint(
                name="improvements_action_due_after_start",
                condition=Q(start_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("start_on")),
            ),
            models.CheckConstraint(name="improvements_action_progress_sane", condition=Q(progress__lte=100)),
            *(
                models.CheckConstraint(
                    name=f"improvements_action_{name}_range",
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                )
                for name in JUDGEMENTS
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="improvements_action_due"),
            models.Index(fields=["plan", "status"], name="improvements_action_status"),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its code and title."""
        return f"{self.code} {self.title}"

    def __str__(self) -> str:
        return f"{self.code} {self.title} ({self.pk})"

    @property
    def code(self) -> str:
        """The short name by which people cite it: D-1, D-2 (działanie)."""
        return f"D-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for something."""
        return self.status in OPEN_STATES

    @property
    def weighing(self) -> Weighing:
        """Its six judgements."""
        return Weighing(*(getattr(self, name) for name in JUDGEMENTS))

    @property
    def is_quick_win(self) -> bool:
        """Whether it is easy and short."""
        return is_quick_win(self.weighing, self.start_on, self.due_on)

    def is_late(self, on: date) -> bool:
        """Whether its last day has passed while it is approved or under way."""
        return self.status in ("approved", "in_progress") and self.due_on is not None and self.due_on < on


class ActionNode(models.Model):
    """A node of a framework under which the action is filed."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="nodes")
    framework = models.CharField(max_length=60)
    node = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("subcriterion of an action")
        verbose_name_plural = _("subcriteria of an action")
        constraints = [
            models.UniqueConstraint(fields=["action", "framework", "node"], name="improvements_action_node_once")
        ]
        indexes = [models.Index(fields=["framework", "node"], name="improvements_node")]

    def __str__(self) -> str:
        return f"{self.framework} {self.node} of action {self.action_id}"


class Task(Stamped):
    """One task of an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("task"), max_length=300)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [models.CheckConstraint(name="improvements_task_has_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


class LogEntry(Stamped):
    """One line of the progress log; lines are added, never changed."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("progress")
        STATUS = "status", _("change of status")
        HAND_OVER = "hand_over", _("hand-over")
        DATES = "dates", _("change of dates")
        EFFECT = "effect", _("effect")

    action = models.ForeignKey(Action, models.CASCADE, related_name="log")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.PROGRESS)
    on = models.DateField(_("day"))
    text = models.TextField(_("what happened"), max_length=5000)
    progress = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("lines of the log")

    def __str__(self) -> str:
        return f"{self.on} {self.kind} of action {self.action_id} ({self.pk})"


def attachment_path(attachment: LogAttachment, name: str) -> str:
    """A place in the private store that cannot be guessed and keeps the file's kind."""
    suffix = name.rpartition(".")[2].lower()[:8] if "." in name else "bin"
    return f"actions/{attachment.entry.action_id}/{uuid.uuid4().hex}.{suffix}"


class LogAttachment(Stamped):
    """A file that a line of the log shows."""

    entry = models.ForeignKey(LogEntry, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=attachment_path, max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class Communication(Stamped):
    """You said, we did: what clients or staff said, and what they were told was done about it."""

    class Outcome(models.TextChoices):
        DONE = "done", _("We did it")
        NOT_DONE = "not_done", _("We did not do it")

    class Audience(models.TextChoices):
        CLIENTS = "clients", _("clients")
        STAFF = "staff", _("staff")
        PARTNERS = "partners", _("partners")
        PUBLIC = "public", _("the public")

    action = models.ForeignKey(Action, models.CASCADE, related_name="communications")
    audience = models.CharField(_("told to"), max_length=8, choices=Audience, default=Audience.CLIENTS)
    channel = models.CharField(_("by which way"), max_length=200, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    said = models.TextField(_("you said"), max_length=1000)
    done = models.TextField(_("we did"), max_length=2000)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.DONE)

    class Meta:
        verbose_name = _("what was told")
        verbose_name_plural = _("what was told")

    def __str__(self) -> str:
        return f"told about action {self.action_id} ({self.pk})"
