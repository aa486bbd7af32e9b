"""Evaluation meetings: what helped the participants, what hindered them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def visible_to(self, user: User | AnonymousUser) -> MeetingQuerySet:
        """Everybody who holds a role."""
        return self.all() if roles_of(user).held else self.none()


class Meeting(Stamped):
    """The meeting at the end of a programme at which its participants look back."""

    class State(models.TextChoices):
        OPEN = "open", _("Gathering experiences")
        CLOSED = "closed", _("Gathering closed")
        PUBLISHED = "published", _("Published")

    edition = models.ForeignKey("exchange.Edition", models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=3000, blank=True)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    closes_on = models.DateField(_("experiences until"), null=True, blank=True)
    language = models.CharField(_("language of the page"), max_length=5, default="pl")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation meeting")
        verbose_name_plural = _("evaluation meetings")

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title


class ExperienceQuerySet(models.QuerySet["Experience"]):
    """Experiences."""

    def shown(self) -> ExperienceQuerySet:
        """Those that stand on the page."""
        return self.filter(hidden_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> ExperienceQuerySet:
        """One's own, those of the own office's people, and all for who runs the meeting."""
        held = roles_of(user)
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        return self.filter(Q(by=user.pk) | Q(office__in=held.offices(roles.QUALITY_LEAD, roles.DIRECTOR)))


class Experience(Stamped):
    """What one participant tells: what helped, what hindered, what to do next time."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="experiences")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    role = models.CharField(_("your part in the programme"), max_length=120, blank=True)
    helped = models.TextField(_("what helped"), max_length=2000, blank=True)
    hindered = models.TextField(_("what hindered"), max_length=2000, blank=True)
    advice = models.TextField(_("what you would do otherwise"), max_length=2000, blank=True)
    by_name = models.BooleanField(
        _("show the name of our office"), default=False, help_text=_("Your own name is never shown.")
    )
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_reason = models.TextField(_("why it is left out"), max_length=1000, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("experience of a participant")
        verbose_name_plural = _("experiences of participants")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "by"], name="exchange_experience_once"),
            models.CheckConstraint(
                name="exchange_experience_says_something", condition=~Q(helped="", hindered="", advice="")
            ),
        ]

    def __str__(self) -> str:
        return f"experience {self.pk} at meeting {self.meeting_id}"
