"""Registration of the awards."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    """A director submits an application that is already mostly written."""

    name = "qms.awards"
    label = "awards"
    verbose_name = _("Awards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Who applies is nobody else's to read: not in the history, the jobs or the outbox either."""
        from qms.core.permissions import sealed_kinds  # noqa: PLC0415 - models are ready only now

        sealed_kinds.append("awards.")
