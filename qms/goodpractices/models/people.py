"""What readers say: questions with answers, thanks, searches they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions about practices."""

    def shown(self) -> QuestionQuerySet:
        """Those that everybody reads."""
        return self.filter(hidden_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> QuestionQuerySet:
        """Those that everybody reads, and the person's own."""
        return self.filter(Q(hidden_at__isnull=True) | Q(asked_by=user.pk))


class Question(Stamped):
    """A question to the office, answered for all readers; whoever moderates may hide it with a reason."""

    practice = models.ForeignKey("goodpractices.PracticePage", models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_reason = models.TextField(_("why it is hidden"), max_length=1000, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a practice")
        verbose_name_plural = _("questions about practices")
        constraints = [models.CheckConstraint(name="goodpractices_question_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"question {self.pk} about practice {self.practice_id}"


class Thanks(Stamped):
    """One person's thanks for one practice."""

    practice = models.ForeignKey("goodpractices.PracticePage", models.CASCADE, related_name="thanks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [models.UniqueConstraint(fields=["practice", "user"], name="goodpractices_thanks_once")]

    def __str__(self) -> str:
        return f"thanks of {self.user_id} for practice {self.practice_id}"


class SavedSearch(Stamped):
    """A search that a person keeps; new finds come by mail, once a week at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    # The address's own parameters, without the page number.
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=5)
    told_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["user", "query", "language"], name="goodpractices_search_once"),
            models.CheckConstraint(name="goodpractices_search_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
