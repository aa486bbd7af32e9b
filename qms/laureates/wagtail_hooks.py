"""The acts about results that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (FEEDBACK, TELLING, STATISTICS, DIPLOMAS, PRESS):
        for name, label, message in area:
            actions.register_action(f"laureates.{name}", label, message)


FEEDBACK: tuple[tuple[str, object, object], ...] = (
    ("lay_down", _("Lay down feedback"), _("Feedback laid down from what the jury agreed.")),
    ("edit_feedback", _("Edit feedback"), _("Feedback edited.")),
    ("approve_feedback", _("Approve feedback"), _("Feedback approved.")),
    ("reopen_feedback", _("Take feedback back"), _("Feedback taken back into draft.")),
)
TELLING: tuple[tuple[str, object, object], ...] = (
    ("tell_laureates", _("Tell laureates"), _("Laureates told under embargo.")),
    ("tell", _("Tell results"), _("Results told.")),
)
STATISTICS: tuple[tuple[str, object, object], ...] = ()
DIPLOMAS: tuple[tuple[str, object, object], ...] = ()
PRESS: tuple[tuple[str, object, object], ...] = ()
