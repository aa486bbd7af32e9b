"""CAF's ten steps as an office walks them, and the private address of a person's calendar."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class CycleMark(Stamped):
    """What an office notes at one of the ten steps of a cycle; what the platform knows itself is never typed."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="cycle_marks")
    # The cycle is that of its self-assessment; a cycle that has none yet is the office's next one.
    assessment = models.ForeignKey(
        "assessments.Assessment", models.CASCADE, null=True, blank=True, related_name="cycle_marks"
    )
    step = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10)])
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("step of the cycle")
        verbose_name_plural = _("steps of the cycle")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "assessment", "step"],
                condition=Q(assessment__isnull=False),
                name="improvements_cycle_step_once",
            ),
            models.UniqueConstraint(
                fields=["office", "step"],
                condition=Q(assessment__isnull=True),
                name="improvements_next_cycle_step_once",
            ),
            models.CheckConstraint(name="improvements_cycle_step_known", condition=Q(step__gte=1, step__lte=10)),
        ]

    def __str__(self) -> str:
        return f"step {self.step} of office {self.office_id} in {self.assessment_id or 'the next cycle'}"


class CalendarKey(Stamped):
    """Which edition of a person's private calendar address is valid; a new one makes the old address void."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"calendar {self.version} of {self.user_id}"
