"""Calls for help: an office asks where others are strong."""

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


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Calls for help."""

    def visible_to(self, user: User | AnonymousUser) -> HelpRequestQuerySet:
        """Open ones for everybody who holds a role; closed ones for the office, who answered, and the country."""
        held = roles_of(user)
        if not held.held:
            return self.none()
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        own = held.offices()
        answered = HelpAnswer.objects.filter(office__in=own).values("request")
        return self.filter(Q(closed_at__isnull=True) | Q(office__in=own) | Q(pk__in=answered))

    def open(self) -> HelpRequestQuerySet:
        """Those that still wait for help."""
        return self.filter(closed_at__isnull=True)


class HelpRequest(Stamped):
    """What an office looks for."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="help_requests", verbose_name=_("office"))
    framework = models.CharField(_("framework"), max_length=60)
    node = models.CharField(_("subcriterion"), max_length=40)
    text = models.TextField(_("what you look for"), max_length=1500)
    by_name = models.BooleanField(
        _("show the name of our office"),
        default=True,
        help_text=_("Without it others see the kind of office only; answers still reach you."),
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    helped = models.BooleanField(_("it helped"), null=True, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for help")
        verbose_name_plural = _("calls for help")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="exchange_help_has_text", condition=~Q(text=""))
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["framework", "node"], name="exchange_help_node")]

    def __str__(self) -> str:
        return f"call for help {self.pk} of office {self.office_id} on {self.node}"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its subcriterion."""
        return self.node


class HelpAnswer(Stamped):
    """What another office answers; read by the two offices only."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="answers")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    text = models.TextField(_("answer"), max_length=3000)
    practice = models.ForeignKey("goodpractices.PracticePage", models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("answer to a call for help")
        verbose_name_plural = _("answers to calls for help")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="exchange_answer_has_text", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} to call for help {self.request_id}"
