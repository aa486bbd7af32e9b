"""What the jurors agreed on a section, and how an application stands by all that counts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Application
from qms.core.models import Stamped

from .ballot import Ballot


class AgreedQuerySet(models.QuerySet["Agreed"]):
    """Agreements."""

    def holding(self) -> AgreedQuerySet:
        """Those made from the ballots that count now.

        Where a ballot has come in since, or one of them has ended, the jury agrees anew; until then it does not count.
        """
        return self.filter(_made_of_what_counts())

    def weighed(self) -> models.QuerySet[Any]:
        """All, each with `holds`: whether it was made from the ballots that count now."""
        return self.annotate(holds=models.ExpressionWrapper(_made_of_what_counts(), output_field=models.BooleanField()))


def _made_of_what_counts() -> Q:
    ballots = Ballot.objects.filter(application=OuterRef("application"))
    come = ballots.counting().filter(handed_in_at__gt=OuterRef("agreed_at"))
    gone = ballots.filter(ended_at__gt=OuterRef("agreed_at"), assigned_at__lt=OuterRef("agreed_at"))
    return Q(~Exists(come), ~Exists(gone))


class Agreed(Stamped):
    """The agreed score of a section with its reason, and what the office will read; ballots stay as they are."""

    class Stage(models.TextChoices):
        TALK = "talk", _("after the talk")
        VISIT = "visit", _("after the visit")

    application = models.ForeignKey(Application, models.PROTECT, related_name="agreed")
    section = models.ForeignKey("awards.Section", models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict, blank=True)
    score = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    # Agreed that it cannot be judged: it is left out, never a zero.
    is_na = models.BooleanField(_("cannot be judged"), default=False)
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    strengths = models.TextField(_("strengths"), max_length=6000, blank=True)
    areas = models.TextField(_("areas for improvement"), max_length=6000, blank=True)
    stage = models.CharField(max_length=5, choices=Stage, default=Stage.TALK)
    version = models.PositiveIntegerField(default=1)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    agreed_at = models.DateTimeField(editable=False)

    objects = AgreedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement of a jury")
        verbose_name_plural = _("agreements of juries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "section"], name="jury_agreed_once"),
            models.CheckConstraint(
                name="jury_agreed_score_or_na",
                condition=Q(is_na=True, score__isnull=True) | Q(is_na=False, score__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"agreement on section {self.section_id} of application {self.application_id}"


class Standing(models.Model):
    """How an application stands, reckoned anew after every act that counts, so that lists read one row each.

    `sections`: {"<section pk>": {"n": 3, "mean": "54.2", "low": "41", "high": "66", "agreed": "52" | null,
    "na": false, "counts": "52"}}; decimals as text. `total` follows `domain.scoring`: nothing while it is not revealed.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="standing")
    ballots = models.PositiveSmallIntegerField(default=0)
    handed_in = models.PositiveSmallIntegerField(default=0)
    # Every ballot that counts is in, and there are as many as it needs.
    is_revealed = models.BooleanField(default=False)
    # When numbers were open for the first time; kept when they are hidden again.
    first_revealed_at = models.DateTimeField(null=True, blank=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    lowest = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    highest = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    median = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    needs_talk = models.BooleanField(default=False)
    sections = models.JSONField(default=dict)
    reckoned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("standing of an application")
        verbose_name_plural = _("standings of applications")

    def __str__(self) -> str:
        return f"standing of application {self.application_id}"

    @property
    def was_revealed(self) -> bool:
        """Whether its numbers are open or were once."""
        return self.is_revealed or self.first_revealed_at is not None
