"""What an office can show: a file, a link or a note, used at as many nodes as it supports."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.offices.models import roles_of

from .assessment import WHOLE_OFFICE_ROLES, Member

if TYPE_CHECKING:
    from qms.accounts.models import User


def evidence_path(evidence: Evidence, name: str) -> str:
    """A place in the media store that cannot be guessed and keeps the file's kind."""
    suffix = name.rpartition(".")[2].lower()[:8] if "." in name else "bin"
    return f"evidence/{evidence.office_id}/{uuid.uuid4().hex}.{suffix}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Pieces of evidence."""

    def visible_to(self, user: User) -> EvidenceQuerySet:
        """Those of the person's own office, or of an office in whose group the person sits."""
        sits = Member.objects.present().filter(user_id=user.pk).values("assessment__office")
        return self.filter(Q(office__in=roles_of(user).offices(*WHOLE_OFFICE_ROLES)) | Q(office__in=sits))

    def current(self) -> EvidenceQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Evidence(Stamped):
    """One piece of evidence of an office, cited by its code."""

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        LINK = "link", _("Link")
        NOTE = "note", _("Note")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=evidence_path, blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    url = models.URLField(_("address"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    dated_on = models.DateField(_("date of the evidence"), null=True, blank=True)
    owner = models.CharField(_("who keeps it"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="assessments_evidence_number_once"),
            models.CheckConstraint(
                name="assessments_evidence_has_its_kind",
                condition=(Q(kind="file") & ~Q(file=""))
                | (Q(kind="link") & ~Q(url=""))
                | (Q(kind="note") & ~Q(note="")),
            ),
            models.CheckConstraint(name="assessments_evidence_has_title", condition=~Q(title="")),
        ]

    @property
    def log_title(self) -> str:
        """How the history calls it: by its number and title."""
        return f"{self.code} {self.title}"

    def __str__(self) -> str:
        return f"{self.code} {self.title} ({self.pk})"

    @property
    def code(self) -> str:
        """The short name by which texts cite it: E1, E2."""
        return f"E{self.number}"
