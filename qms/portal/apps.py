"""Registration of the portal."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "qms.portal"
    label = "portal"
    verbose_name = _("Pages")

    def ready(self) -> None:
        import_module("qms.portal.receivers")
