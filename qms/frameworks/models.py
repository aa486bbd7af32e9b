"""Frameworks and their editions; what is published never changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.core.permissions import Person
from qms.frameworks.domain import document
from qms.frameworks.domain import framework as tree
from qms.lifecycle import Refused, gettext_noop

FIXED = gettext_noop("A published edition is never changed. Give the new text a code of its own.")
MANAGE = "frameworks.manage_editions"


class Framework(Stamped):
    """A family of editions, such as CAF."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    names = models.JSONField(_("Names"), default=dict)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")

    def __str__(self) -> str:
        return self.code


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by who may see them and whether they are fixed."""

    def published(self) -> Self:
        return self.filter(state=Edition.State.PUBLISHED)

    def drafts(self) -> Self:
        return self.filter(state=Edition.State.DRAFT)

    def visible_to(self, user: Person) -> Self:
        """Published ones for everyone signed in, drafts for those who keep the frameworks."""
        if not user.is_authenticated:
            return self.none()
        keeps = isinstance(user, PermissionsMixin) and user.has_perm(MANAGE)
        return self if keeps else self.published()

    def update(self, **fields: Any) -> int:
        self._require_drafts()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_drafts()
        return super().delete()

    def _require_drafts(self) -> None:
        if self.published().exists():
            raise Refused(FIXED)


class Edition(Stamped):
    """One edition of a framework; its file is its truth, the nodes are an index of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="editions", verbose_name=_("framework"))
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    title = models.CharField(_("Title"), max_length=300)
    titles = models.JSONField(_("Titles"), default=dict)
    shorts = models.JSONField(_("Short titles"), default=dict, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.DRAFT)
    sha256 = models.CharField(_("Fingerprint"), max_length=64, unique=True)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        permissions = [("manage_editions", "Can import and publish editions")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | Q(state="published", published_at__isnull=False),
                name="frameworks_edition_published_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether offices may use it and nobody may change it."""
        return self.state == self.State.PUBLISHED

    def title_in(self, language: str) -> str:
        """The full title in that language, or in the fallback."""
        return tree.text(self.titles, language) or self.title

    def short_in(self, language: str) -> str:
        """The short title in that language, for lists and charts."""
        return tree.text(self.shorts, language) or self.title_in(language)

    def tree(self) -> tree.Framework:
        """The whole edition as a frozen tree; read from its file once in a process."""
        return _tree_of(self.sha256)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Edition.objects.published().filter(pk=self.pk).exists():
            raise Refused(FIXED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Edition.objects.published().filter(pk=self.pk).exists():
            raise Refused(FIXED)
        return super().delete(*args, **kwargs)


class PartQuerySet(models.QuerySet[Any]):
    """Rows that are fixed together with their edition."""

    def update(self, **fields: Any) -> int:
        self._require_drafts()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_drafts()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        if Edition.objects.published().filter(pk__in={row.edition_id for row in rows}).exists():
            raise Refused(FIXED)
        return super().bulk_create(rows, *args, **kwargs)

    def _require_drafts(self) -> None:
        if self.filter(edition__state=Edition.State.PUBLISHED).exists():
            raise Refused(FIXED)


class Part(models.Model):
    """A row that is fixed together with its edition."""

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._require_draft()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._require_draft()
        return super().delete(*args, **kwargs)

    def _require_draft(self) -> None:
        if Edition.objects.published().filter(pk=self.edition_id).exists():  # type: ignore[attr-defined]
            raise Refused(FIXED)


class EditionFile(Part):
    """The very text of an edition's file, apart from it because it is large and rarely read."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="file")
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.edition_id}.yaml"


class Node(Part):
    """A criterion or a part of one, as a row that others may point to."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="nodes")
    identifier = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=40)
    is_scored = models.BooleanField()
    titles = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "identifier"], name="frameworks_node_identifier_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="frameworks_node_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.title_in('en')}"

    def title_in(self, language: str) -> str:
        """The title in that language, or in the fallback."""
        return str(tree.text(self.titles, language))


@lru_cache(maxsize=64)
def _tree_of(sha256: str) -> tree.Framework:
    # The fingerprint is the whole content, so what is remembered can never be out of date.
    return document.read(EditionFile.objects.get(edition__sha256=sha256).text).framework
