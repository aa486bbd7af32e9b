"""Visits of jurors to an office that applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.awards.models import Application, Programme
from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

from .pool import Declaration, Exclusion, Juror

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits."""

    def visible_to(self, user: User | AnonymousUser) -> VisitQuerySet:
        """Those of the person's rounds, those of the person's team, and those to the office that the person heads."""
        run = Programme.objects.run_by(user).values("pk")
        visited = roles_of(user).offices(roles.DIRECTOR, roles.QUALITY_LEAD)
        seats = Juror.objects.seated().filter(user=user.pk)
        about = {"juror__user": user.pk, "application": OuterRef("application")}
        team = Q(Exists(Visit.team.through.objects.filter(visit=OuterRef("pk"), juror__in=seats)))
        mine = team & Q(Exists(Declaration.objects.filter(**about)), ~Exists(Exclusion.objects.filter(**about)))
        return self.filter(
            Q(application__category__round__programme__in=run) | Q(application__office__in=visited) | mine
        )


class Visit(Stamped):
    """A day on which jurors see for themselves what an application says."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("visit", "Planned")
        HELD = "held", pgettext_lazy("visit", "Held")
        CANCELLED = "cancelled", pgettext_lazy("visit", "Cancelled")

    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300)
    # What the office should prepare; it reads this and the agenda, never the report.
    message = models.TextField(_("message to the office"), max_length=4000, blank=True)
    team = models.ManyToManyField(Juror, related_name="visits", verbose_name=_("who visits"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    # The report: what was seen on the whole; by section in VisitNote.
    report = models.TextField(_("report"), max_length=8000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_reason = models.CharField(max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("jury", "visit")
        verbose_name_plural = pgettext_lazy("jury", "visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="cancelled"), name="jury_visit_one_at_a_time"
            ),
            models.CheckConstraint(name="jury_visit_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="jury_visit_state_known", condition=Q(state__in=("planned", "held", "cancelled"))
            ),
        ]

    def __str__(self) -> str:
        return f"visit for application {self.application_id} ({self.state})"


class AgendaItem(models.Model):
    """One point of a visit's agenda."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=1)
    starts = models.TimeField(_("from"))
    title = models.CharField(_("what is shown or talked about"), max_length=300)
    # The section of the form that it is about.
    section = models.ForeignKey("awards.Section", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of agendas")

    def __str__(self) -> str:
        return f"point {self.position} of visit {self.visit_id}"


class VisitNote(models.Model):
    """What the team found about one section."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        PARTLY = "partly", _("confirmed in part")
        NOT_SEEN = "not_seen", _("not confirmed")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="notes")
    section = models.ForeignKey("awards.Section", models.PROTECT, related_name="+")
    verdict = models.CharField(_("what was seen"), max_length=9, choices=Verdict, blank=True)
    text = models.TextField(_("note"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("note of a visit")
        verbose_name_plural = _("notes of visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["visit", "section"], name="jury_visit_note_once"),
        ]

    def __str__(self) -> str:
        return f"note on section {self.section_id} of visit {self.visit_id}"
