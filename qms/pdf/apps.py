from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PdfConfig(AppConfig):
    name = "qms.pdf"
    label = "pdf"
    verbose_name = _("Documents")

    def ready(self) -> None:
        import_module("qms.pdf.checks")
