"""Distributions that were shown once: what the guard against differences remembers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class Release(Stamped):
    """One anonymous distribution of the scores of one node, as an edition showed it.

    Who stood behind it is kept for the guard alone and never leaves this table: a later distribution is held back
    while the two together would cut out fewer than five offices.
    """

    edition = models.ForeignKey("exchange.Edition", models.CASCADE, related_name="releases")
    framework = models.CharField(max_length=60)
    node = models.CharField(max_length=40)
    # Keys of the approved assessments behind it, in ascending order.
    contributors = models.JSONField()
    # What was shown: {"count": 23, "median": "41", "bins": [[low, high, count], …]}.
    shown = models.JSONField()
    # Set when one of the contributors withdrew: from then on nothing of it is shown.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("released distribution")
        verbose_name_plural = _("released distributions")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["framework", "node", "edition"], name="exchange_release_node")
        ]

    def __str__(self) -> str:
        return f"distribution {self.pk} of {self.framework} {self.node} in edition {self.edition_id}"
