"""Registration of the app of offices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    """Offices, memberships and roles."""

    name = "qms.offices"
    label = "offices"
    verbose_name = _("Offices")
    default_auto_field = "django.db.models.BigAutoField"
