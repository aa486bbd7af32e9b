"""Moderation: a step of Wagtail's workflow that reviewers take with a rubric, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task

from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User

RUBRIC = ("relevance", "evidence", "effect", "transferability", "clarity")


def mark(label: Any) -> models.PositiveSmallIntegerField:
    """A mark of the rubric, 1 to 5."""
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(5)])


class ReviewTask(Task):
    """The step at which a coordinator of the office's region (or of the country) reads a practice."""

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        """Whether the person may open the practice in the editor while it waits."""
        return self.may_review(obj, user)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        """What the person may do in the editor: reviews are written on the platform's own page."""
        return []

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """Whether the practice is closed to the person in the editor: to all while it waits, as on the platform."""
        return True

    @staticmethod
    def may_review(practice: Any, user: User) -> bool:
        """Whether the person coordinates the office's region or the country, and does not work in the office."""
        held = roles_of(user)
        coordinates = practice.office.region_id in held.regions or held.has(roles.NATIONAL_COORDINATOR)
        return coordinates and not held.has_at(practice.office_id)

    class Meta:
        verbose_name = _("review of a good practice")
        verbose_name_plural = _("reviews of good practices")


class Review(Stamped):
    """What a reviewer thought of one version of a practice."""

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned with remarks")

    practice = models.ForeignKey("goodpractices.PracticePage", models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    relevance = mark(_("relevance"))
    evidence = mark(_("evidence"))
    effect = mark(_("effect"))
    transferability = mark(_("transferability"))
    clarity = mark(_("clarity"))
    comment = models.TextField(_("remarks for the office"), max_length=3000, blank=True)
    outcome = models.CharField(_("decision"), max_length=9, choices=Outcome)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                name="goodpractices_review_returned_has_words",
                condition=~models.Q(outcome="returned") | ~models.Q(comment=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of practice {self.practice_id} ({self.pk})"
