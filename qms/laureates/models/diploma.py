"""Diplomas of a round, and how they are verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Programme
from qms.awards.models.application import HEADS, new_code
from qms.core.models import Stamped
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class DiplomaPlan(Stamped):
    """What stands on all diplomas of a round: place and day, who signs."""

    round = models.OneToOneField("awards.Round", models.CASCADE, related_name="diploma_plan")
    place = models.CharField(_("place"), max_length=120, blank=True)
    given_on = models.DateField(_("date on the diploma"))
    # Up to three: [{"name": "…", "role": "…"}].
    signatories = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("text of diplomas")
        verbose_name_plural = _("texts of diplomas")

    def __str__(self) -> str:
        return f"diplomas of round {self.round_id}"


class DiplomaQuerySet(models.QuerySet["Diploma"]):
    """Diplomas."""

    def visible_to(self, user: User | AnonymousUser) -> DiplomaQuerySet:
        """Those of the rounds that the person runs; the own office's once the embargo has ended."""
        run = Programme.objects.run_by(user).values("pk")
        own = Q(
            decision__application__office__in=roles_of(user).offices(*HEADS),
            decision__application__category__round__embargo_until__lte=timezone.now(),
        )
        return self.filter(Q(decision__application__category__round__programme__in=run) | own)


class Diploma(Stamped):
    """A prize on paper; its code verifies it in public once the embargo has ended.

    `content` is frozen when it is issued: {"office", "city", "prize": titles, "kind", "round": titles, "programme":
    titles, "category": titles, "organiser", "year", "place", "given_on", "signatories", "number"}.
    """

    decision = models.OneToOneField("jury.Decision", models.PROTECT, related_name="diploma")
    number = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    content = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Withdrawn by the organiser; its address then says so.
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=500, blank=True)

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        verbose_name = _("diploma")
        verbose_name_plural = _("diplomas")

    def __str__(self) -> str:
        return f"diploma {self.number}"
