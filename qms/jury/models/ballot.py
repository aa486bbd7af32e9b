"""A juror's blind scores of one application."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.awards.models import Application, Programme
from qms.core.models import Stamped

from .pool import Declaration, Exclusion, Juror

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Ballots."""

    def visible_to(self, user: User | AnonymousUser) -> BallotQuerySet:
        """The own ones where nothing excludes the person, and those of the rounds that the person runs."""
        pair = {"juror": OuterRef("juror"), "application": OuterRef("application")}
        own = Q(juror__user=user.pk, juror__left_at__isnull=True, ended_at__isnull=True) & Q(
            Exists(Declaration.objects.filter(**pair)), ~Exists(Exclusion.objects.filter(**pair))
        )
        run = Programme.objects.run_by(user).values("pk")
        return self.filter(own | Q(application__category__round__programme__in=run))

    def counting(self) -> BallotQuerySet:
        """Those that have not ended, so count once they are handed in."""
        return self.filter(ended_at__isnull=True)


class Ballot(Stamped):
    """One juror is asked to score one application; what was scored stays in the file, whatever becomes of it."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("ballot", "Draft")
        HANDED_IN = "in", pgettext_lazy("ballot", "Handed in")

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="ballots")
    application = models.ForeignKey(Application, models.PROTECT, related_name="ballots")
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.DRAFT, editable=False)
    # Whether the balanced assignment made it, or the organiser by hand.
    is_automatic = models.BooleanField(default=False, editable=False)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    assigned_at = models.DateTimeField(editable=False)
    # Why it was added after the numbers of the application had been open; empty for all others.
    late_reason = models.CharField(max_length=500, blank=True, editable=False)
    # Weighted over the sections that have a score; set when it is handed in.
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, editable=False)
    summary = models.TextField(_("in short"), max_length=4000, blank=True)
    # Of the words in short: which save they are.
    version = models.PositiveIntegerField(default=0, editable=False)
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Taken back by the organiser so that the juror can correct it.
    unlocked_reason = models.CharField(max_length=500, blank=True, editable=False)
    # Taken away: the juror is excluded, left, or the organiser chose another.
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["juror", "application"], condition=Q(ended_at__isnull=True), name="jury_ballot_once"
            ),
            models.CheckConstraint(name="jury_ballot_state_known", condition=Q(state__in=("draft", "in"))),
            models.CheckConstraint(
                name="jury_ballot_in_has_moment", condition=Q(state="draft") | Q(handed_in_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"ballot of juror {self.juror_id} on application {self.application_id}"


class Mark(Stamped):
    """What a juror gives one section: marks on the panel, or "cannot be judged" with the reason, never a zero."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="marks")
    section = models.ForeignKey("awards.Section", models.PROTECT, related_name="+")
    # By dimension of the panel: {"plan": 40, "do": 35, …}; {"score": 40} where there is one.
    marks = models.JSONField(default=dict, blank=True)
    # The panel's score of the marks; nothing while one is missing.
    score = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, editable=False)
    is_na = models.BooleanField(_("cannot be judged"), default=False)
    reason = models.CharField(_("why it cannot be judged"), max_length=500, blank=True)
    strengths = models.TextField(_("strengths"), max_length=4000, blank=True)
    areas = models.TextField(_("areas for improvement"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ballot", "section"], name="jury_mark_once"),
            models.CheckConstraint(name="jury_mark_na_has_no_score", condition=Q(is_na=False) | Q(score__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"mark of section {self.section_id} in ballot {self.ballot_id}"
