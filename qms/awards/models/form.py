"""The form of a category: sections and questions, built by staff without code."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .round import Category
from .titled import Titled

CODE = RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", _("Small letters, digits, points and hyphens."))


class Section(Titled):
    """A chapter of the form; where it follows a criterion, the office's assessment fills it."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    # A node of the category's framework, or nothing.
    node = models.CharField(_("criterion"), max_length=40, blank=True)
    weight = models.DecimalField(
        _("weight in the jury's score"), max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    max_pages = models.DecimalField(
        _("most pages"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0.5)]
    )
    # Whether the jury gives it a score; statements and annexes have none.
    is_scored = models.BooleanField(_("the jury scores it"), default=True)

    class Meta:
        verbose_name = _("section of the form")
        verbose_name_plural = _("sections of the form")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["category", "code"], name="awards_section_code_once"),
            models.CheckConstraint(name="awards_section_weight", condition=Q(weight__gte=0)),
        ]

    def __str__(self) -> str:
        return f"section {self.code} of category {self.category_id}"


class Question(Titled):
    """One question; `titles` is what is asked, `leads` the help under it."""

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("kind of question", "Text")
        NUMBER = "number", pgettext_lazy("kind of question", "Number")
        CHOICE = "choice", pgettext_lazy("kind of question", "One of several")
        CHOICES = "choices", pgettext_lazy("kind of question", "Any of several")
        RESULTS = "results", _("Table of results over three years")
        FILE = "file", pgettext_lazy("kind of question", "Annex")
        CONSENT = "consent", _("Statement to agree to")

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.TEXT)
    is_required = models.BooleanField(_("must be answered"), default=True)
    max_characters = models.PositiveIntegerField(
        _("most characters"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    # Of a choice: [{"code": "yes", "titles": {"pl": "Tak", …}}, …].
    options = models.JSONField(_("options"), default=list, blank=True)
    # A subcriterion whose strengths and results fill it, when it differs from the section's.
    node = models.CharField(_("subcriterion"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["section", "code"], name="awards_question_code_once"),
            models.CheckConstraint(
                name="awards_question_kind_known",
                condition=Q(kind__in=("text", "number", "choice", "choices", "results", "file", "consent")),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.code} of section {self.section_id}"
