"""Lists of decisions: who is visited, who gets which prize; and the protocol with everything that counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.awards.models import Application, Category, Prize, Programme
from qms.awards.models.application import new_code
from qms.core.models import Stamped
from qms.lifecycle import Refused, gettext_noop

from .pool import Juror, KeptQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

FIXED = gettext_noop("A protocol cannot be changed.")


class DecisionListQuerySet(models.QuerySet["DecisionList"]):
    """Lists of decisions."""

    def visible_to(self, user: User | AnonymousUser) -> DecisionListQuerySet:
        """Those of the rounds that the person runs, and those of the categories in whose pool the person sits."""
        run = Programme.objects.run_by(user).values("pk")
        seats = Juror.objects.seated().filter(user=user.pk, accepted_at__isnull=False)
        sits = Q(category__in=Category.objects.filter(jurors__in=seats).values("pk"))
        return self.filter(Q(category__round__programme__in=run) | sits)


class DecisionList(Stamped):
    """One meeting's decisions on all applications of a category: first on visits, then on prizes."""

    class Stage(models.TextChoices):
        VISIT = "visit", _("list for visits")
        PRIZE = "prize", _("prizes")

    category = models.ForeignKey(Category, models.PROTECT, related_name="decision_lists")
    stage = models.CharField(max_length=5, choices=Stage)
    # Sent with every save: a page that was read before another save is refused.
    version = models.PositiveIntegerField(default=1)
    met_at = models.DateTimeField(_("date of the meeting"), null=True, blank=True)
    present = models.ManyToManyField(Juror, related_name="+", blank=True, verbose_name=_("present"))
    note = models.TextField(_("note for the protocol"), max_length=8000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = DecisionListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of decisions")
        verbose_name_plural = _("lists of decisions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["category", "stage"], name="jury_decision_list_once"),
            models.CheckConstraint(name="jury_decision_list_stage", condition=Q(stage__in=("visit", "prize"))),
        ]

    def __str__(self) -> str:
        return f"list of decisions ({self.stage}) of category {self.category_id}"

    @property
    def is_closed(self) -> bool:
        """Whether its decisions stand."""
        return self.closed_at is not None


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def standing(self) -> DecisionQuerySet:
        """Those of closed lists."""
        return self.filter(list__closed_at__isnull=False)

    def laurels(self) -> DecisionQuerySet:
        """Prizes that stand; told to nobody before the round's embargo ends."""
        return self.standing().filter(list__stage="prize", prize__isnull=False)


class Decision(Stamped):
    """What the jury decided on one application in one list."""

    class Outcome(models.TextChoices):
        VISIT = "visit", pgettext_lazy("decision", "visit")
        TALK = "talk", pgettext_lazy("decision", "talk first")
        NO_VISIT = "no_visit", pgettext_lazy("decision", "no visit")
        PRIZE = "prize", pgettext_lazy("decision", "prize")
        NO_PRIZE = "no_prize", pgettext_lazy("decision", "no prize")
        # Nobody could judge it; written when the list is closed.
        OUT = "out", pgettext_lazy("decision", "not judged, out of competition")

    list = models.ForeignKey(DecisionList, models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome)
    prize = models.ForeignKey(Prize, models.PROTECT, null=True, blank=True, related_name="decisions")
    # One or two sentences that the office reads in its feedback.
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    # As it stood when the list was closed.
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, editable=False)
    place_from = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    place_to = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("jury", "decision")
        verbose_name_plural = pgettext_lazy("jury", "decisions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list", "application"], name="jury_decision_once"),
            models.CheckConstraint(
                name="jury_decision_prize_when_prize",
                condition=Q(outcome="prize", prize__isnull=False) | (~Q(outcome="prize") & Q(prize__isnull=True)),
            ),
            models.CheckConstraint(
                name="jury_decision_outcome_known",
                condition=Q(outcome__in=("visit", "talk", "no_visit", "prize", "no_prize", "out")),
            ),
        ]

    def __str__(self) -> str:
        return f"decision on application {self.application_id} in list {self.list_id}"


class ProtocolQuerySet(KeptQuerySet):
    """Protocols."""

    def visible_to(self, user: User | AnonymousUser) -> ProtocolQuerySet:
        """Those of the lists that the person runs or chairs."""
        run = Programme.objects.run_by(user).values("pk")
        chairs = Juror.objects.seated().filter(user=user.pk, is_chair=True, accepted_at__isnull=False)
        chaired = Q(list__category__in=Category.objects.filter(jurors__in=chairs).values("pk"))
        return self.filter(Q(list__category__round__programme__in=run) | chaired)


class Protocol(models.Model):
    """Everything that counted for a list of decisions, frozen when the list was closed; written once."""

    list = models.OneToOneField(DecisionList, models.PROTECT, related_name="protocol")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        verbose_name = _("protocol of a jury")
        verbose_name_plural = _("protocols of juries")

    def __str__(self) -> str:
        return f"protocol of list {self.list_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise Refused(FIXED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Nothing: a protocol is never deleted."""
        raise Refused(FIXED)
