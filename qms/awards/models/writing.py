"""What an application says: paragraphs with their sources, answers, rows of results, annexes, comments, versions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.awards.domain.seen import mark_of
from qms.core.models import Stamped

from .application import Application


class Sourced(Stamped):
    """A piece of text or a figure that may come from elsewhere on the platform.

    `source_key` is "<what>:<pk>:<part>"; `source_text` is what stood there when it was taken, so that a later
    difference can be shown; `source_title` and `source_url` tell the reader where.
    """

    class Source(models.TextChoices):
        OWN = "", _("Own text")
        STRENGTH = "strength", _("Self-assessment: strength")
        SCORE = "score", _("Self-assessment: score")
        EVIDENCE = "evidence", _("Evidence")
        ACTION = "action", _("Improvement plan")
        EFFECT = "effect", _("Measured effect")
        PRACTICE = "practice", _("Good practice")

    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.OWN, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    source_title = models.CharField(max_length=300, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    source_text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Paragraph(Sourced):
    """One paragraph of the answer to a question of text."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="paragraphs")
    question = models.ForeignKey("awards.Question", models.CASCADE, related_name="+")
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "key"], name="awards_paragraph_key_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["application", "question"], name="awards_paragraph_question"),
        ]

    def __str__(self) -> str:
        return f"paragraph {self.pk} of application {self.application_id}"


class ResultRow(Sourced):
    """One measured result: three years, a target, a comparison."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    application = models.ForeignKey(Application, models.CASCADE, related_name="result_rows")
    question = models.ForeignKey("awards.Question", models.CASCADE, related_name="+")
    title = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    better = models.CharField(_("direction"), max_length=6, choices=Better, default=Better.HIGHER)
    # The last of the three years; the values stand under year - 2, year - 1, year.
    year = models.PositiveSmallIntegerField(_("last year"))
    before_last = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    before = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    last = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    comparison = models.DecimalField(_("comparison"), max_digits=16, decimal_places=4, null=True, blank=True)
    comparison_note = models.CharField(_("with what it is compared"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("row of results")
        verbose_name_plural = _("rows of results")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "key"], name="awards_result_key_once"),
            models.CheckConstraint(name="awards_result_better", condition=Q(better__in=("higher", "lower"))),
        ]

    def __str__(self) -> str:
        return f"result {self.title} of application {self.application_id}"


class Answer(Stamped):
    """What is no text, table or annex: {"number": "12.5"}, {"chosen": ["yes"]} or {"agreed": true}."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey("awards.Question", models.CASCADE, related_name="+")
    value = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "question"], name="awards_answer_once"),
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id} in application {self.application_id}"


def annex_path(annex: Annex, name: str) -> str:
    """A place in the private store that cannot be guessed and keeps the file's kind."""
    suffix = name.rpartition(".")[2].lower()[:8] if "." in name else "bin"
    return f"annexes/{annex.application_id}/{uuid.uuid4().hex}.{suffix}"


class AnnexQuerySet(models.QuerySet["Annex"]):
    """Annexes."""

    def current(self) -> AnnexQuerySet:
        """Those that were not taken out."""
        return self.filter(removed_at__isnull=True)


class Annex(Stamped):
    """A file that goes with the application."""

    class Scan(models.TextChoices):
        NONE = "", _("not scanned: no scanner is set up")
        CLEAN = "clean", _("scanned, nothing found")

    application = models.ForeignKey(Application, models.CASCADE, related_name="annexes")
    question = models.ForeignKey("awards.Question", models.CASCADE, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=annex_path, max_length=200)
    file_name = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=10, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    scan = models.CharField(max_length=5, choices=Scan, default=Scan.NONE, blank=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    # The file of an annex that was submitted once stays, so that the submission can be printed again.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnnexQuerySet.as_manager()

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")

    def __str__(self) -> str:
        return f"annex {self.pk} of application {self.application_id}"

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title


class Comment(Stamped):
    """A remark of those who write, beside a section; the organiser and the jury never see it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="comments")
    section = models.ForeignKey("awards.Section", models.CASCADE, related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"comment {self.pk} on application {self.application_id}"


class SectionVersion(models.Model):
    """How a section stood after somebody saved it; the same hand within ten minutes makes one version."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    section = models.ForeignKey("awards.Section", models.CASCADE, related_name="+")
    # The section as it would be submitted.
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a section")
        verbose_name_plural = _("versions of sections")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["application", "section", "-saved_at"], name="awards_version_latest"),
        ]

    def __str__(self) -> str:
        return f"version of section {self.section_id}, application {self.application_id}"

    @property
    def mark(self) -> str:
        """Another one after each save, also after one that went into the same version."""
        return mark_of({str(self.pk): self.content})
