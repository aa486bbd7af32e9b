"""What the public reads about a laureate, and the practice that came of an award."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.awards.models import Application, Programme
from qms.awards.models.application import HEADS
from qms.core.models import Stamped
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class PressSummaryQuerySet(models.QuerySet["PressSummary"]):
    """Press summaries."""

    def visible_to(self, user: User | AnonymousUser) -> PressSummaryQuerySet:
        """Those of the rounds that the person runs; the own office's once it was asked."""
        run = Programme.objects.run_by(user).values("pk")
        own = Q(application__office__in=roles_of(user).offices(*HEADS)) & ~Q(state=PressSummary.State.DRAFT)
        return self.filter(Q(application__category__round__programme__in=run) | own)


class PressSummary(Stamped):
    """What the public will read about a laureate, once the laureate has approved it.

    A laureate is asked after it was told under embargo, or after the embargo.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("press summary", "Draft")
        ASKED = "asked", _("Waits for the laureate")
        RETURNED = "returned", _("The laureate asks for changes")
        APPROVED = "approved", pgettext_lazy("press summary", "Approved")

    application = models.OneToOneField(Application, models.PROTECT, related_name="press_summary")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    # By language: {"pl": "…", "en": "…"}.
    texts = models.JSONField(default=dict)
    remark = models.TextField(_("what should be changed"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PressSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("press summary")
        verbose_name_plural = _("press summaries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="laureates_press_state", condition=Q(state__in=("draft", "asked", "returned", "approved"))
            ),
        ]

    def __str__(self) -> str:
        return f"press summary of application {self.application_id} ({self.state})"


class LaureatePractice(models.Model):
    """The good practice that came of a laureate's application."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="laureate_practice")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("practice of a laureate")
        verbose_name_plural = _("practices of laureates")

    def __str__(self) -> str:
        return f"practice of application {self.application_id}"
