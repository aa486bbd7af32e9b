"""The acts of the awards that the history knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    for area in (ROUNDS, WRITING, ANNEXES, SUBMITTING):
        for name, label, message in area:
            actions.register_action(f"awards.{name}", label, message)


ROUNDS: tuple[tuple[str, object, object], ...] = ()
WRITING: tuple[tuple[str, object, object], ...] = ()
ANNEXES: tuple[tuple[str, object, object], ...] = ()
SUBMITTING: tuple[tuple[str, object, object], ...] = (("submit", _("Submit application"), _("Application submitted.")),)
