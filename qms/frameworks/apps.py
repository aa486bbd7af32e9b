"""The app of frameworks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworksConfig(AppConfig):
    """Criteria, panels and bands as published editions."""

    name = "qms.frameworks"
    label = "frameworks"
    verbose_name = _("Frameworks")
