"""An application that fewer jurors can judge than were announced."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Application
from qms.core.models import Stamped


class Shortage(Stamped):
    """The organiser states that those judge it who are there, or that nobody can; one more ballot lifts it."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="shortage")
    # How many scored it when this was stated; with none it is not judged and stands out of competition.
    jurors = models.PositiveSmallIntegerField(editable=False)
    # Stands in the protocol; where nobody judges, the office reads it after the embargo.
    reason = models.TextField(_("reason"), max_length=2000)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    stated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("lack of jurors")
        verbose_name_plural = _("lacks of jurors")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="jury_shortage_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"lack of jurors of application {self.application_id}"

    @property
    def is_out(self) -> bool:
        """Whether it is not judged at all."""
        return self.jurors == 0
