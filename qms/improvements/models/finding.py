"""What was found and has been taken up: frozen when an action answers it, when it is set aside, or when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.models import roles_of

from .plan import HEADS, Plan

if TYPE_CHECKING:
    from qms.accounts.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings that an office has taken up."""

    def visible_to(self, user: User) -> FindingQuerySet:
        """Those of offices that the person leads or directs, and those behind the actions of a readable plan."""
        read = Finding.objects.filter(actions__plan__in=Plan.objects.visible_to(user).values("pk")).values("pk")
        return self.filter(Q(office__in=roles_of(user).offices(*HEADS)) | Q(pk__in=read))

    def open(self) -> FindingQuerySet:
        """Those not set aside."""
        return self.filter(dismissed_at__isnull=True)


class Finding(Stamped):
    """One thing that an instrument or a person found; an instrument's key says which, so that it is taken up once."""

    class Source(models.TextChoices):
        AREA = "area", _("area for improvement")
        LOW = "low", _("low score")
        DISPUTED = "disputed", _("disputed score")
        SURVEY = "survey", _("survey")
        MYSTERY = "mystery", _("mystery client")
        CHECKLIST = "checklist", _("checklist")
        OWN = "own", _("own observation")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="findings")
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.OWN)
    key = models.CharField(max_length=120, editable=False)
    title = models.CharField(_("what was found"), max_length=300)
    detail = models.TextField(_("in more words"), blank=True, max_length=5000)
    instrument = models.CharField(_("where it comes from"), max_length=200, blank=True)
    framework = models.CharField(max_length=60, blank=True, editable=False)
    node = models.CharField(_("subcriterion"), max_length=40, blank=True)
    score = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    scale = models.CharField(max_length=60, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    url = models.CharField(max_length=300, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True, editable=False)
    dismissed_reason = models.TextField(_("why it is set aside"), blank=True, max_length=2000)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["office", "key"], name="improvements_finding_once"),
            models.CheckConstraint(name="improvements_finding_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="improvements_finding_dismissed_has_reason",
                condition=Q(dismissed_at__isnull=True) | ~Q(dismissed_reason=""),
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by what was found."""
        return self.title

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"
