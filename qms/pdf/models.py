"""What came out of the engine."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qms.core.models import About, AboutQuerySet, Stamped
from qms.core.permissions import Person, own_scope_of


class RenderingQuerySet(AboutQuerySet):
    """Documents by who may read them."""

    def visible_to(self, user: Person) -> Self:
        """Those the person had made, and those of the offices the person answers for; others come by the app's page."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(created_by=user.pk) | Q(office_id__in=own_scope_of(user)))


class Rendering(Stamped, About):
    """A file made from a document; the same document is not set twice."""

    name = models.CharField(_("Name"), max_length=200)
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64)
    file = models.FileField(upload_to="renderings/%Y/%m/", max_length=300)
    page = models.FileField(upload_to="renderings/%Y/%m/", max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    seconds = models.FloatField()
    peak_kilobytes = models.PositiveBigIntegerField()

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_hash"], name="pdf_rendering_content"),
            models.Index(fields=["subject_type", "subject_id"], name="pdf_rendering_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language}, {self.sha256[:8]})"

    def get_absolute_url(self) -> str:
        return reverse("pdf:rendering", args=[self.pk])
