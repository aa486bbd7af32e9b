"""Seminars of a theme and who presents there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class Seminar(Stamped):
    """A meeting at which offices present what they do."""

    theme = models.ForeignKey("exchange.Theme", models.CASCADE, related_name="seminars")
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("day"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("address for taking part from afar"), max_length=300, blank=True)
    text = models.TextField(_("what it is about"), max_length=3000, blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where this is told, when it is not our own seminar.")
    )

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title


class Presentation(Stamped):
    """What one office presents at a seminar."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="presentations")
    position = models.PositiveSmallIntegerField(default=1)
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, blank=True, related_name="+")
    # For an office that does not work on this platform.
    office_name = models.CharField(_("office"), max_length=200, blank=True)
    title = models.CharField(_("what it presents"), max_length=300, blank=True)
    practice = models.ForeignKey("goodpractices.PracticePage", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="exchange_presentation_has_office",
                condition=models.Q(office__isnull=False) | ~models.Q(office_name=""),
            )
        ]

    def __str__(self) -> str:
        return f"presentation {self.pk} at seminar {self.seminar_id}"
