"""Registration of this app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JuryConfig(AppConfig):
    """A jury decides fairly and provably."""

    name = "qms.jury"
    label = "jury"
    verbose_name = _("Jury")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What happens here is sealed in the history, the jobs and the outbox; ways in stand on the pages of awards."""
        from qms.awards.components import doors as awards  # noqa: PLC0415 - models are ready only now
        from qms.awards.services import holding  # noqa: PLC0415 - models are ready only now
        from qms.core.permissions import sealed_kinds  # noqa: PLC0415 - models are ready only now
        from qms.jury.components import doors  # noqa: PLC0415 - models are ready only now
        from qms.jury.queries.closing import is_decided  # noqa: PLC0415 - models are ready only now
        from qms.jury.services.visiting import end_with_application  # noqa: PLC0415 - models are ready only now

        sealed_kinds.append("jury.")
        awards.on_rounds.append(doors.doors_of_round)
        awards.on_applications.append(doors.doors_of_application)
        holding.decided.append(is_decided)
        holding.withdrawn.append(end_with_application)
