"""What has a title and an introduction in several languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.core.models import Stamped
from qms.frameworks.domain.framework import text


class Titled(Stamped):
    """A row with texts by language: {"pl": "…", "en": "…"}."""

    titles = models.JSONField(_("title"), default=dict)
    leads = models.JSONField(_("introduction"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_in(get_language() or "pl")

    @property
    def lead(self) -> str:
        """The introduction in the reader's language."""
        return self.lead_in(get_language() or "pl")

    @property
    def log_title(self) -> str:
        """How the history calls it: by its title."""
        return self.title

    def title_in(self, language: str) -> str:
        """The title in that language, or in the fallback."""
        return text(self.titles, language)

    def lead_in(self, language: str) -> str:
        """The introduction in that language, or in the fallback."""
        return text(self.leads, language)
