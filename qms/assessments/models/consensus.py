"""What the group agreed, kept apart from what each member gave."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped

from .sheet import Kind


class ConsensusNodeQuerySet(models.QuerySet["ConsensusNode"]):
    """Agreements by node."""

    def settled(self) -> ConsensusNodeQuerySet:
        """Those on which the group has closed the discussion."""
        return self.filter(settled_at__isnull=False)


class ConsensusNode(Stamped):
    """The group's agreement on one node."""

    assessment = models.ForeignKey("assessments.Assessment", models.CASCADE, related_name="consensus")
    node = models.CharField(max_length=40)
    # Either marks by dimension, or {"score": 34} when the group agreed the node's score as one number.
    marks = models.JSONField(default=dict, blank=True)
    left_blank = models.BooleanField(_("left without a score"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    dissent = models.TextField(_("dissent"), blank=True)
    dissenters = models.ManyToManyField("assessments.Member", related_name="dissents", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reopened_reason = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(editable=False)

    objects = ConsensusNodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement on a subcriterion")
        verbose_name_plural = _("agreements on subcriteria")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "node"], name="assessments_consensus_node_once"),
            models.CheckConstraint(
                name="assessments_consensus_blank_has_reason",
                condition=Q(settled_at__isnull=True) | Q(left_blank=False) | ~Q(reason=""),
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its subcriterion."""
        return self.node

    def __str__(self) -> str:
        return f"agreement {self.node} of assessment {self.assessment_id}"

    @property
    def is_settled(self) -> bool:
        """Whether the group has closed the discussion of this node."""
        return self.settled_at is not None


class ConsensusEntry(Stamped):
    """A strength, area or suggestion as the group worded it, with the entries it came from."""

    Kind = Kind

    agreement = models.ForeignKey(ConsensusNode, models.CASCADE, related_name="entries")
    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(default=0)
    sources = models.ManyToManyField("assessments.Entry", related_name="agreed", blank=True)
    evidence = models.ManyToManyField("assessments.Evidence", related_name="agreed_entries", blank=True)

    class Meta:
        verbose_name = _("agreed entry")
        verbose_name_plural = _("agreed entries")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="assessments_consensus_entry_key_once"),
            models.CheckConstraint(
                name="assessments_consensus_entry_kind_known", condition=Q(kind__in=("strength", "area", "suggestion"))
            ),
            models.CheckConstraint(name="assessments_consensus_entry_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"agreed {self.kind} {self.pk}"
