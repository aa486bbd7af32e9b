"""What approval leaves behind: one frozen snapshot and rows of figures for comparison."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.lifecycle import Refused, gettext_noop


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots; they are written once."""

    def update(self, **_kwargs: Any) -> int:
        """Nothing: a snapshot is never changed."""
        raise Refused(gettext_noop("An approved report cannot be changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Nothing: a snapshot is never deleted."""
        raise Refused(gettext_noop("An approved report cannot be changed."))


class Snapshot(models.Model):
    """The content of an assessment as the director approved it, with its fingerprint."""

    assessment = models.OneToOneField("assessments.Assessment", models.PROTECT, related_name="snapshot")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved report")
        verbose_name_plural = _("approved reports")

    def __str__(self) -> str:
        return f"snapshot {self.sha256[:12]} of assessment {self.assessment_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise Refused(gettext_noop("An approved report cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Nothing: a snapshot is never deleted."""
        raise Refused(gettext_noop("An approved report cannot be changed."))


class NodeResult(models.Model):
    """The agreed score of one node of an approved assessment; empty when the group left it blank."""

    assessment = models.ForeignKey("assessments.Assessment", models.CASCADE, related_name="node_results")
    node = models.CharField(max_length=40)
    score = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    # How many members scored it, and how far apart: what the next cycle is told beside the agreed score.
    count = models.PositiveSmallIntegerField(default=0)
    lowest = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    highest = models.DecimalField(max_digits=12, decimal_places=6, null=True)

    class Meta:
        verbose_name = _("result of a subcriterion")
        verbose_name_plural = _("results of subcriteria")
        constraints = [models.UniqueConstraint(fields=["assessment", "node"], name="assessments_node_result_once")]

    def __str__(self) -> str:
        return f"{self.node}: {self.score} in assessment {self.assessment_id}"


class CriterionResult(models.Model):
    """The score of one criterion of an approved assessment; the total stands under an empty name."""

    TOTAL = ""

    assessment = models.ForeignKey("assessments.Assessment", models.CASCADE, related_name="criterion_results")
    criterion = models.CharField(max_length=40, blank=True)
    score = models.DecimalField(max_digits=12, decimal_places=6, null=True)

    class Meta:
        verbose_name = _("result of a criterion")
        verbose_name_plural = _("results of criteria")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="assessments_criterion_result_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion or 'total'}: {self.score} in assessment {self.assessment_id}"
