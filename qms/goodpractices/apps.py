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

    def ready(self) -> None:
        # Forms stand above models: the page learns of its form when all is there.
        from qms.goodpractices.forms.cms import PracticePageForm  # noqa: PLC0415
        from qms.goodpractices.models import PracticePage  # noqa: PLC0415

        PracticePage.base_form_class = PracticePageForm
