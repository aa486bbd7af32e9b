"""Registration of the self-assessment."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Self-assessment of an office by a framework."""

    name = "qms.assessments"
    label = "assessments"
    verbose_name = _("Self-assessment")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for accepted invitations."""
        import_module("qms.assessments.receivers")
