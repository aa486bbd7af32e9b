"""What an office does not want to be proposed again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class Dismissal(Stamped):
    """“Not for us”: a practice that an office set aside for one subcriterion."""

    office = models.ForeignKey("offices.Office", models.CASCADE, related_name="+")
    # The practice in all its languages.
    practice_key = models.UUIDField()
    framework = models.CharField(max_length=60)
    node = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("proposal set aside")
        verbose_name_plural = _("proposals set aside")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["office", "practice_key", "framework", "node"], name="exchange_dismissal_once"
            )
        ]

    def __str__(self) -> str:
        return f"practice {self.practice_key} set aside by office {self.office_id} for {self.node}"
