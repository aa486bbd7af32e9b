"""One member's own scores and texts; consensus never touches these rows."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qms.accounts.models import User


class Kind(models.TextChoices):
    """What a text says of the office."""

    STRENGTH = "strength", _("Strength")
    AREA = "area", _("Area for improvement")
    SUGGESTION = "suggestion", _("Suggestion")


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Individual sheets."""

    def visible_to(self, user: User) -> SheetQuerySet:
        """The person's own: nobody else opens a sheet, at any time."""
        return self.filter(member__user=user, member__left_at__isnull=True)

    def with_assessment(self) -> SheetQuerySet:
        """Each with its member, assessment, edition and office, in one query."""
        return self.select_related("member__assessment__office", "member__assessment__edition")

    def in_play(self) -> SheetQuerySet:
        """Those of members who have not left."""
        return self.filter(member__left_at__isnull=True)

    def handed_in(self) -> SheetQuerySet:
        """Those that are in."""
        return self.filter(state=Sheet.State.HANDED_IN)


class Sheet(Stamped):
    """The individual sheet of one member."""

    class State(models.TextChoices):
        OPEN = "open", _("In progress")
        HANDED_IN = "handed_in", _("Handed in")
        REOPENED = "reopened", _("Open again")

    member = models.OneToOneField("assessments.Member", models.CASCADE, related_name="sheet")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_reason = models.TextField(blank=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("individual sheet")
        verbose_name_plural = _("individual sheets")
        constraints = [
            models.CheckConstraint(
                name="assessments_sheet_state_known", condition=Q(state__in=("open", "handed_in", "reopened"))
            ),
            models.CheckConstraint(
                name="assessments_sheet_handed_in_has_moment",
                condition=~Q(state="handed_in") | Q(handed_in_at__isnull=False),
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its person."""
        return self.member.name or self.member.email

    def __str__(self) -> str:
        return f"sheet {self.pk} of member {self.member_id}"

    @property
    def is_in(self) -> bool:
        """Whether the member has handed it in."""
        return self.state == self.State.HANDED_IN


class NodeScore(Stamped):
    """What one member gave one node: marks by dimension, or "I don't know enough"."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    node = models.CharField(max_length=40)
    marks = models.JSONField(default=dict, blank=True)
    # Ticking it keeps the marks in the row, so that unticking brings them back; they are not counted meanwhile.
    unknown = models.BooleanField(_("I don't know enough"), default=False)
    rationale = models.TextField(_("what decided"), blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [models.UniqueConstraint(fields=["sheet", "node"], name="assessments_score_node_once")]

    def __str__(self) -> str:
        return f"score {self.node} on sheet {self.sheet_id}"

    @property
    def counted(self) -> Mapping[str, int]:
        """The marks that count: none when the member does not know enough."""
        return {} if self.unknown else self.marks


class Entry(Stamped):
    """One strength, area for improvement or suggestion: one thought."""

    Kind = Kind

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="entries")
    node = models.CharField(max_length=40)
    # Given by the page that first wrote it, so that a text sent twice stays one.
    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    evidence = models.ManyToManyField("assessments.Evidence", related_name="entries", blank=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="assessments_entry_key_once"),
            models.CheckConstraint(
                name="assessments_entry_kind_known", condition=Q(kind__in=("strength", "area", "suggestion"))
            ),
            models.CheckConstraint(name="assessments_entry_has_text", condition=~Q(text="")),
        ]
        indexes = [models.Index(fields=["sheet", "node"], name="assessments_entry_sheet_node")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} on {self.node}"
