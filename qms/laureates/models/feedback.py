"""What every applicant reads after the embargo: strengths, areas, bands; and who was told what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.awards.models import Application, Programme
from qms.awards.models.application import HEADS
from qms.core.models import Stamped
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class FeedbackReportQuerySet(models.QuerySet["FeedbackReport"]):
    """FeedbackReport reports."""

    def visible_to(self, user: User | AnonymousUser) -> FeedbackReportQuerySet:
        """All of the rounds that the person runs; the own office's once it is approved and the embargo has ended."""
        run = Programme.objects.run_by(user).values("pk")
        told = Q(
            application__office__in=roles_of(user).offices(*HEADS),
            state=FeedbackReport.State.APPROVED,
            application__category__round__embargo_until__lte=timezone.now(),
        )
        return self.filter(Q(application__category__round__programme__in=run) | told)


class FeedbackReport(Stamped):
    """The feedback report of one application, laid down from what the jury agreed, edited, then approved.

    `sections`: [{"pk", "code", "titles", "strengths": "…", "areas": "…", "score": "52.3" | null, "band": "code" | "",
    "low": 40, "high": 60, "median": "48" | null}]; the band is a framework's, else tens; the median of the category
    stands only where five or more applications have a score.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("feedback", "Draft")
        APPROVED = "approved", pgettext_lazy("feedback", "Approved")

    application = models.OneToOneField(Application, models.PROTECT, related_name="feedback")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    opening = models.TextField(_("first words"), max_length=4000, blank=True)
    closing = models.TextField(_("last words"), max_length=4000, blank=True)
    sections = models.JSONField(default=list)
    # What the jury decided, with its reason, as it stands in the closed list: {"outcome", "prize": titles, "reason"}.
    decision = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedbackReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback report")
        verbose_name_plural = _("feedback reports")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="laureates_feedback_state", condition=Q(state__in=("draft", "approved"))),
        ]

    def __str__(self) -> str:
        return f"feedback on application {self.application_id} ({self.state})"


class Telling(models.Model):
    """An office was told something about its application: a prize, the result, that its report is there."""

    class Kind(models.TextChoices):
        EMBARGO = "embargo", _("laureate, told under embargo")
        RESULT = "result", _("result, told after the embargo")
        REPORT = "report", _("feedback report, told when it was there")

    application = models.ForeignKey(Application, models.PROTECT, related_name="tellings")
    kind = models.CharField(max_length=7, choices=Kind)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("news of a result")
        verbose_name_plural = _("news of results")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "kind"], name="laureates_telling_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} told about application {self.application_id}"
