from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "qms.core"
    label = "core"
    verbose_name = _("Work of the platform")

    def ready(self) -> None:
        import_module("qms.core.checks")
        import_module("qms.core.lookups")
