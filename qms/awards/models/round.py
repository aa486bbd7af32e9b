"""A programme of awards, its rounds, and the categories of a round."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.offices.domain import roles
from qms.offices.models import roles_of

from .titled import Titled

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User


def check_zone(name: str) -> None:
    """Nothing, or an error where no time zone has this name."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of this name, for example Europe/Warsaw."))


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes."""

    def visible_to(self, user: User | AnonymousUser) -> ProgrammeQuerySet:
        """All, for everybody who holds a role."""
        return self.all() if roles_of(user).held else self.none()

    def run_by(self, user: User | AnonymousUser) -> ProgrammeQuerySet:
        """Those that the person runs: all for the country's coordinator, a region's own for its coordinator."""
        held = roles_of(user)
        if held.has(roles.NATIONAL_COORDINATOR):
            return self.all()
        return self.filter(region__in=held.regions)


class Programme(Titled):
    """An award that is given again and again, by its organiser; regional where it has a region."""

    slug = models.SlugField(_("Address on this site"), max_length=80, unique=True)
    organiser = models.CharField(_("organiser"), max_length=200)
    region = models.ForeignKey(
        "offices.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    website = models.URLField(_("page of the organiser"), blank=True)
    # Where published facts about the award come from, when it is modelled on one.
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("award programme")
        verbose_name_plural = _("award programmes")

    def __str__(self) -> str:
        return f"programme {self.slug}"


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds."""

    def visible_to(self, user: User | AnonymousUser) -> RoundQuerySet:
        """Published ones for everybody who holds a role; drafts for who runs the programme."""
        held = roles_of(user)
        if not held.held:
            return self.none()
        run = Programme.objects.run_by(user).values("pk")
        return self.filter(~Q(state=Round.State.DRAFT) | Q(programme__in=run))

    def public(self) -> RoundQuerySet:
        """Those that strangers may read about."""
        return self.exclude(state=Round.State.DRAFT)

    def receiving(self, at: datetime) -> RoundQuerySet:
        """Those that take applications at this moment."""
        return self.filter(state=Round.State.PUBLISHED, opens_at__lte=at, closes_at__gt=at)


class Round(Titled):
    """One edition of a programme, with its calendar; each date is read when it is asked for."""

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        PUBLISHED = "published", _("Announced")
        FINISHED = "finished", _("Finished")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    slug = models.SlugField(_("Address on this site"), max_length=80)
    # What stands in the numbers of applications, such as WMNJ-2027-004.
    prefix = models.SlugField(_("beginning of the numbers of applications"), max_length=20)
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Warsaw", validators=[check_zone])
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    embargo_until = models.DateTimeField(_("results may be told from"))
    gala_at = models.DateTimeField(_("gala"), null=True, blank=True)
    gala_place = models.CharField(_("place of the gala"), max_length=200, blank=True)
    rules = models.JSONField(_("rules"), default=dict, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    # The last number given to an application; taken under a lock.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("award round")
        verbose_name_plural = _("award rounds")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="awards_round_slug_once"),
            models.UniqueConstraint(fields=["prefix"], name="awards_round_prefix_once"),
            models.CheckConstraint(name="awards_round_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="awards_round_embargo_after_closing", condition=Q(embargo_until__gte=F("closes_at"))
            ),
            models.CheckConstraint(
                name="awards_round_state_known", condition=Q(state__in=("draft", "published", "finished"))
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.prefix} ({self.state})"

    def receives(self, at: datetime) -> bool:
        """Whether it takes applications at this moment; the closing moment itself is too late."""
        return self.state == self.State.PUBLISHED and self.opens_at <= at < self.closes_at

    def is_closed(self, at: datetime) -> bool:
        """Whether the last moment for applications has passed."""
        return at >= self.closes_at

    @property
    def timezone(self) -> ZoneInfo:
        """The time zone in which its dates are told."""
        return ZoneInfo(self.zone)


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories of rounds."""

    def visible_to(self, user: User | AnonymousUser) -> CategoryQuerySet:
        """Those of the rounds that the person may see."""
        return self.filter(round__in=Round.objects.visible_to(user).values("pk"))


class Category(Titled):
    """For whom a prize is meant: its rules of eligibility and its form."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField(default=1)
    slug = models.SlugField(_("Address on this site"), max_length=80)
    # The framework from whose assessment applications are filled.
    framework = models.ForeignKey(
        "frameworks.Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("framework")
    )
    max_pages = models.PositiveSmallIntegerField(
        _("most pages of the narrative"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    max_annexes = models.PositiveSmallIntegerField(_("most annexes"), default=20)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "slug"], name="awards_category_slug_once"),
        ]

    def __str__(self) -> str:
        return f"category {self.slug} of round {self.round_id}"


class Rule(Titled):
    """One condition of eligibility: reckoned from what the platform knows, or answered by the office.

    `value` by kind: answer {}; office_kind {"kinds": ["town_hall", …]}; region {"regions": ["PL-28", …]};
    assessment {"months": 24} (an approved self-assessment of the category's framework not older than that);
    staff {"least": 10, "most": null}.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("The office answers yes")
        OFFICE_KIND = "office_kind", _("Kind of office")
        REGION = "region", _("Region of the office")
        ASSESSMENT = "assessment", _("Approved self-assessment")
        STAFF = "staff", _("Number of staff")

    category = models.ForeignKey(Category, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    value = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("condition of eligibility")
        verbose_name_plural = _("conditions of eligibility")

    def __str__(self) -> str:
        return f"rule {self.kind} of category {self.category_id}"


def in_order(rows: Any) -> Any:
    """Rows in the order that their organiser gave them."""
    return rows.order_by("position", "pk")
