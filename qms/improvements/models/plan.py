"""An office's improvement plan and what approval leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.lifecycle import Refused, gettext_noop
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

HEADS = (roles.QUALITY_LEAD, roles.DIRECTOR)
APPROVED_STAGES = ("approved", "under_way", "closed")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans."""

    def visible_to(self, user: User | AnonymousUser) -> PlanQuerySet:
        """The own office's for its heads and for who works in it; approved ones also for staff, region and country."""
        held = roles_of(user)
        # By key, not by a join: a plan with two helpers of one person would stand twice.
        works = Plan.objects.filter(Q(actions__owner=user.pk) | Q(actions__helpers=user.pk)).values("pk")
        own = Q(office__in=held.offices(*HEADS)) | Q(pk__in=works, office__in=held.offices())
        reads = Q(office__in=held.offices()) | Q(office__region__in=held.regions)
        if held.has(roles.NATIONAL_COORDINATOR):
            reads = Q()
        return self.filter(own | (Q(stage__in=APPROVED_STAGES) & reads))

    def running(self) -> PlanQuerySet:
        """Those not closed yet."""
        return self.exclude(stage="closed")


class Plan(Stamped):
    """The improvement plan of one office: its actions, from the draft to the last measured effect."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        APPROVAL = "approval", _("Awaiting approval")
        APPROVED = "approved", _("Approved")
        UNDER_WAY = "under_way", _("Under way")
        CLOSED = "closed", _("Closed")

    class Currency(models.TextChoices):
        PLN = "PLN", _("Polish złoty (PLN)")
        EUR = "EUR", _("euro (EUR)")
        RUB = "RUB", _("Russian rouble (RUB)")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="plans", verbose_name=_("office"))
    assessment = models.ForeignKey(
        "assessments.Assessment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("self-assessment it answers"),
    )
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    introduction = models.TextField(_("introduction"), blank=True, max_length=5000)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.PLN)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_reason = models.TextField(blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=5000)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement plan")
        verbose_name_plural = _("improvement plans")
        constraints = [
            models.CheckConstraint(
                name="improvements_plan_stage_known",
                condition=Q(stage__in=("draft", "approval", "approved", "under_way", "closed")),
            ),
            models.CheckConstraint(name="improvements_plan_year_sane", condition=Q(year__gte=1990, year__lte=2100)),
            models.CheckConstraint(
                name="improvements_plan_approved_has_moment",
                condition=Q(stage__in=("draft", "approval")) | Q(approved_at__isnull=False),
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title

    def __str__(self) -> str:
        return f"{self.title} ({self.year}, {self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether anything in it may still change."""
        return self.stage != self.Stage.CLOSED

    @property
    def is_approved(self) -> bool:
        """Whether a director has approved it."""
        return self.stage in APPROVED_STAGES


class PlanSnapshotQuerySet(models.QuerySet["PlanSnapshot"]):
    """Snapshots; they are written once."""

    def update(self, **_kwargs: Any) -> int:
        """Nothing: a snapshot is never changed."""
        raise Refused(gettext_noop("An approved plan stays as it was approved."))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Nothing: a snapshot is never deleted."""
        raise Refused(gettext_noop("An approved plan stays as it was approved."))


class PlanSnapshot(models.Model):
    """The plan as the director approved it, with its fingerprint; later changes stand beside it, never in it."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="snapshot")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    objects = PlanSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved plan")
        verbose_name_plural = _("approved plans")

    def __str__(self) -> str:
        return f"snapshot {self.sha256[:12]} of plan {self.plan_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise Refused(gettext_noop("An approved plan stays as it was approved."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Nothing: a snapshot is never deleted."""
        raise Refused(gettext_noop("An approved plan stays as it was approved."))
