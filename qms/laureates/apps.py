"""Registration of this app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LaureatesConfig(AppConfig):
    """Everyone gets feedback, and laureates become practices."""

    name = "qms.laureates"
    label = "laureates"
    verbose_name = _("Laureates")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What happens here is sealed in the history, the jobs and the outbox; ways in stand on the pages of awards."""
        from qms.awards.components import doors as awards  # noqa: PLC0415 - models are ready only now
        from qms.awards.services import rounds  # noqa: PLC0415 - models are ready only now
        from qms.core.permissions import sealed_kinds  # noqa: PLC0415 - models are ready only now
        from qms.laureates.components import doors  # noqa: PLC0415 - models are ready only now
        from qms.laureates.services.telling import tell_of_later_embargo  # noqa: PLC0415 - models are ready only now

        sealed_kinds.append("laureates.")
        awards.on_rounds.append(doors.doors_of_round)
        awards.on_applications.append(doors.doors_of_application)
        rounds.embargo_moved.append(tell_of_later_embargo)
