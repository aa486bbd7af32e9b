"""Phases of a jury's work: one row says everything that is open and visible in its time."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Round
from qms.awards.models.titled import Titled


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Phases."""

    def current(self, at: datetime) -> PhaseQuerySet:
        """The one that runs at this moment; phases of a round never overlap."""
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class Phase(Titled):
    """What jurors may do and see from one moment to another; between phases nothing is open."""

    class Sees(models.TextChoices):
        NOTHING = "none", _("no application")
        ASSIGNED = "assigned", _("applications they score")
        CATEGORY = "category", _("all applications of their categories")

    round = models.ForeignKey(Round, models.CASCADE, related_name="phases")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    may_declare = models.BooleanField(_("jurors declare conflicts of interest"), default=True)
    sees = models.CharField(_("jurors read"), max_length=8, choices=Sees, default=Sees.NOTHING)
    may_score = models.BooleanField(_("jurors score"), default=False)
    # Of an application for which every ballot is in.
    shows_scores = models.BooleanField(_("jurors see each other's revealed scores"), default=False)
    shows_names = models.BooleanField(_("with names"), default=False)
    may_agree = models.BooleanField(_("the chair writes down what was agreed"), default=False)
    may_visit = models.BooleanField(_("jurors visit and report"), default=False)
    may_decide = models.BooleanField(_("the chair writes down decisions"), default=False)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase of a jury")
        verbose_name_plural = _("phases of juries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="jury_phase_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="jury_phase_sees_known", condition=Q(sees__in=("none", "assigned", "category"))
            ),
            models.CheckConstraint(
                name="jury_phase_scores_what_is_read", condition=Q(may_score=False) | ~Q(sees="none")
            ),
        ]

    def __str__(self) -> str:
        return f"phase {self.pk} of round {self.round_id}"
