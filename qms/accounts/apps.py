"""Registration of the app of people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their sign-in."""

    name = "qms.accounts"
    label = "accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core how people want their letters."""
        from qms.accounts.queries import rhythm_of  # noqa: PLC0415 - models are ready only now
        from qms.core.letters import letter_rhythms  # noqa: PLC0415

        letter_rhythms.append(rhythm_of)
