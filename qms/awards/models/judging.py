"""How a category is judged, and which prizes it has; announced together with the form."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.core.models import Stamped

from .round import Category
from .titled import Titled

POINTS = [MinValueValidator(0), MaxValueValidator(100)]


class Judging(Stamped):
    """How many people score an application, on which panel, what makes them talk, and what a tie is."""

    class TieRule(models.TextChoices):
        SHARE = "share", _("they share the place and the jury decides")
        HEAVIEST = "heaviest", _("the higher score in the criterion of the greatest weight decides, then in the next")

    category = models.OneToOneField(Category, models.CASCADE, related_name="judging")
    # A panel of the category's framework; without a framework sections are scored from 0 to 100.
    panel = models.CharField(_("scoring panel"), max_length=40, blank=True)
    jurors = models.PositiveSmallIntegerField(
        _("jurors for each application"), default=3, validators=[MinValueValidator(2), MaxValueValidator(9)]
    )
    # Nobody judges an office of a region in which they hold a role.
    blocks_region = models.BooleanField(_("nobody judges an office of their own region"), default=False)
    talk_above = models.DecimalField(
        _("scores further apart than this need a talk"), max_digits=4, decimal_places=1, default=20, validators=POINTS
    )
    far_from_median = models.DecimalField(
        _("a score further from the median than this is marked"),
        max_digits=4,
        decimal_places=1,
        default=10,
        validators=POINTS,
    )
    tie_below = models.DecimalField(
        _("totals closer than this are a tie"), max_digits=3, decimal_places=1, default=1, validators=POINTS
    )
    tie_rule = models.CharField(_("how a tie is settled"), max_length=8, choices=TieRule, default=TieRule.SHARE)
    visit_from = models.DecimalField(
        _("points from which a visit is made"), max_digits=4, decimal_places=1, null=True, blank=True, validators=POINTS
    )
    most_visits = models.PositiveSmallIntegerField(_("most visits"), null=True, blank=True)

    class Meta:
        verbose_name = _("judging of a category")
        verbose_name_plural = _("judging of categories")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="awards_judging_two_jurors", condition=Q(jurors__gte=2)),
            models.CheckConstraint(name="awards_judging_tie_known", condition=Q(tie_rule__in=("share", "heaviest"))),
        ]

    def __str__(self) -> str:
        return f"judging of category {self.category_id}"


class Prize(Titled):
    """A prize of a category, the highest first."""

    class Kind(models.TextChoices):
        STATUETTE = "statuette", _("statuette")
        DISTINCTION = "distinction", _("distinction")
        NOMINATION = "nomination", _("nomination")
        DIPLOMA = "diploma", pgettext_lazy("prize", "diploma")

    category = models.ForeignKey(Category, models.CASCADE, related_name="prizes")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.STATUETTE)
    # How many there are at most; without a number as many as the jury decides.
    at_most = models.PositiveSmallIntegerField(
        _("how many at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    # Points from which it may be given.
    from_points = models.DecimalField(
        _("from how many points"), max_digits=4, decimal_places=1, null=True, blank=True, validators=POINTS
    )

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="awards_prize_kind_known",
                condition=Q(kind__in=("statuette", "distinction", "nomination", "diploma")),
            ),
        ]

    def __str__(self) -> str:
        return f"prize {self.kind} of category {self.category_id}"
