"""Registration of the app of offices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    """Offices, memberships and roles."""

    name = "qms.offices"
    label = "offices"
    verbose_name = _("Offices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core whose history, jobs and letters a person may read."""
        from qms.core.permissions import history_scopes  # noqa: PLC0415 - models are ready only now
        from qms.offices.queries import answers_for, history_scope_of  # noqa: PLC0415

        history_scopes.extend([history_scope_of, answers_for])
