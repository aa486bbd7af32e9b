"""Registration of experience sharing."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Offices learn from each other because the right practice finds them."""

    name = "qms.exchange"
    label = "exchange"
    verbose_name = _("Experience sharing")
    default_auto_field = "django.db.models.BigAutoField"
