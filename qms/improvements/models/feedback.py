"""CAF external feedback: questionnaires as data, the applicant's answers, the team's scores, the label."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

from .plan import HEADS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class FeedbackScheme(Stamped):
    """One edition of the questionnaires, the scale, the profile to be met and the periods; immutable."""

    code = models.CharField(max_length=60, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("scheme of external feedback")
        verbose_name_plural = _("schemes of external feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="improvements_one_current_scheme"
            )
        ]

    def __str__(self) -> str:
        return self.code


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """External feedbacks."""

    def visible_to(self, user: User | AnonymousUser) -> FeedbackQuerySet:
        """The own office's for its heads, those of one's team, and submitted ones for region and country."""
        held = roles_of(user)
        team = FeedbackActor.objects.present().filter(user=user.pk).values("feedback")
        own = Q(office__in=held.offices(*HEADS)) | Q(pk__in=team)
        organises = Q(office__region__in=held.regions)
        if held.has(roles.NATIONAL_COORDINATOR):
            organises = Q()
        return self.filter(own | (~Q(stage="draft") & organises))

    def labelled(self, on: date) -> FeedbackQuerySet:
        """Those whose label is valid on this day."""
        return self.filter(stage="decided", has_label=True, valid_until__gte=on)


class Feedback(Stamped):
    """One office's external feedback, from the application to the decision."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        SUBMITTED = "submitted", _("Applied")
        SCORING = "scoring", _("Feedback under way")
        REPORTING = "reporting", _("Report written")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="feedbacks")
    scheme = models.ForeignKey(FeedbackScheme, models.PROTECT, related_name="feedbacks")
    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="feedbacks")
    plan = models.ForeignKey("improvements.Plan", models.PROTECT, related_name="feedbacks")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage, default=Stage.DRAFT, editable=False)
    contact = models.CharField(_("contact person"), max_length=200, blank=True)
    motivation = models.TextField(_("why we apply"), blank=True, max_length=3000)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    visit_on = models.DateField(_("day of the visit"), null=True, blank=True)
    visit_agenda = models.TextField(_("agenda of the visit"), blank=True, max_length=5000)
    visit_notes = models.TextField(_("notes of the visit"), blank=True, max_length=10000)
    strengths = models.TextField(_("strengths"), blank=True, max_length=5000)
    advice = models.TextField(_("areas for improvement and advice"), blank=True, max_length=5000)
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    has_label = models.BooleanField(null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("reason"), blank=True, max_length=3000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_on = models.DateField(null=True, blank=True, editable=False)
    valid_until = models.DateField(null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("external feedback")
        verbose_name_plural = _("external feedback")
        constraints = [
            models.CheckConstraint(
                name="improvements_feedback_stage_known",
                condition=Q(stage__in=("draft", "submitted", "scoring", "reporting", "decided", "withdrawn")),
            ),
            models.UniqueConstraint(
                fields=["assessment"], condition=~Q(stage="withdrawn"), name="improvements_feedback_once"
            ),
            models.CheckConstraint(
                name="improvements_feedback_label_has_end",
                condition=Q(has_label__isnull=True) | Q(has_label=False) | Q(valid_until__isnull=False),
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its number."""
        return f"{self.pk}"

    def __str__(self) -> str:
        return f"external feedback {self.pk} of office {self.office_id}"


class FeedbackActorQuerySet(models.QuerySet["FeedbackActor"]):
    """Members of feedback teams."""

    def present(self) -> FeedbackActorQuerySet:
        """Those who declared no conflict and were not taken off."""
        return self.filter(removed_at__isnull=True).exclude(declaration="conflict")


class FeedbackActor(Stamped):
    """A peer of another office in the team; before anything is shown, a declaration is asked for."""

    class Declaration(models.TextChoices):
        NONE = "", _("Not declared yet")
        CLEAR = "clear", _("No conflict of interest")
        CONFLICT = "conflict", _("Conflict of interest")

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_seats")
    is_leader = models.BooleanField(_("leads the team"), default=False)
    declaration = models.CharField(max_length=8, choices=Declaration, default=Declaration.NONE, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    conflict = models.TextField(_("what the conflict is"), blank=True, max_length=2000)
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedbackActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback actor")
        verbose_name_plural = _("feedback actors")
        constraints = [
            models.UniqueConstraint(fields=["feedback", "user"], name="improvements_actor_once"),
            models.UniqueConstraint(
                fields=["feedback"],
                condition=Q(is_leader=True, removed_at__isnull=True),
                name="improvements_actor_one_leader",
            ),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its person."""
        return str(self.user)

    def __str__(self) -> str:
        return f"actor {self.user_id} of feedback {self.feedback_id}"


def level(*, required: bool = False) -> models.PositiveSmallIntegerField:
    """A level of the five-level scale, or none yet."""
    return models.PositiveSmallIntegerField(
        _("level"),
        null=not required,
        blank=not required,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )


class FeedbackAnswer(Stamped):
    """The applicant's own answer to one item of a questionnaire."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    level = level()
    text = models.TextField(_("what we did"), blank=True, max_length=3000)
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("answer of the applicant")
        verbose_name_plural = _("answers of the applicant")
        constraints = [models.UniqueConstraint(fields=["feedback", "item"], name="improvements_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.item} of feedback {self.feedback_id}"


class FeedbackScore(Stamped):
    """One actor's level of one item, before the team agrees."""

    actor = models.ForeignKey(FeedbackActor, models.CASCADE, related_name="scores")
    item = models.CharField(max_length=40)
    level = level()
    comment = models.TextField(_("comment"), blank=True, max_length=3000)

    class Meta:
        verbose_name = _("level given by an actor")
        verbose_name_plural = _("levels given by actors")
        constraints = [models.UniqueConstraint(fields=["actor", "item"], name="improvements_actor_score_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.level} by actor {self.actor_id}"


class FeedbackAgreed(Stamped):
    """What the team agreed on one item."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="agreed")
    item = models.CharField(max_length=40)
    level = level(required=True)
    comment = models.TextField(_("comment"), blank=True, max_length=3000)

    class Meta:
        verbose_name = _("level agreed by the team")
        verbose_name_plural = _("levels agreed by the team")
        constraints = [models.UniqueConstraint(fields=["feedback", "item"], name="improvements_agreed_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.level} of feedback {self.feedback_id}"
