"""Who may judge whom: jurors of a round, what they declared, and from what they are excluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Application, Category, Programme, Round
from qms.core.models import Stamped
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

KEPT = gettext_noop("Declarations are kept as they were made.")


class JurorQuerySet(models.QuerySet["Juror"]):
    """Jurors."""

    def visible_to(self, user: User | AnonymousUser) -> JurorQuerySet:
        """Those of the rounds that the person runs, and the own seats."""
        run = Programme.objects.run_by(user).values("pk")
        return self.filter(Q(round__programme__in=run) | Q(user=user.pk))

    def seated(self) -> JurorQuerySet:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)


class Juror(Stamped):
    """One person's seat in the jury of a round, in the pools of one or more categories."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="jurors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jury_seats")
    # E1, E2, … in this round; others read it instead of a name as long as a phase hides names.
    number = models.PositiveSmallIntegerField(editable=False)
    categories = models.ManyToManyField(Category, related_name="jurors", verbose_name=_("categories"))
    # Leads talks and decisions beside the organiser.
    is_chair = models.BooleanField(_("chairs the jury"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    # When the person promised to judge impartially and to keep what is read; before that nothing is shown.
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "user"], name="jury_juror_once"),
            models.UniqueConstraint(fields=["round", "number"], name="jury_juror_number_once"),
        ]

    def __str__(self) -> str:
        return f"juror {self.sign} of round {self.round_id}"

    @property
    def sign(self) -> str:
        """What stands for the name where names are hidden: E3."""
        return f"E{self.number}"

    @property
    def log_title(self) -> str:
        """How the history calls the juror: by the sign."""
        return self.sign


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **_kwargs: Any) -> int:
        """Nothing: it is never changed."""
        raise Refused(KEPT)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Nothing: it is never deleted."""
        raise Refused(KEPT)


class Declaration(models.Model):
    """A juror says that nothing ties them to the office of an application; only then it is shown."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="declarations")
    application = models.ForeignKey(Application, models.PROTECT, related_name="declarations")
    made_at = models.DateTimeField()

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["juror", "application"], name="jury_declaration_once"),
        ]

    def __str__(self) -> str:
        return f"declaration of juror {self.juror_id} on application {self.application_id}"


class Exclusion(models.Model):
    """A juror does not judge an application; written once, kept for the protocol, never lifted."""

    class Kind(models.TextChoices):
        OWN_OFFICE = "office", _("own office")
        REGION = "region", _("own region")
        DECLARED = "declared", _("declared conflict of interest")

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="exclusions")
    application = models.ForeignKey(Application, models.PROTECT, related_name="exclusions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_at = models.DateTimeField()

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["juror", "application", "kind"], name="jury_exclusion_once"),
            models.CheckConstraint(
                name="jury_exclusion_kind_known", condition=Q(kind__in=("office", "region", "declared"))
            ),
            models.CheckConstraint(name="jury_exclusion_declared_has_reason", condition=~Q(kind="declared", reason="")),
        ]

    def __str__(self) -> str:
        return f"exclusion of juror {self.juror_id} from application {self.application_id}"
