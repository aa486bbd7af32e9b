"""Registration of improvement plans."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImprovementsConfig(AppConfig):
    """Improvement plans: from a finding to a measured effect."""

    name = "qms.improvements"
    label = "improvements"
    verbose_name = _("Improvement plans")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for people who leave an office; tell the library how many offices took practices over."""
        import_module("qms.improvements.receivers")
        finding, adoptions = (
            import_module(name) for name in ("qms.goodpractices.queries.finding", "qms.improvements.queries.adoptions")
        )
        finding.adoption_counters.append(adoptions.counts_of)
