"""Registration of the library of good practices."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodPracticesConfig(AppConfig):
    """What offices did, what it cost and whether it helped."""

    name = "qms.goodpractices"
    label = "goodpractices"
    verbose_name = _("Good practices")
    default_auto_field = "django.db.models.BigAutoField"
