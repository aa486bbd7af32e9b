"""What a practice has several of: criteria, client groups, results."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

PRACTICE = "goodpractices.PracticePage"


class PracticeCriterion(models.Model):
    """A node of a framework under which the practice is filed."""

    practice = ParentalKey(PRACTICE, on_delete=models.CASCADE, related_name="criteria")
    framework = models.CharField(_("framework"), max_length=60)
    node = models.CharField(_("subcriterion"), max_length=40)

    class Meta:
        verbose_name = _("criterion of a practice")
        verbose_name_plural = _("criteria of a practice")
        constraints = [
            models.UniqueConstraint(fields=["practice", "framework", "node"], name="goodpractices_criterion_once")
        ]
        indexes = [models.Index(fields=["framework", "node"], name="goodpractices_node")]

    def __str__(self) -> str:
        return f"{self.framework} {self.node} of practice {self.practice_id}"


class PracticeClients(models.Model):
    """A group of clients whom the practice serves."""

    class Group(models.TextChoices):
        UNEMPLOYED = "unemployed", _("unemployed people")
        SEEKERS = "seekers", _("job-seekers")
        YOUNG = "young", _("young people")
        EMPLOYERS = "employers", _("employers")
        RESIDENTS = "residents", _("residents")
        BUSINESSES = "businesses", _("businesses")
        DISABLED = "disabled", _("people with disabilities")
        STAFF = "staff", _("own staff")
        OFFICES = "offices", _("other offices")

    practice = ParentalKey(PRACTICE, on_delete=models.CASCADE, related_name="clients")
    group = models.CharField(_("client group"), max_length=10, choices=Group)

    class Meta:
        verbose_name = _("client group of a practice")
        verbose_name_plural = _("client groups of a practice")
        constraints = [models.UniqueConstraint(fields=["practice", "group"], name="goodpractices_clients_once")]
        indexes = [models.Index(fields=["group"], name="goodpractices_clients_group")]

    def __str__(self) -> str:
        return f"{self.group} of practice {self.practice_id}"


class PracticeResult(models.Model):
    """An indicator before and after, with the interval of the change where it is known."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    practice = ParentalKey(PRACTICE, on_delete=models.CASCADE, related_name="results")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    title = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit of measure"), max_length=60, blank=True)
    better = models.CharField(_("direction"), max_length=6, choices=Better, default=Better.HIGHER)
    before = models.DecimalField(_("before"), max_digits=14, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=14, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(_("change at least"), max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("change at most"), max_digits=14, decimal_places=4, null=True, blank=True)
    count = models.PositiveIntegerField(_("number of answers or cases"), null=True, blank=True)
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)
    verdict = models.CharField(max_length=14, blank=True, editable=False)

    class Meta:
        verbose_name = _("result of a practice")
        verbose_name_plural = _("results of a practice")

    def __str__(self) -> str:
        return f"{self.title} of practice {self.practice_id}"
