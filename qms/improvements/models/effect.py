"""What an action is measured by, what was measured, and what that amounts to."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped


class Indicator(Stamped):
    """One figure by which an action is measured, typed by people or taken from an instrument."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    class Source(models.TextChoices):
        TYPED = "typed", _("values that we enter")
        ASSESSMENT = "assessment", _("score of a subcriterion in self-assessments")

    action = models.ForeignKey("improvements.Action", models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit of measure"), max_length=60, blank=True)
    better = models.CharField(_("direction"), max_length=6, choices=Better, default=Better.HIGHER)
    source = models.CharField(_("where the values come from"), max_length=10, choices=Source, default=Source.TYPED)
    framework = models.CharField(max_length=60, blank=True)
    node = models.CharField(_("subcriterion"), max_length=40, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=4, null=True, blank=True)
    least_change = models.DecimalField(
        _("smallest change that matters"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(name="improvements_indicator_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="improvements_indicator_node_where_taken", condition=~Q(source="assessment") | ~Q(node="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


class Reading(Stamped):
    """One measured value of an indicator, with its standard error where that is known."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="readings")
    on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    standard_error = models.DecimalField(
        _("standard error"), max_digits=14, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    count = models.PositiveIntegerField(_("number of answers or cases"), null=True, blank=True)
    label = models.CharField(_("what was measured"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.UniqueConstraint(fields=["indicator", "on"], name="improvements_reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on} of indicator {self.indicator_id}"


class Effect(Stamped):
    """The verdict on an action, frozen with the numbers it rests on."""

    class Verdict(models.TextChoices):
        IMPROVED = "improved", _("improved")
        NO_CHANGE = "no_change", _("no change")
        WORSE = "worse", _("worse")
        NOT_MEASURABLE = "not_measurable", _("not measurable")

    action = models.OneToOneField("improvements.Action", models.CASCADE, related_name="effect")
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, blank=True, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=14, choices=Verdict)
    difference = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    low = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    # All numbers and the test by which the verdict was reached, in JSON's own types.
    content = models.JSONField(default=dict)
    comment = models.TextField(_("comment"), blank=True, max_length=5000)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    stated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        constraints = [
            models.CheckConstraint(
                name="improvements_verdict_known",
                condition=Q(verdict__in=("improved", "no_change", "worse", "not_measurable")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} of action {self.action_id}"
